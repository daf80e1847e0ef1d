-- Every application of a worker and how it went.
-- Parameters: $workerId VARCHAR; $scope VARCHAR[].
-- Columns: examYear, targetLevel, module, district, districtName, unit (code), unitName, trade, usesQuota, the stages, result.
-- Grain: exam year × target level.
WITH visible AS (
  SELECT code, name
  FROM districts
  WHERE list_contains($scope::VARCHAR[], '*') OR list_has_any(ancestors, $scope::VARCHAR[])
)
SELECT
  a."examYear",
  a."targetLevel",
  a.module,
  v.code AS district,
  v.name AS "districtName",
  u.unit,
  u."unitName",
  a.trade,
  a."usesQuota",
  a."unitReview",
  a."officeReview",
  a."selectionScore",
  a."selectionPassed",
  a.theory,
  a.skills,
  a.defence,
  a.lecture,
  a."comprehensiveReview",
  a.result,
  a."certificateDate"
FROM applications a
JOIN visible v ON v.code = a.district
JOIN units u ON u."unitName" = a.unit AND u.district = a.district
WHERE a."workerId" = $workerId::VARCHAR
ORDER BY a."examYear", a."targetLevel"
