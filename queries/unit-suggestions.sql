-- Units that may have been renamed or merged: gone from one roster to the next and not seen again, most of their people in one other
-- unit of the district. Those with a change entered are left out.
-- Parameters: $district VARCHAR or null; $scope VARCHAR[].
-- Columns: district, districtName, fromUnit, toUnit, since (= to), kind (renamed: the other unit is new and takes the people of no
--   other unit that is gone; merged: else), from and to (roster years), people (in fromUnit before and in toUnit after), peopleFrom
--   and peopleTo (of either unit), share (people / people of fromUnit who are on the later roster at all).
-- Limits: at least 2 people for a new unit, 3 for one that was there before, and a share of at least 0.6.
-- Grain: unit that is gone.
WITH visible AS (
  SELECT code, name
  FROM districts
  WHERE (list_contains($scope::VARCHAR[], '*') OR list_has_any(ancestors, $scope::VARCHAR[]))
    AND ($district::VARCHAR IS NULL OR list_contains(ancestors, $district::VARCHAR))
),
present AS (
  SELECT w.district, w.unit, w."rosterYear" AS year, count(*)::INTEGER AS people
  FROM workers w
  JOIN visible v ON v.code = w.district
  GROUP BY ALL
),
years AS (
  SELECT year AS "from", lead(year) OVER (ORDER BY year) AS "to"
  FROM (SELECT DISTINCT "rosterYear" AS year FROM workers)
),
span AS (
  SELECT district, unit, min(year) AS first, max(year) AS last, arg_max(people, year) AS people
  FROM present
  GROUP BY ALL
),
gone AS (
  SELECT s.district, s.unit, y."from", y."to", s.people
  FROM span s
  JOIN years y ON y."from" = s.last
  WHERE y."to" IS NOT NULL
    AND NOT EXISTS (
      SELECT 1 FROM unit_changes x WHERE x.district = s.district AND x."fromUnit" = s.unit
    )
),
-- first the few people of these units: the planner would join all years with all others
theirs AS MATERIALIZED (
  SELECT g.*, a."workerId"
  FROM gone g
  JOIN workers a ON a."rosterYear" = g."from" AND a.district = g.district AND a.unit = g.unit
),
went AS (
  SELECT t.* EXCLUDE ("workerId"), b.district AS "toDistrict", b.unit AS "toUnit", count(*)::INTEGER AS together
  FROM theirs t
  JOIN workers b ON b."rosterYear" = t."to" AND b."workerId" = t."workerId"
  GROUP BY ALL
),
shared AS (
  SELECT *, together / sum(together) OVER (PARTITION BY district, unit) AS share
  FROM went
),
likely AS (
  SELECT s.*, t.first = s."to" AS is_new, p.people AS "peopleTo"
  FROM shared s
  JOIN span t ON t.district = s.district AND t.unit = s."toUnit"
  JOIN present p ON p.district = s.district AND p.unit = s."toUnit" AND p.year = s."to"
  WHERE s."toDistrict" = s.district
    AND s.share >= 0.6
    AND s.together >= CASE WHEN t.first = s."to" THEN 2 ELSE 3 END
)
SELECT
  l.district,
  v.name AS "districtName",
  l.unit AS "fromUnit",
  l."toUnit",
  l."to" AS since,
  CASE WHEN l.is_new AND count(*) OVER (PARTITION BY l.district, l."toUnit") = 1 THEN 'renamed' ELSE 'merged' END AS kind,
  l."from",
  l."to",
  l.together AS people,
  l.people AS "peopleFrom",
  l."peopleTo",
  l.share
FROM likely l
JOIN visible v ON v.code = l.district
ORDER BY l.share DESC, l.together DESC, l.district, l.unit
