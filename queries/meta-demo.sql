-- Whether the data are the demonstration.
-- Parameters: none.
-- Columns: demo.
-- Grain: one row.
SELECT count(*) > 0 AS demo
FROM publications
WHERE reason LIKE 'demonstration%'
