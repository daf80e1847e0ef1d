-- Data quality of rosters: how many rows are without doubt, and how much is known.
-- Parameters: $year INTEGER or null (roster year; null = every one); $district, $unit VARCHAR or null (unit: a code of units); $scope VARCHAR[].
-- Columns: district, districtName, unit, unitName (as the unit is called in the roster year), rosterYear, workers (rows of the roster),
--   errorRows and warningRows (rows with a finding of the severity), incompleteRows (rows without a key fact), cleanRows (rows with no
--   finding), errors and warnings (findings, also those about units and applications), factsKnown and factsExpected (key facts: birth
--   date, sex, start of work, level, level date unless the level is none, trade, education), missingBirthDate … missingEducation (rows).
-- Grain: district × unit × roster year.
WITH visible AS (
  SELECT code, name
  FROM districts
  WHERE (list_contains($scope::VARCHAR[], '*') OR list_has_any(ancestors, $scope::VARCHAR[]))
    AND ($district::VARCHAR IS NULL OR list_contains(ancestors, $district::VARCHAR))
),
doubted AS (
  SELECT
    "rosterRow",
    bool_or(severity = 'error') AS error,
    bool_or(severity = 'warning') AS warning,
    bool_or(code = 'key-facts-missing') AS incomplete
  FROM findings
  WHERE "rosterRow" IS NOT NULL AND ($year::INTEGER IS NULL OR "rosterYear" = $year::INTEGER)
  GROUP BY "rosterRow"
),
parts AS (
  SELECT
    w.district,
    w.unit,
    w."rosterYear",
    count(*) AS workers,
    count(*) FILTER (d.error) AS "errorRows",
    count(*) FILTER (d.warning) AS "warningRows",
    count(*) FILTER (d.incomplete) AS "incompleteRows",
    count(*) FILTER (d."rosterRow" IS NULL) AS "cleanRows",
    count(*) FILTER (w."birthDateFrom" IS NULL) AS "missingBirthDate",
    count(*) FILTER (w.sex IS NULL) AS "missingSex",
    count(*) FILTER (w."workStartedOnFrom" IS NULL) AS "missingWorkStartedOn",
    count(*) FILTER (w.level IS NULL) AS "missingLevel",
    count(*) FILTER (w.level <> 'none' AND w."levelObtainedOnFrom" IS NULL) AS "missingLevelObtainedOn",
    count(*) FILTER (w.trade IS NULL) AS "missingTrade",
    count(*) FILTER (w.education IS NULL) AS "missingEducation",
    -- a row without a level is not asked for its date
    6 * count(*) + count(*) FILTER (w.level <> 'none') AS "factsExpected"
  FROM workers w
  LEFT JOIN doubted d ON d."rosterRow" = w."rosterRow"
  WHERE $year::INTEGER IS NULL OR w."rosterYear" = $year::INTEGER
  GROUP BY ALL
  UNION ALL BY NAME
  SELECT
    district,
    unit,
    "rosterYear",
    count(*) FILTER (severity = 'error') AS errors,
    count(*) FILTER (severity = 'warning') AS warnings
  FROM findings
  WHERE $year::INTEGER IS NULL OR "rosterYear" = $year::INTEGER
  GROUP BY ALL
)
SELECT
  v.code AS district,
  v.name AS "districtName",
  u.unit,
  u."unitName",
  p.* EXCLUDE (district, unit),
  p."factsExpected" - p."missingBirthDate" - p."missingSex" - p."missingWorkStartedOn" - p."missingLevel"
    - p."missingLevelObtainedOn" - p."missingTrade" - p."missingEducation" AS "factsKnown"
FROM parts p
JOIN visible v ON v.code = p.district
LEFT JOIN unit_names x
  ON x.district = p.district AND x.name = p.unit AND p."rosterYear" >= x."fromYear" AND p."rosterYear" < x."toYear"
JOIN units u ON u.district = p.district AND u."unitName" = coalesce(x."unitName", p.unit)
WHERE $unit::VARCHAR IS NULL OR u.unit = $unit::VARCHAR
