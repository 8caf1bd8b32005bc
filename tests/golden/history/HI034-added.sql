INSERT INTO events (agency, position, case_id, sequence, bytes, leaf) SELECT agency, (SELECT max(position) + 1 FROM events), 'x', 1, bytes, leaf FROM events WHERE position = 0;
