-- The exam years up to one that have applications, newest first.
-- Parameters: $examYear INTEGER; $scope VARCHAR[].
-- Columns: examYear.
-- Grain: exam year that was decided and has an application in a district of the scope.
SELECT DISTINCT a."examYear"
FROM applications a
JOIN districts d ON d.code = a.district
WHERE a."examYear" <= $examYear::INTEGER
  AND (list_contains($scope::VARCHAR[], '*') OR list_has_any(d.ancestors, $scope::VARCHAR[]))
  AND EXISTS (SELECT 1 FROM workers w WHERE w."rosterYear" = a."examYear" - 1)
ORDER BY "examYear" DESC
