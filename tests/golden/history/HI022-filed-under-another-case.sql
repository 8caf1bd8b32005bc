UPDATE events SET case_id = 'x' WHERE position = 3;
