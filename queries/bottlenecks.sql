-- Which conditions stop workers: counts of the decisions on the roster of 31 December of the year before the exam year.
-- Parameters: as in eligibility.sql, and $rulebook VARCHAR or null (null = all); $pool VARCHAR = all, or near: only who holds
--   the level right below; $by VARCHAR[] = what to group by (district,
--   trade, unit), the columns of the others are null; $conditions VARCHAR = JSON list of what the bits of the decisions stand
--   for: rulebook, level, condition, position, mask (decimal; every bit of the condition), advisory, zh, en, curability,
--   cureZh, cureEn (server/tables/curability.ts); $pathways VARCHAR = JSON list of the pathways: rulebook, level, mask (of the
--   conditions that count), door (0 = none).
-- Columns: district, districtName, trade, unit, unitName, rulebook, targetLevel, condition, position, zh, en, advisory, curability,
--   cureZh, cureEn;
--   workers, ineligible, undetermined: all of the group; blocked: ineligible, and the condition is among those unmet on the
--   pathway nearest to being met; soleBlocker: it is the only one there; shapley: of each of them the share that falls to the
--   condition when those unmet there share him alike (the Shapley value of "everything unmet must go": 1 / how many), so that the
--   conditions add up to ineligible; oneShort: ineligible, and on some pathway whose door is not unmet (on any, where all doors
--   are) it is the only one unmet, so that it alone would do: soleBlocker looks at the nearest pathway only, of which there may
--   be several as near; unknown: undetermined, and the condition is unknown on some pathway; unmet: unmet on some pathway,
--   whatever the decision.
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
      '[{"rulebook":"VARCHAR","level":"VARCHAR","condition":"VARCHAR","position":"INTEGER","mask":"VARCHAR","advisory":"BOOLEAN","zh":"VARCHAR","en":"VARCHAR","curability":"VARCHAR","cureZh":"VARCHAR","cureEn":"VARCHAR"}]'
    ),
    recursive := true
  )
),
pathways AS (
  SELECT rulebook, level, list({'mask': mask::UBIGINT, 'door': door::UBIGINT}) AS ways
  FROM (
    SELECT unnest(
      from_json($pathways::VARCHAR, '[{"rulebook":"VARCHAR","level":"VARCHAR","mask":"VARCHAR","door":"VARCHAR"}]'),
      recursive := true
    )
  )
  GROUP BY ALL
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
  JOIN level_steps s ON s."targetLevel" = e."targetLevel"::VARCHAR
  WHERE e."examYear" = $examYear::INTEGER
    AND w."rosterYear" = $examYear::INTEGER - 1
    AND ($pool::VARCHAR = 'all' OR w.level = s.below)
    AND ($level::VARCHAR IS NULL OR e."targetLevel" = $level::VARCHAR)
    AND ($rulebook::VARCHAR IS NULL OR e.rulebook = $rulebook::VARCHAR)
    AND ($unit::VARCHAR IS NULL OR u.unit = $unit::VARCHAR)
    AND ($trade::VARCHAR IS NULL OR w.trade = $trade::VARCHAR OR ($trade::VARCHAR = 'unknown' AND w.trade IS NULL))
  GROUP BY ALL
),
open AS (
  SELECT
    d.*,
    list_filter(p.ways, lambda way: d.unmet & way.door = 0) AS doors,
    p.ways
  FROM decided d
  JOIN pathways p ON p.rulebook = d.rulebook AND p.level = d."targetLevel"::VARCHAR
),
measured AS (
  SELECT
    * EXCLUDE (doors, ways),
    -- every condition that alone stands in the way on some pathway
    CASE WHEN decision = 'ineligible' THEN
      coalesce(
        list_aggregate(
          list_filter(
            list_transform(CASE WHEN len(doors) > 0 THEN doors ELSE ways END, lambda way: unmet & way.mask),
            lambda bits: bit_count(bits) = 1
          ),
          'bit_or'
        ),
        0
      )
    ELSE 0 END::UBIGINT AS short,
    -- whole numbers add up the same in every order: 5342931457063200 is divided by each of 1 … 40
    n::HUGEINT * (5342931457063200 // greatest(bit_count(blocking), 1)) AS portion
  FROM open
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
  c.curability,
  c."cureZh",
  c."cureEn",
  sum(d.n) AS workers,
  sum(d.n) FILTER (d.decision = 'ineligible') AS ineligible,
  sum(d.n) FILTER (d.decision = 'undetermined') AS undetermined,
  sum(d.n) FILTER (d.blocking & c.mask::UBIGINT <> 0) AS blocked,
  sum(d.n) FILTER (d.blocking <> 0 AND d.blocking & ~c.mask::UBIGINT = 0) AS "soleBlocker",
  coalesce(sum(d.portion) FILTER (d.blocking & c.mask::UBIGINT <> 0), 0)::DOUBLE / 5342931457063200 AS shapley,
  sum(d.n) FILTER (d.short & c.mask::UBIGINT <> 0) AS "oneShort",
  sum(d.n) FILTER (d.decision = 'undetermined' AND d.unknown & c.mask::UBIGINT <> 0) AS unknown,
  sum(d.n) FILTER (d.unmet & c.mask::UBIGINT <> 0) AS unmet
FROM measured d
JOIN conditions c ON c.rulebook = d.rulebook AND c.level = d."targetLevel"::VARCHAR
GROUP BY ALL
