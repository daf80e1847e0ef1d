-- Applications under a quota: who takes a place, who would have, who still waits for one.
-- Parameters: $examYear INTEGER (units bear its names); $windowFrom, $windowTo INTEGER: exam years from and to; $level, $district,
--   $trade, $unit VARCHAR or null ($trade = 全部工种 as in quota.sql), $scope VARCHAR[].
-- Columns: examYear, workerId, district, districtName, unit (code), unitName, trade (全部工种 under a share of posts), ownTrade (as
--   applied for), targetLevel, module, result, takesPlace, candidate (takes a place, or would, had there been one; as in quota.sql),
--   queued: the worker's newest application for the level, a candidate without a place, and expected to be able to come
--   forward in the year after it (by the newest decision up to then).
-- Grain: application of an exam year in which a quota holds for it.
WITH visible AS (
  SELECT code, name
  FROM districts
  WHERE (list_contains($scope::VARCHAR[], '*') OR list_has_any(ancestors, $scope::VARCHAR[]))
    AND ($district::VARCHAR IS NULL OR list_contains(ancestors, $district::VARCHAR))
),
-- the decisions by the newest roster before the year that follows the window
decided AS (
  SELECT w."workerId", e."targetLevel"::VARCHAR AS "targetLevel"
  FROM eligibility e
  JOIN workers w ON w."rosterRow" = e."rosterRow"
  WHERE e."examYear" = (SELECT max("examYear") FROM eligibility WHERE "examYear" <= $windowTo::INTEGER + 1)
    AND e."planningDecision" = 'eligible'
),
latest AS (
  SELECT "workerId", "targetLevel", max("examYear") AS year
  FROM applications
  WHERE "examYear" <= $windowTo::INTEGER
  GROUP BY ALL
)
SELECT
  a."examYear",
  a."workerId",
  v.code AS district,
  v.name AS "districtName",
  u.unit,
  u."unitName",
  CASE WHEN q."atMost" IS NULL THEN a.trade ELSE '全部工种' END AS trade,
  a.trade AS "ownTrade",
  a."targetLevel",
  a.module,
  a.result,
  a."takesPlace",
  a."takesPlace" OR (NOT a.exempt AND coalesce(r."unitReview" = 'passed', true)) AS candidate,
  NOT a."takesPlace" AND NOT a.exempt AND coalesce(r."unitReview" = 'passed', true)
    AND l.year = a."examYear" AND d."workerId" IS NOT NULL AS queued
FROM quota_applications a
JOIN applications r
  ON r."examYear" = a."examYear" AND r."workerId" = a."workerId" AND r."targetLevel" = a."targetLevel"
JOIN quota_levels q
  ON q."examYear" = a."examYear" AND q.district = a.district AND q."targetLevel" = a."targetLevel"
JOIN visible v ON v.code = a.district
JOIN units_of($examYear::INTEGER) u ON u.name = a.unit AND u.district = a.district
JOIN latest l ON l."workerId" = a."workerId" AND l."targetLevel" = a."targetLevel"
LEFT JOIN trades t ON t.name = a.trade
LEFT JOIN decided d ON d."workerId" = a."workerId" AND d."targetLevel" = a."targetLevel"
WHERE a."examYear" BETWEEN $windowFrom::INTEGER AND $windowTo::INTEGER
  AND (q."atMost" IS NOT NULL OR t.general)
  AND ($level::VARCHAR IS NULL OR a."targetLevel" = $level::VARCHAR)
  AND ($unit::VARCHAR IS NULL OR u.unit = $unit::VARCHAR)
  AND (
    $trade::VARCHAR IS NULL
    OR ($trade::VARCHAR = '全部工种' AND q."atMost" IS NOT NULL)
    OR (q."atMost" IS NULL AND a.trade = $trade::VARCHAR)
  )
