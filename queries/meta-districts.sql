-- The districts that have rows, with the cities and provinces above them.
-- Parameters: $scope VARCHAR[].
-- Columns: code, name, parent, tier.
-- Grain: district.
WITH used AS (
  SELECT DISTINCT district FROM workers
  UNION
  SELECT DISTINCT district FROM applications
),
shown AS (
  SELECT DISTINCT unnest(d.ancestors) AS code
  FROM used
  JOIN districts d ON d.code = used.district
  WHERE list_contains($scope::VARCHAR[], '*') OR list_has_any(d.ancestors, $scope::VARCHAR[])
)
SELECT d.code, d.name, d.parent, d.tier
FROM districts d
JOIN shown USING (code)
ORDER BY d.code
