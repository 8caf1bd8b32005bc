DELETE FROM events WHERE position = 3;
UPDATE events SET position = -position WHERE position > 3;
UPDATE events SET position = -position - 1 WHERE position < 0;
