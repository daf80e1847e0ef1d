-- The trades that have rows.
-- Parameters: $scope VARCHAR[].
-- Columns: name, category, general, generalAssumed.
-- Grain: trade.
WITH visible AS (
  SELECT code
  FROM districts
  WHERE list_contains($scope::VARCHAR[], '*') OR list_has_any(ancestors, $scope::VARCHAR[])
),
used AS (
  SELECT DISTINCT w.trade FROM workers w JOIN visible v ON v.code = w.district
  UNION
  SELECT DISTINCT a.trade FROM applications a JOIN visible v ON v.code = a.district
)
SELECT t.name, t.category, t.general, t."generalAssumed"
FROM trades t
JOIN used ON used.trade = t.name
ORDER BY t.category, t.name
