-- Which conditions stop workers: counts of the decisions on the roster of 31 December of the year before the exam year.
-- Parameters: as in eligibility.sql, and $rulebook VARCHAR or null (null = all); $by VARCHAR[] = what to group by (district,
--   trade, unit), the columns of the others are null; $conditions VARCHAR = JSON list of what the bits of the decisions stand
--   for: rulebook, level, condition, position, mask (decimal; every bit of the condition), advisory, zh, en.
-- Columns: district, districtName, trade, unit, unitName, rulebook, targetLevel, condition, position, zh, en, advisory;
--   workers, ineligible, undetermined: all of the group; blocked: ineligible, and the condition is among those unmet on the
--   pathway nearest to being met; soleBlocker: it is the only one there; unknown: undetermined, and the condition is unknown on
--   some pathway; unmet: unmet on some pathway, whatever the decision.
-- Grain: what is grouped by × rulebook × target level × condition.
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
      '[{"rulebook":"VARCHAR","level":"VARCHAR","condition":"VARCHAR","position":"INTEGER","mask":"VARCHAR","advisory":"BOOLEAN","zh":"VARCHAR","en":"VARCHAR"}]'
    ),
    recursive := true
  )
),
-- few distinct masks: counting them first keeps the join with the conditions small
decided AS (
  SELECT
    CASE WHEN list_contains($by::VARCHAR[], 'district') THEN v.code END AS district,
    CASE WHEN list_contains($by::VARCHAR[], 'district') THEN v.name END AS "districtName",
    CASE WHEN list_contains($by::VARCHAR[], 'trade') THEN w.trade END AS trade,
    CASE WHEN list_contains($by::VARCHAR[], 'unit') THEN u.unit END AS unit,
    CASE WHEN list_contains($by::VARCHAR[], 'unit') THEN u."unitName" END AS "unitName",
    e.rulebook,
    e."targetLevel",
    e.decision,
    e.unmet,
    e.unknown,
    e.blocking,
    count(*) AS n
  FROM eligibility e
  JOIN workers w ON w."rosterRow" = e."rosterRow"
  JOIN visible v ON v.code = w.district
  JOIN units_of($examYear::INTEGER) u ON u.name = w.unit AND u.district = w.district
  WHERE e."examYear" = $examYear::INTEGER
    AND w."rosterYear" = $examYear::INTEGER - 1
    AND ($level::VARCHAR IS NULL OR e."targetLevel" = $level::VARCHAR)
    AND ($rulebook::VARCHAR IS NULL OR e.rulebook = $rulebook::VARCHAR)
    AND ($unit::VARCHAR IS NULL OR u.unit = $unit::VARCHAR)
    AND ($trade::VARCHAR IS NULL OR w.trade = $trade::VARCHAR OR ($trade::VARCHAR = 'unknown' AND w.trade IS NULL))
  GROUP BY ALL
)
SELECT
  d.district,
  d."districtName",
  d.trade,
  d.unit,
  d."unitName",
  d.rulebook,
  d."targetLevel",
  c.condition,
  c.position,
  c.zh,
  c.en,
  c.advisory,
  sum(d.n) AS workers,
  sum(d.n) FILTER (d.decision = 'ineligible') AS ineligible,
  sum(d.n) FILTER (d.decision = 'undetermined') AS undetermined,
  sum(d.n) FILTER (d.blocking & c.mask::UBIGINT <> 0) AS blocked,
  sum(d.n) FILTER (d.blocking <> 0 AND d.blocking & ~c.mask::UBIGINT = 0) AS "soleBlocker",
  sum(d.n) FILTER (d.decision = 'undetermined' AND d.unknown & c.mask::UBIGINT <> 0) AS unknown,
  sum(d.n) FILTER (d.unmet & c.mask::UBIGINT <> 0) AS unmet
FROM decided d
JOIN conditions c ON c.rulebook = d.rulebook AND c.level = d."targetLevel"::VARCHAR
GROUP BY ALL
