-- Balance of places between regions: the workers on post in each city-level region, by whose number places are shared.
-- Parameters: $examYear INTEGER; $served VARCHAR[] = codes of the districts that the rulebook decides; $scope VARCHAR[].
-- Columns: district (code of the region), districtName, workers (on post, whatever the level; roster of 31 December before).
-- Grain: region: a city with the districts below it, also one without workers; and a province, for those counted directly under it,
--   where there are any.
WITH visible AS (
  SELECT code, coalesce(ancestors[2], code) AS region
  FROM districts
  WHERE list_contains($served::VARCHAR[], code)
    AND (list_contains($scope::VARCHAR[], '*') OR list_has_any(ancestors, $scope::VARCHAR[]))
)
SELECT r.code AS district, r.name AS "districtName", count(w."rosterRow")::INTEGER AS workers
FROM visible v
JOIN districts r ON r.code = v.region
LEFT JOIN workers w ON w.district = v.code AND w."rosterYear" = $examYear::INTEGER - 1 AND w."onPost"
GROUP BY r.code, r.name, r.tier
HAVING r.tier <> 'province' OR count(w."rosterRow") > 0
ORDER BY r.code
