-- The people behind a figure of the decisions, one figure at a time.
-- Parameters: as in eligibility.sql, and $measure VARCHAR = the column of eligibility.sql whose people are wanted, or
--   quotaEligible = the column planningEligible of quota.sql, or a column of bottlenecks.sql (blocked, soleBlocker, oneShort,
--   unknown, unmet), together = the column blocked of bottleneck-sets.sql, blockedAll = the column ineligible of
--   both, oneAway = those of them whom one condition blocks, planningApplied and planningNotApplied = those of
--   planningEligible with and without an application for the level in the exam year (planningNotApplied: once anybody has applied in
--   it, as planningHeld, all of them; before that they are planningOpen);
--   $pool VARCHAR as in bottlenecks.sql; $rulebook VARCHAR, $mask VARCHAR (decimal; every bit of the condition or of the set), $size INTEGER (conditions of the set),
--   $pathways VARCHAR (as in bottlenecks.sql, those of the level) or null = the row of bottlenecks.sql or bottleneck-sets.sql;
--   $trade = 全部工种 means the people in the rows of quota.sql with that word; $q VARCHAR or null = part of the name, the worker
--   number or the unit.
-- Columns: those of the workers list (dates as the first and the last possible day).
-- Grain: worker × target level.
WITH visible AS (
  SELECT code, name
  FROM districts
  WHERE (list_contains($scope::VARCHAR[], '*') OR list_has_any(ancestors, $scope::VARCHAR[]))
    AND ($district::VARCHAR IS NULL OR list_contains(ancestors, $district::VARCHAR))
),
pathways AS (
  SELECT list({'mask': mask::UBIGINT, 'door': door::UBIGINT}) AS ways
  FROM (
    SELECT unnest(
      from_json(coalesce($pathways::VARCHAR, '[]'), '[{"rulebook":"VARCHAR","level":"VARCHAR","mask":"VARCHAR","door":"VARCHAR"}]'),
      recursive := true
    )
  )
)
SELECT
  w."rosterRow",
  w."workerId",
  w.name,
  w.sex,
  w."birthDateFrom",
  w."birthDateTo",
  v.code AS district,
  v.name AS "districtName",
  w.department,
  u.unit,
  u."unitName",
  w.trade,
  w.level AS "presentLevel",
  w."levelObtainedOnFrom",
  w."levelObtainedOnTo",
  w."workStartedOnFrom",
  w."workStartedOnTo",
  w.education,
  e."targetLevel",
  e.decision,
  e."planningDecision",
  e.module,
  e.rulebook,
  e."examYear"
FROM eligibility e
JOIN workers w ON w."rosterRow" = e."rosterRow"
JOIN visible v ON v.code = w.district
JOIN units_of($examYear::INTEGER) u ON u.name = w.unit AND u.district = w.district
CROSS JOIN pathways p
LEFT JOIN quota_levels q
  ON q."examYear" = e."examYear" AND q.district = w.district AND q."targetLevel" = e."targetLevel"
JOIN level_steps s ON s."targetLevel" = e."targetLevel"::VARCHAR
WHERE e."examYear" = $examYear::INTEGER
  AND w."rosterYear" = $examYear::INTEGER - 1
  AND ($pool::VARCHAR = 'all' OR w.level = s.below)
  AND ($level::VARCHAR IS NULL OR e."targetLevel" = $level::VARCHAR)
  AND ($unit::VARCHAR IS NULL OR u.unit = $unit::VARCHAR)
  AND (
    $trade::VARCHAR IS NULL
    OR ($trade::VARCHAR = '全部工种' AND q."atMost" IS NOT NULL)
    OR (
      (w.trade = $trade::VARCHAR OR ($trade::VARCHAR = 'unknown' AND w.trade IS NULL))
      -- the quota table counts the people of a unit with a share under 全部工种 alone
      AND ($measure::VARCHAR <> 'quotaEligible' OR q."atMost" IS NULL)
    )
  )
  AND ($rulebook::VARCHAR IS NULL OR e.rulebook = $rulebook::VARCHAR)
  AND CASE $measure::VARCHAR
    WHEN 'workers' THEN true
    WHEN 'planningEligible' THEN e."planningDecision" = 'eligible'
    WHEN 'eligible' THEN e.decision = 'eligible'
    WHEN 'undetermined' THEN e.decision = 'undetermined'
    WHEN 'ineligible' THEN e.decision = 'ineligible'
    WHEN 'quotaEligible' THEN
      e."planningDecision" = 'eligible' AND (e."targetLevel" = 'seniorTechnician' OR q.district IS NOT NULL)
    WHEN 'blocked' THEN e.blocking & $mask::UBIGINT <> 0
    WHEN 'soleBlocker' THEN e.blocking <> 0 AND e.blocking & ~$mask::UBIGINT = 0
    WHEN 'oneShort' THEN
      e.decision = 'ineligible'
      AND bit_count($mask::UBIGINT & e.unmet) > 0
      -- on a pathway whose door is not unmet, or on any where all doors are, nothing else is unmet
      AND list_contains(
        list_transform(
          CASE
            WHEN len(list_filter(p.ways, lambda way: e.unmet & way.door = 0)) > 0
              THEN list_filter(p.ways, lambda way: e.unmet & way.door = 0)
            ELSE p.ways
          END,
          lambda way: bit_count(e.unmet & way.mask) = 1 AND e.unmet & way.mask & $mask::UBIGINT <> 0
        ),
        true
      )
    WHEN 'blockedAll' THEN e.decision = 'ineligible'
    WHEN 'oneAway' THEN bit_count(e.blocking) = 1
    WHEN 'together' THEN e.blocking & ~$mask::UBIGINT = 0 AND bit_count(e.blocking) = $size::INTEGER
    WHEN 'planningApplied' THEN
      e."planningDecision" = 'eligible'
      AND EXISTS (
        SELECT 1 FROM applications a
        WHERE a."examYear" = e."examYear" AND a."workerId" = w."workerId" AND a."targetLevel" = e."targetLevel"::VARCHAR
      )
    WHEN 'planningHeld' THEN
      e."planningDecision" = 'eligible' AND EXISTS (SELECT 1 FROM applications a WHERE a."examYear" = $examYear::INTEGER)
    WHEN 'planningOpen' THEN
      e."planningDecision" = 'eligible'
      AND NOT EXISTS (SELECT 1 FROM applications a WHERE a."examYear" = $examYear::INTEGER)
    WHEN 'planningNotApplied' THEN
      e."planningDecision" = 'eligible'
      AND EXISTS (SELECT 1 FROM applications a WHERE a."examYear" = $examYear::INTEGER)
      AND NOT EXISTS (
        SELECT 1 FROM applications a
        WHERE a."examYear" = e."examYear" AND a."workerId" = w."workerId" AND a."targetLevel" = e."targetLevel"::VARCHAR
      )
    WHEN 'unknown' THEN e.decision = 'undetermined' AND e.unknown & $mask::UBIGINT <> 0
    WHEN 'unmet' THEN e.unmet & $mask::UBIGINT <> 0
    ELSE coalesce(e.module = $measure::VARCHAR, false)
  END
  AND (
    $q::VARCHAR IS NULL
    OR contains(w."workerId", $q::VARCHAR)
    OR contains(w.unit, $q::VARCHAR)
    OR coalesce(contains(w.name, $q::VARCHAR), false)
  )
