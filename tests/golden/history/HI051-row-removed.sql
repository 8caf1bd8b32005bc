DELETE FROM cases WHERE case_id = (SELECT min(case_id) FROM cases);
