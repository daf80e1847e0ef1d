-- The applications behind a figure of quota.sql.
-- Parameters: $examYear INTEGER; $measure VARCHAR = applications, used, exempt or appliedLastYear; $level, $district, $trade, $unit
--   VARCHAR or null ($trade = 全部工种 as in quota.sql); $q VARCHAR or null; $scope VARCHAR[] (as in workers-decided.sql).
-- Columns: those of the workers list, then applicationYear, applicationModule, result, usesQuota (by the rule,
--   not only as the file says), exempt. District, unit and trade are those of the application; the rest comes from the
--   worker's newest roster row before the exam year and is null for an applicant who is on none.
-- Grain: application.
WITH visible AS (
  SELECT code, name
  FROM districts
  WHERE (list_contains($scope::VARCHAR[], '*') OR list_has_any(ancestors, $scope::VARCHAR[]))
    AND ($district::VARCHAR IS NULL OR list_contains(ancestors, $district::VARCHAR))
),
newest AS (
  SELECT "workerId", max("rosterYear") AS "rosterYear"
  FROM workers
  WHERE "rosterYear" < $examYear::INTEGER
  GROUP BY "workerId"
)
SELECT
  w."rosterRow",
  a."workerId",
  w.name,
  w.sex,
  w."birthDateFrom",
  w."birthDateTo",
  v.code AS district,
  v.name AS "districtName",
  w.department,
  u.unit,
  u."unitName",
  a.trade,
  w.level AS "presentLevel",
  w."levelObtainedOnFrom",
  w."levelObtainedOnTo",
  w."workStartedOnFrom",
  w."workStartedOnTo",
  w.education,
  a."targetLevel",
  e.decision,
  e."planningDecision",
  e.module,
  e.rulebook,
  $examYear::INTEGER AS "examYear",
  a."examYear" AS "applicationYear",
  a.module AS "applicationModule",
  a.result,
  a."takesPlace" AS "usesQuota",
  a.exempt
FROM quota_applications a
JOIN visible v ON v.code = a.district
JOIN units_of($examYear::INTEGER) u ON u.name = a.unit AND u.district = a.district
LEFT JOIN quota_levels q
  ON q."examYear" = $examYear::INTEGER AND q.district = a.district AND q."targetLevel" = a."targetLevel"
LEFT JOIN newest n ON n."workerId" = a."workerId"
LEFT JOIN workers w ON w."workerId" = n."workerId" AND w."rosterYear" = n."rosterYear"
LEFT JOIN eligibility e
  ON e."rosterRow" = w."rosterRow" AND e."examYear" = $examYear::INTEGER AND e."targetLevel" = a."targetLevel"
WHERE CASE $measure::VARCHAR
    WHEN 'applications' THEN a."examYear" = $examYear::INTEGER
    WHEN 'used' THEN a."examYear" = $examYear::INTEGER AND a."takesPlace"
    WHEN 'exempt' THEN a."examYear" = $examYear::INTEGER AND a.exempt
    WHEN 'appliedLastYear' THEN a."examYear" = $examYear::INTEGER - 1 AND a."takesPlace"
    ELSE false
  END
  AND (a."targetLevel" = 'seniorTechnician' OR q.district IS NOT NULL)
  AND ($level::VARCHAR IS NULL OR a."targetLevel" = $level::VARCHAR)
  AND ($unit::VARCHAR IS NULL OR u.unit = $unit::VARCHAR)
  AND (
    $trade::VARCHAR IS NULL
    OR ($trade::VARCHAR = '全部工种' AND q."atMost" IS NOT NULL)
    OR (q."atMost" IS NULL AND (a.trade = $trade::VARCHAR OR ($trade::VARCHAR = 'unknown' AND a.trade IS NULL)))
  )
  AND (
    $q::VARCHAR IS NULL
    OR contains(a."workerId", $q::VARCHAR)
    OR contains(a.unit, $q::VARCHAR)
    OR coalesce(contains(w.name, $q::VARCHAR), false)
  )
