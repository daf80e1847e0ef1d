-- The technicians on post behind the quota of a unit and trade (column technicians of quota.sql).
-- Parameters: $examYear INTEGER; $district, $trade, $unit VARCHAR or null; $q VARCHAR or null; $scope VARCHAR[] (as in
--   workers-decided.sql).
-- Columns: those of the workers list; the decision is the one for seniorTechnician, null where no rulebook covers it.
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
  'seniorTechnician' AS "targetLevel",
  e.decision,
  e."planningDecision",
  e.module,
  e.rulebook,
  $examYear::INTEGER AS "examYear"
FROM workers w
JOIN visible v ON v.code = w.district
JOIN units u ON u."unitName" = w.unit AND u.district = w.district
LEFT JOIN eligibility e
  ON e."rosterRow" = w."rosterRow" AND e."examYear" = $examYear::INTEGER AND e."targetLevel" = 'seniorTechnician'
WHERE w."rosterYear" = $examYear::INTEGER - 1
  AND w.level = 'technician'
  AND w."onPost"
  AND ($unit::VARCHAR IS NULL OR u.unit = $unit::VARCHAR)
  AND ($trade::VARCHAR IS NULL OR w.trade = $trade::VARCHAR OR ($trade::VARCHAR = 'unknown' AND w.trade IS NULL))
  AND (
    $q::VARCHAR IS NULL
    OR contains(w."workerId", $q::VARCHAR)
    OR contains(w.unit, $q::VARCHAR)
    OR coalesce(contains(w.name, $q::VARCHAR), false)
  )
