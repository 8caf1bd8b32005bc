UPDATE personal SET value = 'Jalan mulus' WHERE path = 'isi' AND case_id = (SELECT min(case_id) FROM cases);
