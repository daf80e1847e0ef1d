-- The units a filter may name.
-- Parameters: $scope VARCHAR[].
-- Columns: unit.
-- Grain: unit.
SELECT u.unit
FROM units u
JOIN districts d ON d.code = u.district
WHERE list_contains($scope::VARCHAR[], '*') OR list_has_any(d.ancestors, $scope::VARCHAR[])
ORDER BY u.unit
