-- Which rulebook decided what: one row for a whole city where all its districts share the rulebook, else a row per district.
-- Parameters: $scope VARCHAR[].
-- Columns: rulebook, district, level, examYear, projected.
-- Grain: city or district × target level × exam year.
WITH used AS (
  SELECT DISTINCT
    w.district,
    coalesce(d.ancestors[2], d.code) AS city,
    e."targetLevel" AS level,
    e."examYear",
    e.rulebook,
    e.projected
  FROM eligibility e
  JOIN workers w ON w."rosterRow" = e."rosterRow"
  JOIN districts d ON d.code = w.district
  WHERE list_contains($scope::VARCHAR[], '*') OR list_has_any(d.ancestors, $scope::VARCHAR[])
),
cities AS (
  SELECT city, level, "examYear", count(DISTINCT rulebook) = 1 AS shared
  FROM used
  GROUP BY ALL
)
SELECT DISTINCT
  rulebook,
  CASE WHEN shared THEN city ELSE district END AS district,
  level,
  "examYear",
  projected
FROM used
JOIN cities USING (city, level, "examYear")
ORDER BY "examYear", district, level
