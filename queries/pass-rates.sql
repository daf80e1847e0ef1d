-- Who applied, was examined and passed, with what is needed to say how many would be expected to. Parameters: those of
-- applications-staged.sql; $by VARCHAR[] as in stages.sql, and level.
-- Columns: district, districtName, trade, unit, unitName, targetLevel (null unless grouped by), level, again; now: of $examYear (else
--   of the years before it); inDistrict, inTrade, inUnit; applications, examined, passed.
-- Grain: what is grouped by × level × first or again × this exam year or before × what filters hold.
-- reads staged: applications-staged
SELECT
  CASE WHEN list_contains($by::VARCHAR[], 'district') THEN district END AS district,
  CASE WHEN list_contains($by::VARCHAR[], 'district') THEN "districtName" END AS "districtName",
  CASE WHEN list_contains($by::VARCHAR[], 'trade') THEN trade END AS trade,
  CASE WHEN list_contains($by::VARCHAR[], 'unit') THEN unit END AS unit,
  CASE WHEN list_contains($by::VARCHAR[], 'unit') THEN "unitName" END AS "unitName",
  CASE WHEN list_contains($by::VARCHAR[], 'level') THEN "targetLevel" END AS "targetLevel",
  "targetLevel" AS level,
  again,
  "examYear" = $examYear::INTEGER AS now,
  "inDistrict",
  "inTrade",
  "inUnit",
  count(*)::INTEGER AS applications,
  (count(*) FILTER (examined))::INTEGER AS examined,
  (count(*) FILTER (state = 'passed'))::INTEGER AS passed
FROM staged
GROUP BY ALL
