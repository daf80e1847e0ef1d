-- The levels with a quota in an exam year, besides seniorTechnician, which the quota table always lists.
-- Parameters: $examYear INTEGER.
-- Columns: level.
-- Grain: level.
SELECT DISTINCT "targetLevel" AS level
FROM quota_levels
WHERE "examYear" = $examYear::INTEGER AND "targetLevel" <> 'seniorTechnician'
