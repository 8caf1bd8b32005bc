DELETE FROM case_keys WHERE case_id = (SELECT min(case_id) FROM cases);
