INSERT INTO personal SELECT agency, case_id, 2, 'texts.alasan', 'palsu' FROM cases ORDER BY case_id LIMIT 1;
