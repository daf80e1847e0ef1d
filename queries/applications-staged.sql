-- How far each application came: the stage that stopped it, and what is on record of the stages.
-- Parameters: $examYear INTEGER (units bear its names); $from INTEGER: exam years from this one to $examYear; $level, $district,
--   $trade, $unit VARCHAR or null, $scope VARCHAR[] as in eligibility.sql.
-- Columns: examYear, workerId, district, districtName, unit (code), unitName, trade, targetLevel, module, result; inDistrict, inTrade,
--   inUnit: whether the filters $district, $trade, $unit hold ($level narrows the rows); again: an application for the level in an
--   earlier exam year; state: passed, lost or open (no result yet); stopped: the position of the stage that stopped it, of the
--   first stage still to come where it is open, 11 where it passed; examined: it was admitted and the exam or the file was judged
--   (passed, failed or expelled; neither absent nor deferred); records: bit n is set where stage n has something on record; alone:
--   what stopped it is all that stands against it.
-- Stages: 1 applied, 2 unitReview, 3 officeReview, 4 selected (a place within the quota, and the selection exam), 5 attended
--   (neither absent nor deferred nor expelled), 6 theory, 7 skills, 8 defence (and lecture), 9 comprehensiveReview, 10 pass (failed
--   without a stage on record that says why). A stage with nothing on record is passed through: not every path has all of them.
--   Marks below 60 stop whoever failed; who passed has passed whatever the marks.
-- Grain: application.
WITH visible AS (
  SELECT code, name, $district::VARCHAR IS NULL OR list_contains(ancestors, $district::VARCHAR) AS asked
  FROM districts
  WHERE list_contains($scope::VARCHAR[], '*') OR list_has_any(ancestors, $scope::VARCHAR[])
),
first_applied AS (
  SELECT "workerId", "targetLevel", min("examYear") AS year
  FROM applications
  GROUP BY ALL
),
marked AS (
  SELECT
    a."examYear",
    a."workerId",
    v.code AS district,
    v.name AS "districtName",
    u.unit,
    u."unitName",
    a.trade,
    a."targetLevel",
    a.module,
    a.result,
    v.asked AS "inDistrict",
    $trade::VARCHAR IS NULL OR coalesce(a.trade = $trade::VARCHAR, $trade::VARCHAR = 'unknown') AS "inTrade",
    $unit::VARCHAR IS NULL OR u.unit = $unit::VARCHAR AS "inUnit",
    f.year < a."examYear" AS again,
    coalesce(a.result = 'passed', false) AS passed,
    -- what speaks against the application, by stage; null where nothing is on record
    a."unitReview" <> 'passed' AS no2,
    a."officeReview" <> 'passed' AS no3,
    coalesce(a.result = 'returned', false) OR coalesce(a."selectionPassed" <> 'passed', false) AS no4,
    coalesce(a.result IN ('absent', 'deferred', 'misconduct'), false) AS no5,
    a.theory < 60 AND a.result = 'failed' AS no6,
    a.skills < 60 AND a.result = 'failed' AS no7,
    least(a.defence, a.lecture) < 60 AND a.result = 'failed' AS no8,
    a."comprehensiveReview" <> 'passed' AS no9,
    a."unitReview" IS NOT NULL AS has2,
    a."officeReview" IS NOT NULL AS has3,
    a."selectionPassed" IS NOT NULL OR a."selectionScore" IS NOT NULL OR coalesce(a.result = 'returned', false) AS has4,
    a.result IS NOT NULL OR coalesce(a.theory, a.skills, a.defence, a.lecture) IS NOT NULL AS has5,
    a.theory IS NOT NULL AS has6,
    a.skills IS NOT NULL AS has7,
    coalesce(a.defence, a.lecture) IS NOT NULL AS has8,
    a."comprehensiveReview" IS NOT NULL AS has9,
    a.result IS NOT NULL AS has10
  FROM applications a
  JOIN visible v ON v.code = a.district
  JOIN units_of($examYear::INTEGER) u ON u.name = a.unit AND u.district = a.district
  JOIN first_applied f ON f."workerId" = a."workerId" AND f."targetLevel" = a."targetLevel"
  WHERE a."examYear" BETWEEN $from::INTEGER AND $examYear::INTEGER
    AND ($level::VARCHAR IS NULL OR a."targetLevel" = $level::VARCHAR)
),
stopped AS (
  SELECT
    *,
    CASE
      WHEN passed THEN NULL
      WHEN no2 THEN 2
      WHEN no3 THEN 3
      WHEN no4 THEN 4
      WHEN no5 THEN 5
      WHEN no6 THEN 6
      WHEN no7 THEN 7
      WHEN no8 THEN 8
      WHEN no9 THEN 9
      WHEN result IS NOT NULL THEN 10
    END AS lost
  FROM marked
)
SELECT
  "examYear",
  "workerId",
  district,
  "districtName",
  unit,
  "unitName",
  trade,
  "targetLevel",
  module,
  result,
  "inDistrict",
  "inTrade",
  "inUnit",
  again,
  CASE WHEN passed THEN 'passed' WHEN lost IS NOT NULL THEN 'lost' ELSE 'open' END AS state,
  CASE
    WHEN passed THEN 11
    WHEN lost IS NOT NULL THEN lost
    WHEN has9 THEN 10
    WHEN has8 THEN 9
    WHEN has7 THEN 8
    WHEN has6 THEN 7
    WHEN has5 THEN 6
    WHEN has4 THEN 5
    WHEN has3 THEN 4
    WHEN has2 THEN 3
    ELSE 2
  END AS stopped,
  passed
    OR (coalesce(result IN ('failed', 'misconduct'), false) AND no2 IS NOT TRUE AND no3 IS NOT TRUE) AS examined,
  CASE WHEN has2 THEN 4 ELSE 0 END + CASE WHEN has3 THEN 8 ELSE 0 END + CASE WHEN has4 THEN 16 ELSE 0 END
    + CASE WHEN has5 THEN 32 ELSE 0 END + CASE WHEN has6 THEN 64 ELSE 0 END + CASE WHEN has7 THEN 128 ELSE 0 END
    + CASE WHEN has8 THEN 256 ELSE 0 END + CASE WHEN has9 THEN 512 ELSE 0 END + CASE WHEN has10 THEN 1024 ELSE 0 END
    AS records,
  lost IS NOT NULL
    AND lost = greatest(
      CASE WHEN no2 THEN 2 ELSE 0 END, CASE WHEN no3 THEN 3 ELSE 0 END, CASE WHEN no4 THEN 4 ELSE 0 END,
      CASE WHEN no5 THEN 5 ELSE 0 END, CASE WHEN no6 THEN 6 ELSE 0 END, CASE WHEN no7 THEN 7 ELSE 0 END,
      CASE WHEN no8 THEN 8 ELSE 0 END, CASE WHEN no9 THEN 9 ELSE 0 END, CASE WHEN lost = 10 THEN 10 ELSE 0 END
    ) AS alone
FROM stopped
