UPDATE events SET bytes = CAST(substr(bytes, 1, 30) AS BLOB) WHERE position = 3;
