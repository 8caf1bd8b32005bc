UPDATE cases SET state = 'selesai', escalations = 0 WHERE case_id = (SELECT min(case_id) FROM cases);
