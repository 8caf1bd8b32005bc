DELETE FROM events WHERE position > 5;
DELETE FROM roots WHERE size > 6;
INSERT OR REPLACE INTO roots SELECT agency, 6, root FROM roots LIMIT 1;
