-- The district codes a filter may name.
-- Parameters: $scope VARCHAR[].
-- Columns: code.
-- Grain: district.
SELECT code
FROM districts
WHERE list_contains($scope::VARCHAR[], '*') OR list_has_any(ancestors, $scope::VARCHAR[])
ORDER BY code
