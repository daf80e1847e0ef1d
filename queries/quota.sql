-- Places for senior technicians (高级技师申报指标): what each unit may put forward in each trade, and what is used.
-- Parameters: $examYear INTEGER; $district, $trade, $unit VARCHAR or null (as in eligibility.sql); $scope VARCHAR[].
-- Columns: district, districtName, unit, unitName, trade, targetLevel, technicians (on post, present level technician, roster
--   of 31 December before), generalTrade, quota, appliedLastYear (quota-using applications of the year before),
--   planningEligible, exempt, applications, used, left, over, assumed (the general flag of the trade is not confirmed).
-- Grain: unit × trade that has a technician on the roster, somebody who could come forward, or an application in this exam
--   year or the one before. quota, left and over are null where no quota holds: trades that are not general, and districts
--   whose rulebook has none. Bands and the last-year rule are the rulebook's (table quota_bands).
WITH visible AS (
  SELECT code, name
  FROM districts
  WHERE (list_contains($scope::VARCHAR[], '*') OR list_has_any(ancestors, $scope::VARCHAR[]))
    AND ($district::VARCHAR IS NULL OR list_contains(ancestors, $district::VARCHAR))
),
parts AS (
  SELECT district, unit, trade, count(*) FILTER ("onPost") AS technicians
  FROM workers
  WHERE "rosterYear" = $examYear::INTEGER - 1 AND level = 'technician'
  GROUP BY ALL
  UNION ALL BY NAME
  SELECT w.district, w.unit, w.trade, count(*) AS "planningEligible"
  FROM eligibility e
  JOIN workers w ON w."rosterRow" = e."rosterRow"
  WHERE e."examYear" = $examYear::INTEGER
    AND w."rosterYear" = $examYear::INTEGER - 1
    AND e."targetLevel" = 'seniorTechnician'
    AND e."planningDecision" = 'eligible'
  GROUP BY ALL
  UNION ALL BY NAME
  SELECT
    district,
    unit,
    trade,
    count(*) FILTER ("examYear" = $examYear::INTEGER - 1 AND "takesPlace") AS "appliedLastYear",
    count(*) FILTER ("examYear" = $examYear::INTEGER) AS applications,
    count(*) FILTER ("examYear" = $examYear::INTEGER AND "takesPlace") AS used,
    count(*) FILTER ("examYear" = $examYear::INTEGER AND exempt) AS exempt
  FROM quota_applications
  WHERE "examYear" IN ($examYear::INTEGER - 1, $examYear::INTEGER)
  GROUP BY ALL
),
places AS (
  SELECT
    district,
    unit,
    trade,
    coalesce(sum(technicians), 0)::INTEGER AS technicians,
    coalesce(sum("planningEligible"), 0)::INTEGER AS "planningEligible",
    coalesce(sum("appliedLastYear"), 0)::INTEGER AS "appliedLastYear",
    coalesce(sum(applications), 0)::INTEGER AS applications,
    coalesce(sum(used), 0)::INTEGER AS used,
    coalesce(sum(exempt), 0)::INTEGER AS exempt
  FROM parts
  GROUP BY ALL
),
allotted AS (
  SELECT
    v.code AS district,
    v.name AS "districtName",
    u.unit,
    u."unitName",
    p.trade,
    t.general AS "generalTrade",
    coalesce(t."generalAssumed", false) AS assumed,
    p.technicians,
    p."appliedLastYear",
    p."planningEligible",
    p.exempt,
    p.applications,
    p.used,
    CASE
      WHEN t.general IS NOT TRUE THEN NULL
      WHEN b."alternateYears" AND p."appliedLastYear" > 0 THEN 0
      ELSE b.places
    END AS quota
  FROM places p
  JOIN visible v ON v.code = p.district
  JOIN units u ON u."unitName" = p.unit AND u.district = p.district
  LEFT JOIN trades t ON t.name = p.trade
  LEFT JOIN quota_bands b
    ON b."examYear" = $examYear::INTEGER AND b.district = p.district
    AND p.technicians >= b."fromTechnicians" AND (b."belowTechnicians" IS NULL OR p.technicians < b."belowTechnicians")
  WHERE ($unit::VARCHAR IS NULL OR u.unit = $unit::VARCHAR)
    AND ($trade::VARCHAR IS NULL OR p.trade = $trade::VARCHAR OR ($trade::VARCHAR = 'unknown' AND p.trade IS NULL))
)
SELECT
  district,
  "districtName",
  unit,
  "unitName",
  trade,
  'seniorTechnician' AS "targetLevel",
  technicians,
  "generalTrade",
  quota,
  "appliedLastYear",
  "planningEligible",
  exempt,
  applications,
  used,
  -- greatest() ignores null, so the null of "no quota" must be kept by hand
  CASE WHEN quota IS NOT NULL THEN greatest(quota - used, 0) END AS "left",
  CASE WHEN quota IS NOT NULL THEN greatest(used - quota, 0) END AS "over",
  assumed
FROM allotted
