-- The exam years that can be decided: the year after each roster.
-- Parameters: none (years tell nothing about a district).
-- Columns: examYear.
-- Grain: exam year, ascending.
SELECT DISTINCT "rosterYear" + 1 AS "examYear"
FROM workers
ORDER BY "examYear"
