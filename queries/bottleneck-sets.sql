-- Which conditions stop workers together: the sets of conditions unmet on the pathway nearest to being met, the most frequent ones.
-- Parameters: $examYear, $level, $district, $trade, $unit, $scope, $rulebook, $pool, $by, $conditions as in bottlenecks.sql.
-- Columns: district, districtName, trade, unit, unitName, rulebook, targetLevel, conditions (ids joined by commas, in the order of
--   the rulebook), size (how many), zh, en; blocked: whom exactly these conditions stop; ineligible: all of the group.
-- Grain: what is grouped by × rulebook × target level × set, the 20 most frequent sets of each.
WITH visible AS (
  SELECT code, name
  FROM districts
  WHERE (list_contains($scope::VARCHAR[], '*') OR list_has_any(ancestors, $scope::VARCHAR[]))
    AND ($district::VARCHAR IS NULL OR list_contains(ancestors, $district::VARCHAR))
),
conditions AS (
  SELECT unnest(
    from_json(
      $conditions::VARCHAR,
      '[{"rulebook":"VARCHAR","level":"VARCHAR","condition":"VARCHAR","position":"INTEGER","mask":"VARCHAR","zh":"VARCHAR","en":"VARCHAR"}]'
    ),
    recursive := true
  )
),
decided AS (
  SELECT
    CASE WHEN list_contains($by::VARCHAR[], 'district') THEN v.code END AS district,
    CASE WHEN list_contains($by::VARCHAR[], 'district') THEN v.name END AS "districtName",
    CASE WHEN list_contains($by::VARCHAR[], 'trade') THEN w.trade END AS trade,
    CASE WHEN list_contains($by::VARCHAR[], 'unit') THEN u.unit END AS unit,
    CASE WHEN list_contains($by::VARCHAR[], 'unit') THEN u."unitName" END AS "unitName",
    e.rulebook,
    e."targetLevel",
    e.blocking,
    count(*) AS n
  FROM eligibility e
  JOIN workers w ON w."rosterRow" = e."rosterRow"
  JOIN visible v ON v.code = w.district
  JOIN units_of($examYear::INTEGER) u ON u.name = w.unit AND u.district = w.district
  JOIN level_steps s ON s."targetLevel" = e."targetLevel"::VARCHAR
  WHERE e."examYear" = $examYear::INTEGER
    AND w."rosterYear" = $examYear::INTEGER - 1
    AND ($pool::VARCHAR = 'all' OR w.level = s.below)
    AND e.decision = 'ineligible'
    AND ($level::VARCHAR IS NULL OR e."targetLevel" = $level::VARCHAR)
    AND ($rulebook::VARCHAR IS NULL OR e.rulebook = $rulebook::VARCHAR)
    AND ($unit::VARCHAR IS NULL OR u.unit = $unit::VARCHAR)
    AND ($trade::VARCHAR IS NULL OR w.trade = $trade::VARCHAR OR ($trade::VARCHAR = 'unknown' AND w.trade IS NULL))
  GROUP BY ALL
),
sets AS (
  SELECT
    m.rulebook,
    m."targetLevel",
    m.blocking,
    string_agg(c.condition, ',' ORDER BY c.position) AS conditions,
    count(*) AS size,
    string_agg(c.zh, '；' ORDER BY c.position) AS zh,
    string_agg(c.en, '; ' ORDER BY c.position) AS en
  FROM (SELECT DISTINCT rulebook, "targetLevel", blocking FROM decided) m
  JOIN conditions c
    ON c.rulebook = m.rulebook AND c.level = m."targetLevel"::VARCHAR AND m.blocking & c.mask::UBIGINT <> 0
  GROUP BY ALL
),
counted AS (
  SELECT
    d.* EXCLUDE (blocking, n),
    s.conditions,
    s.size,
    any_value(s.zh ORDER BY s.zh) AS zh,
    any_value(s.en ORDER BY s.en) AS en,
    sum(d.n) AS blocked
  FROM decided d
  JOIN sets s ON s.rulebook = d.rulebook AND s."targetLevel" = d."targetLevel" AND s.blocking = d.blocking
  GROUP BY ALL
)
SELECT
  *,
  sum(blocked) OVER (PARTITION BY district, trade, unit, rulebook, "targetLevel") AS ineligible
FROM counted
QUALIFY
  row_number() OVER (
    PARTITION BY district, trade, unit, rulebook, "targetLevel" ORDER BY blocked DESC, conditions
  ) <= 20
