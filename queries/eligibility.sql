-- Who could come forward: counts of the decisions on the roster of 31 December of the year before the exam year.
-- Parameters: $examYear INTEGER; $level, $district, $trade, $unit VARCHAR or null (null = all; trade 'unknown' = no known
--   trade; a city or province stands for everything below it); $scope VARCHAR[] (['*'] = everything, [] = nothing).
-- Columns: district, districtName, unit (code, as units_of the exam year), unitName, trade, targetLevel, workers, eligible,
--   undetermined, ineligible, planningEligible, and by the first module met normal … direct (their sum is eligible).
-- Grain: district × unit × trade × target level. A worker counts once per target level that the rulebook covers.
WITH visible AS (
  SELECT code, name
  FROM districts
  WHERE (list_contains($scope::VARCHAR[], '*') OR list_has_any(ancestors, $scope::VARCHAR[]))
    AND ($district::VARCHAR IS NULL OR list_contains(ancestors, $district::VARCHAR))
)
SELECT
  v.code AS district,
  v.name AS "districtName",
  u.unit,
  u."unitName",
  w.trade,
  e."targetLevel",
  count(*) AS workers,
  count(*) FILTER (e.decision = 'eligible') AS eligible,
  count(*) FILTER (e.decision = 'undetermined') AS undetermined,
  count(*) FILTER (e.decision = 'ineligible') AS ineligible,
  count(*) FILTER (e."planningDecision" = 'eligible') AS "planningEligible",
  count(*) FILTER (e.module = 'normal') AS normal,
  count(*) FILTER (e.module = 'early') AS early,
  count(*) FILTER (e.module = 'exceptional') AS exceptional,
  count(*) FILTER (e.module = 'transfer') AS transfer,
  count(*) FILTER (e.module = 'reverification') AS reverification,
  count(*) FILTER (e.module = 'direct') AS direct
FROM eligibility e
JOIN workers w ON w."rosterRow" = e."rosterRow"
JOIN visible v ON v.code = w.district
JOIN units_of($examYear::INTEGER) u ON u.name = w.unit AND u.district = w.district
WHERE e."examYear" = $examYear::INTEGER
  AND w."rosterYear" = $examYear::INTEGER - 1
  AND ($level::VARCHAR IS NULL OR e."targetLevel" = $level::VARCHAR)
  AND ($unit::VARCHAR IS NULL OR u.unit = $unit::VARCHAR)
  AND ($trade::VARCHAR IS NULL OR w.trade = $trade::VARCHAR OR ($trade::VARCHAR = 'unknown' AND w.trade IS NULL))
GROUP BY ALL
