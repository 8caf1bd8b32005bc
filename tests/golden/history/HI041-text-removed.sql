DELETE FROM personal WHERE path = 'judul' AND case_id = (SELECT min(case_id) FROM cases);
