-- The rulebooks that decided a level in an exam year.
-- Parameters: $examYear INTEGER; $level VARCHAR; $district VARCHAR or null; $scope VARCHAR[].
-- Columns: rulebook.
-- Grain: rulebook.
WITH visible AS (
  SELECT code
  FROM districts
  WHERE (list_contains($scope::VARCHAR[], '*') OR list_has_any(ancestors, $scope::VARCHAR[]))
    AND ($district::VARCHAR IS NULL OR list_contains(ancestors, $district::VARCHAR))
)
SELECT DISTINCT e.rulebook::VARCHAR AS rulebook
FROM eligibility e
JOIN workers w ON w."rosterRow" = e."rosterRow"
JOIN visible v ON v.code = w.district
WHERE e."examYear" = $examYear::INTEGER
  AND w."rosterYear" = $examYear::INTEGER - 1
  AND e."targetLevel" = $level::VARCHAR
ORDER BY ALL
