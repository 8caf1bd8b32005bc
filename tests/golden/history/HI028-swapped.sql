UPDATE events SET position = -1 WHERE position = 3;
UPDATE events SET position = 3 WHERE position = 4;
UPDATE events SET position = 4 WHERE position = -1;
