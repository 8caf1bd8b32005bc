DELETE FROM events WHERE position > (SELECT max(position) - 2 FROM events);
