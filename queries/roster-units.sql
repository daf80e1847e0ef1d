-- The units that rosters and applications name, as they are spelt there.
-- Parameters: $district VARCHAR or null; $scope VARCHAR[].
-- Columns: district, districtName, unit (name as in the files), years: the rows by the exam year they count in, ascending, as
--   STRUCT(year, rows)[] (a roster counts in the exam of the year after).
-- Grain: unit.
WITH visible AS (
  SELECT code, name
  FROM districts
  WHERE (list_contains($scope::VARCHAR[], '*') OR list_has_any(ancestors, $scope::VARCHAR[]))
    AND ($district::VARCHAR IS NULL OR list_contains(ancestors, $district::VARCHAR))
),
counted AS (
  SELECT district, unit, year, count(*)::INTEGER AS n
  FROM (
    SELECT district, unit, ("rosterYear" + 1)::INTEGER AS year FROM workers
    UNION ALL
    SELECT district, unit, "examYear"::INTEGER FROM applications
  )
  GROUP BY ALL
)
SELECT
  c.district,
  v.name AS "districtName",
  c.unit,
  list(struct_pack(year := c.year, rows := c.n) ORDER BY c.year) AS years
FROM counted c
JOIN visible v ON v.code = c.district
GROUP BY ALL
ORDER BY c.district, c.unit
