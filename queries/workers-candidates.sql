-- The applications behind a figure of the quota bottlenecks.
-- Parameters: those of quota-candidates.sql; $measure VARCHAR = windowCandidates, windowUsed or queued; $q VARCHAR or null.
-- Columns: those of the workers list, then applicationYear, applicationModule, result, usesQuota. District, unit and trade are those
--   of the application; the rest comes from the worker's newest roster row up to the end of the window.
-- Grain: application.
-- reads candidates: quota-candidates
SELECT
  w."rosterRow",
  c."workerId",
  w.name,
  w.sex,
  w."birthDateFrom",
  w."birthDateTo",
  c.district,
  c."districtName",
  w.department,
  c.unit,
  c."unitName",
  c."ownTrade" AS trade,
  w.level AS "presentLevel",
  w."levelObtainedOnFrom",
  w."levelObtainedOnTo",
  w."workStartedOnFrom",
  w."workStartedOnTo",
  w.education,
  c."targetLevel",
  e.decision,
  e."planningDecision",
  e.module,
  e.rulebook,
  coalesce(e."examYear", $examYear::INTEGER)::INTEGER AS "examYear",
  c."examYear" AS "applicationYear",
  c.module AS "applicationModule",
  c.result,
  c."takesPlace" AS "usesQuota"
FROM candidates c
LEFT JOIN (
  SELECT *
  FROM workers
  WHERE "rosterYear" <= $windowTo::INTEGER
  QUALIFY row_number() OVER (PARTITION BY "workerId" ORDER BY "rosterYear" DESC) = 1
) w ON w."workerId" = c."workerId"
LEFT JOIN eligibility e
  ON e."rosterRow" = w."rosterRow" AND e."examYear" = w."rosterYear" + 1 AND e."targetLevel"::VARCHAR = c."targetLevel"
WHERE CASE $measure::VARCHAR
    WHEN 'windowCandidates' THEN c.candidate
    WHEN 'windowUsed' THEN c."takesPlace"
    WHEN 'queued' THEN c.queued
    ELSE false
  END
  AND (
    $q::VARCHAR IS NULL
    OR contains(c."workerId", $q::VARCHAR)
    OR contains(c."unitName", $q::VARCHAR)
    OR coalesce(contains(w.name, $q::VARCHAR), false)
  )
