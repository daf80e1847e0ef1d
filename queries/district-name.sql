-- The name of a district.
-- Parameters: $district VARCHAR; $scope VARCHAR[].
-- Columns: name.
-- Grain: one row, or none.
SELECT name
FROM districts
WHERE code = $district::VARCHAR
  AND (list_contains($scope::VARCHAR[], '*') OR list_has_any(ancestors, $scope::VARCHAR[]))
