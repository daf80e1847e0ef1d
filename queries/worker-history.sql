-- How a worker stood on every roster.
-- Parameters: $workerId VARCHAR; $scope VARCHAR[].
-- Columns: rosterYear, level, district, districtName, unit (code), unitName, trade.
-- Grain: roster year.
WITH visible AS (
  SELECT code, name
  FROM districts
  WHERE list_contains($scope::VARCHAR[], '*') OR list_has_any(ancestors, $scope::VARCHAR[])
)
SELECT w."rosterYear", w.level, v.code AS district, v.name AS "districtName", u.unit, u."unitName", w.trade
FROM workers w
JOIN visible v ON v.code = w.district
JOIN units u ON u."unitName" = w.unit AND u.district = w.district
WHERE w."workerId" = $workerId::VARCHAR
ORDER BY w."rosterYear"
