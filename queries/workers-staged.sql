-- The applications behind a figure of the stages and of the pass rates.
-- Parameters: those of applications-staged.sql, with $from = $examYear; $measure VARCHAR = applied (all), examined, passed; or stageBefore, stageAfter, stageLost, stageOpen, stageTook, stageAlone,
--   then of the stage $position INTEGER; $q VARCHAR or null.
-- Columns: those of the workers list, then applicationYear, applicationModule, result. District, unit and trade are those of the
--   application; the rest comes from the worker's newest roster row before the exam year and is null for an applicant on none.
-- Grain: application.
-- reads staged: applications-staged
SELECT
  w."rosterRow",
  a."workerId",
  w.name,
  w.sex,
  w."birthDateFrom",
  w."birthDateTo",
  a.district,
  a."districtName",
  w.department,
  a.unit,
  a."unitName",
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
  a.result
FROM staged a
LEFT JOIN (
  SELECT "workerId", max("rosterYear") AS "rosterYear"
  FROM workers
  WHERE "rosterYear" < $examYear::INTEGER
  GROUP BY "workerId"
) n ON n."workerId" = a."workerId"
LEFT JOIN workers w ON w."workerId" = n."workerId" AND w."rosterYear" = n."rosterYear"
LEFT JOIN eligibility e
  ON e."rosterRow" = w."rosterRow" AND e."examYear" = $examYear::INTEGER AND e."targetLevel"::VARCHAR = a."targetLevel"
WHERE a."inDistrict" AND a."inTrade" AND a."inUnit"
  AND CASE $measure::VARCHAR
    WHEN 'applied' THEN true
    WHEN 'examined' THEN a.examined
    WHEN 'passed' THEN a.state = 'passed'
    WHEN 'stageBefore' THEN
      a.stopped > $position::INTEGER OR (a.stopped = $position::INTEGER AND a.state = 'lost')
    WHEN 'stageAfter' THEN a.stopped > $position::INTEGER
    WHEN 'stageLost' THEN a.stopped = $position::INTEGER AND a.state = 'lost'
    WHEN 'stageOpen' THEN a.stopped = $position::INTEGER AND a.state = 'open'
    WHEN 'stageAlone' THEN a.stopped = $position::INTEGER AND a.state = 'lost' AND a.alone
    WHEN 'stageTook' THEN
      (a.stopped > $position::INTEGER OR (a.stopped = $position::INTEGER AND a.state = 'lost'))
      AND (a.records >> $position::INTEGER) & 1 = 1
    ELSE false
  END
  AND (
    $q::VARCHAR IS NULL
    OR contains(a."workerId", $q::VARCHAR)
    OR contains(a."unitName", $q::VARCHAR)
    OR coalesce(contains(w.name, $q::VARCHAR), false)
  )
