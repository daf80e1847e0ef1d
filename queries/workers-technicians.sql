-- The technicians on post behind the quota of a unit and trade (column technicians of quota.sql): workers who hold the level
-- below a target level that the quota table lists.
-- Parameters: $examYear INTEGER; $level, $district, $trade, $unit VARCHAR or null ($trade = 全部工种 as in quota.sql); $q VARCHAR or
--   null; $scope VARCHAR[] (as in workers-decided.sql).
-- Columns: those of the workers list; the decision is the one for the target level, null where no rulebook covers it.
-- Grain: worker.
WITH visible AS (
  SELECT code, name
  FROM districts
  WHERE (list_contains($scope::VARCHAR[], '*') OR list_has_any(ancestors, $scope::VARCHAR[]))
    AND ($district::VARCHAR IS NULL OR list_contains(ancestors, $district::VARCHAR))
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
  s."targetLevel",
  e.decision,
  e."planningDecision",
  e.module,
  e.rulebook,
  $examYear::INTEGER AS "examYear"
FROM workers w
JOIN visible v ON v.code = w.district
JOIN units_of($examYear::INTEGER) u ON u.name = w.unit AND u.district = w.district
JOIN level_steps s ON s.below = w.level
LEFT JOIN quota_levels q
  ON q."examYear" = $examYear::INTEGER AND q.district = w.district AND q."targetLevel" = s."targetLevel"
LEFT JOIN eligibility e
  ON e."rosterRow" = w."rosterRow" AND e."examYear" = $examYear::INTEGER AND e."targetLevel" = s."targetLevel"
WHERE w."rosterYear" = $examYear::INTEGER - 1
  AND (s."targetLevel" = 'seniorTechnician' OR q.district IS NOT NULL)
  AND ($level::VARCHAR IS NULL OR s."targetLevel" = $level::VARCHAR)
  AND w."onPost"
  AND ($unit::VARCHAR IS NULL OR u.unit = $unit::VARCHAR)
  AND (
    $trade::VARCHAR IS NULL
    OR ($trade::VARCHAR = '全部工种' AND q."atMost" IS NOT NULL)
    OR (q."atMost" IS NULL AND (w.trade = $trade::VARCHAR OR ($trade::VARCHAR = 'unknown' AND w.trade IS NULL)))
  )
  AND (
    $q::VARCHAR IS NULL
    OR contains(w."workerId", $q::VARCHAR)
    OR contains(w.unit, $q::VARCHAR)
    OR coalesce(contains(w.name, $q::VARCHAR), false)
  )
