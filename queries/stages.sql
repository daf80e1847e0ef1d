-- How many come through each stage from being able to come forward to passing. Parameters: those of
-- applications-staged.sql, with $from = $examYear; $by VARCHAR[] = what to group by (district, trade, unit), the columns of the
-- others are null.
-- Columns: district, districtName, trade, unit, unitName, targetLevel, stage, position; before: in the running before the stage; after:
--   still in it after; lost: stopped by the stage; open: the outcome of the stage is still to come (in neither of the three others);
--   took: with something on record at the stage; alone: of lost, those against whom nothing else is on record.
-- The first stage, applied, is of workers by the roster of 31 December before (place and trade as there): before = expected to be
--   able to come forward (planningEligible), after = those of them who applied. The others are of all applications, also of people
--   who were not expected to. Where nobody has applied anywhere the year is still to come: all are open.
-- Grain: what is grouped by × target level × stage.
-- reads staged: applications-staged
SELECT
  CASE WHEN list_contains($by::VARCHAR[], 'district') THEN v.code END AS district,
  CASE WHEN list_contains($by::VARCHAR[], 'district') THEN v.name END AS "districtName",
  CASE WHEN list_contains($by::VARCHAR[], 'trade') THEN w.trade END AS trade,
  CASE WHEN list_contains($by::VARCHAR[], 'unit') THEN u.unit END AS unit,
  CASE WHEN list_contains($by::VARCHAR[], 'unit') THEN u."unitName" END AS "unitName",
  e."targetLevel"::VARCHAR AS "targetLevel",
  'applied' AS stage,
  1 AS position,
  count(*) FILTER (y.held) AS "before",
  count(a."workerId") AS "after",
  count(*) FILTER (y.held AND a."workerId" IS NULL) AS lost,
  count(*) FILTER (NOT y.held) AS open,
  count(a."workerId") AS took,
  count(*) FILTER (y.held AND a."workerId" IS NULL) AS alone
FROM eligibility e
JOIN workers w ON w."rosterRow" = e."rosterRow"
JOIN (
  SELECT code, name
  FROM districts
  WHERE (list_contains($scope::VARCHAR[], '*') OR list_has_any(ancestors, $scope::VARCHAR[]))
    AND ($district::VARCHAR IS NULL OR list_contains(ancestors, $district::VARCHAR))
) v ON v.code = w.district
JOIN units_of($examYear::INTEGER) u ON u.name = w.unit AND u.district = w.district
CROSS JOIN (SELECT count(*) > 0 AS held FROM applications WHERE "examYear" = $examYear::INTEGER) y
LEFT JOIN applications a
  ON a."examYear" = e."examYear" AND a."workerId" = w."workerId" AND a."targetLevel" = e."targetLevel"::VARCHAR
WHERE e."examYear" = $examYear::INTEGER
  AND w."rosterYear" = $examYear::INTEGER - 1
  AND e."planningDecision" = 'eligible'
  AND ($level::VARCHAR IS NULL OR e."targetLevel" = $level::VARCHAR)
  AND ($unit::VARCHAR IS NULL OR u.unit = $unit::VARCHAR)
  AND ($trade::VARCHAR IS NULL OR w.trade = $trade::VARCHAR OR ($trade::VARCHAR = 'unknown' AND w.trade IS NULL))
GROUP BY ALL
UNION ALL BY NAME
SELECT
  CASE WHEN list_contains($by::VARCHAR[], 'district') THEN a.district END AS district,
  CASE WHEN list_contains($by::VARCHAR[], 'district') THEN a."districtName" END AS "districtName",
  CASE WHEN list_contains($by::VARCHAR[], 'trade') THEN a.trade END AS trade,
  CASE WHEN list_contains($by::VARCHAR[], 'unit') THEN a.unit END AS unit,
  CASE WHEN list_contains($by::VARCHAR[], 'unit') THEN a."unitName" END AS "unitName",
  a."targetLevel",
  s.stage,
  s.position,
  count(*) FILTER (a.stopped > s.position OR (a.stopped = s.position AND a.state = 'lost')) AS "before",
  count(*) FILTER (a.stopped > s.position) AS "after",
  count(*) FILTER (a.stopped = s.position AND a.state = 'lost') AS lost,
  count(*) FILTER (a.stopped = s.position AND a.state = 'open') AS open,
  count(*) FILTER (
    (a.stopped > s.position OR (a.stopped = s.position AND a.state = 'lost')) AND (a.records >> s.position) & 1 = 1
  ) AS took,
  count(*) FILTER (a.stopped = s.position AND a.state = 'lost' AND a.alone) AS alone
FROM staged a
CROSS JOIN (
  VALUES ('unitReview', 2), ('officeReview', 3), ('selected', 4), ('attended', 5), ('theory', 6), ('skills', 7),
    ('defence', 8), ('comprehensiveReview', 9), ('pass', 10)
) AS s(stage, position)
WHERE a."inDistrict" AND a."inTrade" AND a."inUnit"
GROUP BY ALL
