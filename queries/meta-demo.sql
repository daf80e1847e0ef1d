-- Whether the database holds invented people: the demonstration's own files were imported into it.
-- Parameters: none.
-- Columns: demo.
-- Grain: one row.
SELECT count(*) > 0 AS demo
FROM imports
WHERE starts_with(file, '演示数据')
