-- Units renamed or merged, as the office entered them.
-- Parameters: $scope VARCHAR[]; $id INTEGER or null (null = all).
-- Columns: id, district, districtName, fromUnit, toUnit, since, kind, source, note, who, changedAt, rowsFrom and rowsTo (rows of
--   rosters and applications under either name, all years).
-- Grain: change.
WITH visible AS (
  SELECT code, name
  FROM districts
  WHERE list_contains($scope::VARCHAR[], '*') OR list_has_any(ancestors, $scope::VARCHAR[])
),
used AS (
  SELECT district, unit, count(*)::INTEGER AS n
  FROM (
    SELECT district, unit FROM workers
    UNION ALL
    SELECT district, unit FROM applications
  )
  GROUP BY ALL
)
SELECT
  x.id,
  x.district,
  v.name AS "districtName",
  x."fromUnit",
  x."toUnit",
  x.since,
  x.kind,
  x.source,
  x.note,
  x.who,
  x."changedAt",
  coalesce(f.n, 0) AS "rowsFrom",
  coalesce(t.n, 0) AS "rowsTo"
FROM unit_changes x
JOIN visible v ON v.code = x.district
LEFT JOIN used f ON f.district = x.district AND f.unit = x."fromUnit"
LEFT JOIN used t ON t.district = x.district AND t.unit = x."toUnit"
WHERE $id::INTEGER IS NULL OR x.id = $id::INTEGER
ORDER BY x.district, x.since DESC, x."fromUnit"
