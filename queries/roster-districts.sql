-- Which districts are on which roster.
-- Parameters: $scope VARCHAR[].
-- Columns: rosterYear, district, city (the city above the district, or the district itself).
-- Grain: roster year × district.
SELECT DISTINCT w."rosterYear", w.district, coalesce(d.ancestors[2], d.code) AS city
FROM workers w
JOIN districts d ON d.code = w.district
WHERE list_contains($scope::VARCHAR[], '*') OR list_has_any(d.ancestors, $scope::VARCHAR[])
ORDER BY w."rosterYear", w.district
