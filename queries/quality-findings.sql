-- The findings behind the figures of quality.sql, each as a sentence.
-- Parameters: as in quality.sql; $code, $severity VARCHAR or null (null = all); $q VARCHAR or null = part of the name, the worker number
--   or the unit; $codes VARCHAR = JSON list of the codes: code, about, position, zh, en (sentences with {was}, {now}, {other}); $words
--   VARCHAR = JSON list of words for codes of levels and names of facts: code, zh, en.
-- Columns: rosterYear, code, severity, about, zh, en, workerId, name, district, districtName, unit, unitName, trade, level, was, now, other,
--   importId, file, sheet, sourceRow.
-- Grain: finding.
WITH visible AS (
  SELECT code, name
  FROM districts
  WHERE (list_contains($scope::VARCHAR[], '*') OR list_has_any(ancestors, $scope::VARCHAR[]))
    AND ($district::VARCHAR IS NULL OR list_contains(ancestors, $district::VARCHAR))
),
codes AS (
  SELECT unnest(
    from_json(
      $codes::VARCHAR,
      '[{"code":"VARCHAR","about":"VARCHAR","position":"INTEGER","zh":"VARCHAR","en":"VARCHAR"}]'
    ),
    recursive := true
  )
),
words AS (
  SELECT map_from_entries(list((code, zh))) AS zh, map_from_entries(list((code, en))) AS en
  FROM (
    SELECT unnest(from_json($words::VARCHAR, '[{"code":"VARCHAR","zh":"VARCHAR","en":"VARCHAR"}]'), recursive := true)
  )
),
listed AS (
  SELECT
    f.* EXCLUDE (was, now, other, elsewhere),
    c.about,
    c.position,
    c.zh AS "sentenceZh",
    c.en AS "sentenceEn",
    v.name AS "districtName",
    u.unit AS "unitCode",
    u."unitName",
    -- what another district's rows say is not for everybody
    list_contains($scope::VARCHAR[], '*')
      OR len(coalesce(f.elsewhere, [])) = 0
      OR list_has_all(
        (SELECT list(code) FROM districts WHERE list_has_any(ancestors, $scope::VARCHAR[])),
        f.elsewhere
      ) AS open,
    f.was,
    f.now,
    f.other
  FROM findings f
  JOIN codes c ON c.code = f.code
  JOIN visible v ON v.code = f.district
  LEFT JOIN unit_names x
    ON x.district = f.district AND x.name = f.unit AND f."rosterYear" >= x."fromYear" AND f."rosterYear" < x."toYear"
  JOIN units u ON u.district = f.district AND u."unitName" = coalesce(x."unitName", f.unit)
  WHERE ($year::INTEGER IS NULL OR f."rosterYear" = $year::INTEGER)
    AND ($unit::VARCHAR IS NULL OR u.unit = $unit::VARCHAR)
    AND ($code::VARCHAR IS NULL OR f.code = $code::VARCHAR)
    AND ($severity::VARCHAR IS NULL OR f.severity = $severity::VARCHAR)
    AND (
      $q::VARCHAR IS NULL
      OR coalesce(contains(f."workerId", $q::VARCHAR), false)
      OR contains(u."unitName", $q::VARCHAR)
      OR coalesce(contains(f.name, $q::VARCHAR), false)
    )
),
told AS (
  SELECT
    * EXCLUDE (was, now, other),
    CASE WHEN open THEN was END AS was,
    CASE WHEN open OR code <> 'duplicate-person' THEN now END AS now,
    CASE WHEN open THEN other END AS other
  FROM listed
),
worded AS (
  SELECT
    t.*,
    coalesce(w.zh[t.was], t.was) AS "wasZh",
    array_to_string(list_transform(string_split(t.now, ','), lambda part: coalesce(w.zh[part], part)), '、') AS "nowZh",
    coalesce(w.zh[t.other], replace(t.other, ',', '、')) AS "otherZh",
    CASE WHEN t.open THEN '未知' ELSE '其他地区' END AS "hiddenZh",
    coalesce(w.en[t.was], t.was) AS "wasEn",
    array_to_string(list_transform(string_split(t.now, ','), lambda part: coalesce(w.en[part], part)), ', ') AS "nowEn",
    coalesce(w.en[t.other], replace(t.other, ',', ', ')) AS "otherEn",
    CASE WHEN t.open THEN 'unknown' ELSE 'of another district' END AS "hiddenEn"
  FROM told t
  CROSS JOIN words w
)
SELECT
  l."rosterYear",
  l.code,
  l.severity,
  l.about,
  replace(
    replace(
      replace(l."sentenceZh", '{was}', coalesce(l."wasZh", l."hiddenZh")),
      '{now}',
      coalesce(l."nowZh", l."hiddenZh")
    ),
    '{other}',
    coalesce(l."otherZh", l."hiddenZh")
  ) AS zh,
  replace(
    replace(
      replace(l."sentenceEn", '{was}', coalesce(l."wasEn", l."hiddenEn")),
      '{now}',
      coalesce(l."nowEn", l."hiddenEn")
    ),
    '{other}',
    coalesce(l."otherEn", l."hiddenEn")
  ) AS en,
  l."workerId",
  l.name,
  l.district,
  l."districtName",
  l."unitCode" AS unit,
  l."unitName",
  l.trade,
  l.level,
  l.was,
  l.now,
  l.other,
  l."importId",
  -- an import may hold rows of every district: only the full scope is told of it
  CASE WHEN list_contains($scope::VARCHAR[], '*') THEN i.file END AS file,
  l.sheet,
  l."sourceRow"
FROM worded l
LEFT JOIN imports i ON i.id = l."importId"
ORDER BY l."rosterYear" DESC, l.severity, l.position, l.district, l."unitCode", l."workerId" NULLS LAST, l.trade
