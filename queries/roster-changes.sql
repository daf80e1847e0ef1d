-- Two rosters beside each other: who joined, left, retired, was promoted, moved, and what cannot be.
-- Parameters: $from, $to INTEGER (roster years, $from before $to); $district, $unit VARCHAR or null (unit: a code of units_of the later
--   year); $scope VARCHAR[]; $schedules VARCHAR = JSON list of the statutory schedules of retirement (rules/retirement.ts).
-- Columns: side (both: the person stands here on both rosters; from, to: on that roster only, or elsewhere on the other), district,
--   districtName, unit, unitName (of this place; units as they are called in the later year), kinds VARCHAR[] (see server/rosters/compare.ts),
--   then what the lists show of the person before … and after …: show before only
--   where seenBefore, after only where seenAfter (the other place may lie outside the scope).
-- The same person: the same worker number; or, for those whose number is on one roster only, the same identity number (renumbered).
-- Grain: person × place: somebody who moved to another unit has two rows, one where they were, one where they are.
WITH seen AS (
  SELECT code, name
  FROM districts
  WHERE list_contains($scope::VARCHAR[], '*') OR list_has_any(ancestors, $scope::VARCHAR[])
),
asked AS (
  SELECT code
  FROM districts
  WHERE $district::VARCHAR IS NULL OR list_contains(ancestors, $district::VARCHAR)
),
schedules AS (
  SELECT unnest(
    from_json(
      $schedules::VARCHAR,
      '[{"track":"VARCHAR","age":"INTEGER","firstBirthMonth":"INTEGER","step":"INTEGER","limit":"INTEGER"}]'
    ),
    recursive := true
  )
),
born AS (
  SELECT
    "rosterRow",
    year("birthDateTo") * 12 + month("birthDateTo") - 1 AS month,
    year("retirementDateTo") * 12 + month("retirementDateTo") - 1 AS given,
    coalesce("retirementTrack", CASE sex WHEN 'male' THEN 'male60' WHEN 'female' THEN 'female50' END) AS track
  FROM workers
  WHERE "rosterYear" = $from::INTEGER
),
-- the last possible month of retirement, as rules/retirement.ts reckons it
retiring AS (
  SELECT
    b."rosterRow",
    coalesce(
      b.given,
      b.month + s.age
        + CASE
          WHEN b.month < s."firstBirthMonth" THEN 0
          ELSE least((b.month - s."firstBirthMonth") // s.step + 1, s."limit")
        END
    ) AS month
  FROM born b
  LEFT JOIN schedules s ON s.track = b.track
),
levels AS (
  SELECT *
  FROM (
    VALUES ('none', 0), ('junior', 1), ('intermediate', 2), ('senior', 3), ('technician', 4), ('seniorTechnician', 5)
  ) AS ranks(level, rank)
),
schooling AS (
  -- schools of one tier count alike: going from one to the other is no fall
  SELECT *
  FROM (
    VALUES
      ('primary', 0), ('juniorSecondary', 1), ('seniorSecondary', 2), ('vocationalHigh', 2), ('technicalSchool', 2),
      ('secondarySpecialised', 2), ('advancedTechnicalSchool', 3), ('technicianCollege', 3), ('college', 3),
      ('bachelor', 4), ('master', 5), ('doctor', 6)
  ) AS tiers(education, tier)
),
named AS (
  SELECT name, district, unit, "unitName"
  FROM units_of($to::INTEGER)
),
roster AS (
  SELECT
    w."rosterRow",
    w."rosterYear",
    w."workerId",
    w."idHash",
    w.name,
    w.sex,
    w."birthDateFrom",
    w."birthDateTo",
    w.district,
    n.unit,
    n."unitName",
    w.trade,
    w.level,
    l.rank,
    w."levelObtainedOnFrom",
    w."levelObtainedOnTo",
    w."workStartedOnFrom",
    w."workStartedOnTo",
    w.education,
    s.tier
  FROM workers w
  JOIN named n ON n.name = w.unit AND n.district = w.district
  LEFT JOIN levels l ON l.level = w.level
  LEFT JOIN schooling s ON s.education = w.education
  WHERE w."rosterYear" IN ($from::INTEGER, $to::INTEGER)
),
before AS (
  SELECT * FROM roster WHERE "rosterYear" = $from::INTEGER
),
after AS (
  SELECT * FROM roster WHERE "rosterYear" = $to::INTEGER
),
alone_before AS (
  SELECT b."rosterRow", b."idHash", count(*) OVER (PARTITION BY b."idHash") AS alike
  FROM before b
  ANTI JOIN after a ON a."workerId" = b."workerId"
),
alone_after AS (
  SELECT a."rosterRow", a."idHash", count(*) OVER (PARTITION BY a."idHash") AS alike
  FROM after a
  ANTI JOIN before b ON b."workerId" = a."workerId"
),
renumbered AS (
  -- null never equals: rows without an identity number stay alone
  SELECT b."rosterRow" AS "fromRow", a."rosterRow" AS "toRow"
  FROM alone_before b
  JOIN alone_after a ON a."idHash" = b."idHash"
  WHERE a.alike = 1 AND b.alike = 1
),
people AS (
  SELECT b."rosterRow" AS "fromRow", a."rosterRow" AS "toRow", false AS renumbered
  FROM before b
  JOIN after a ON a."workerId" = b."workerId"
  UNION ALL
  SELECT "fromRow", "toRow", true FROM renumbered
  UNION ALL
  SELECT b."rosterRow", NULL, false FROM alone_before b ANTI JOIN renumbered r ON r."fromRow" = b."rosterRow"
  UNION ALL
  SELECT NULL, a."rosterRow", false FROM alone_after a ANTI JOIN renumbered r ON r."toRow" = a."rosterRow"
),
compared AS (
  SELECT
    p.renumbered,
    b."workerId" AS "beforeWorkerId",
    b.name AS "beforeName",
    b.sex AS "beforeSex",
    b."birthDateFrom" AS "beforeBirthDateFrom",
    b."birthDateTo" AS "beforeBirthDateTo",
    b.district AS "beforeDistrict",
    b.unit AS "beforeUnit",
    b."unitName" AS "beforeUnitName",
    b.trade AS "beforeTrade",
    b.level AS "beforeLevel",
    b."levelObtainedOnFrom" AS "beforeLevelObtainedOnFrom",
    b."levelObtainedOnTo" AS "beforeLevelObtainedOnTo",
    b."workStartedOnFrom" AS "beforeWorkStartedOnFrom",
    b."workStartedOnTo" AS "beforeWorkStartedOnTo",
    b.education AS "beforeEducation",
    a."workerId" AS "afterWorkerId",
    a.name AS "afterName",
    a.sex AS "afterSex",
    a."birthDateFrom" AS "afterBirthDateFrom",
    a."birthDateTo" AS "afterBirthDateTo",
    a.district AS "afterDistrict",
    a.unit AS "afterUnit",
    a."unitName" AS "afterUnitName",
    a.trade AS "afterTrade",
    a.level AS "afterLevel",
    a."levelObtainedOnFrom" AS "afterLevelObtainedOnFrom",
    a."levelObtainedOnTo" AS "afterLevelObtainedOnTo",
    a."workStartedOnFrom" AS "afterWorkStartedOnFrom",
    a."workStartedOnTo" AS "afterWorkStartedOnTo",
    a.education AS "afterEducation",
    p."fromRow" IS NOT NULL AND p."toRow" IS NOT NULL AS stays,
    p."fromRow",
    p."toRow",
    coalesce(b.unit <> a.unit OR b.district <> a.district, false) AS moved,
    coalesce(b.trade <> a.trade, false) AS "movedTrade",
    coalesce(a.rank > b.rank, false) AS promoted,
    coalesce(r.month <= $to::INTEGER * 12 + 11, false) AS retired,
    r.month AS "retirementMonth",
    list_filter(
      [
        CASE WHEN b."birthDateTo" < a."birthDateFrom" OR a."birthDateTo" < b."birthDateFrom" THEN 'birthDateMoved' END,
        CASE WHEN a.sex <> b.sex THEN 'sexChanged' END,
        CASE WHEN a."idHash" <> b."idHash" THEN 'identityChanged' END,
        CASE WHEN a.rank < b.rank THEN 'levelFell' END,
        CASE
          WHEN b."workStartedOnTo" < a."workStartedOnFrom" OR a."workStartedOnTo" < b."workStartedOnFrom"
            THEN 'workStartMoved'
        END,
        CASE WHEN a.rank = b.rank AND a."levelObtainedOnTo" < b."levelObtainedOnFrom" THEN 'levelDateEarlier' END,
        CASE
          WHEN a.rank > b.rank AND a."levelObtainedOnTo" < make_date($from::INTEGER, 12, 31) THEN 'levelDateTooEarly'
        END,
        CASE WHEN a.tier < b.tier THEN 'educationFell' END
      ],
      lambda code: code IS NOT NULL
    ) AS impossible
  FROM people p
  LEFT JOIN before b ON b."rosterRow" = p."fromRow"
  LEFT JOIN after a ON a."rosterRow" = p."toRow"
  LEFT JOIN retiring r ON r."rosterRow" = p."fromRow"
),
placed AS (
  SELECT
    'from' AS side,
    "beforeDistrict" AS district,
    "beforeUnit" AS unit,
    "beforeUnitName" AS "unitName",
    ['workersFrom', CASE WHEN stays THEN 'movedOut' WHEN retired THEN 'retired' ELSE 'left' END] AS kinds,
    *
  FROM compared
  WHERE "fromRow" IS NOT NULL AND (NOT stays OR moved)
  UNION ALL BY NAME
  SELECT
    CASE WHEN stays AND NOT moved THEN 'both' ELSE 'to' END AS side,
    "afterDistrict" AS district,
    "afterUnit" AS unit,
    "afterUnitName" AS "unitName",
    list_filter(
      [
        CASE WHEN stays AND NOT moved THEN 'workersFrom' END,
        'workersTo',
        CASE WHEN NOT stays THEN 'joined' END,
        CASE WHEN promoted THEN 'promoted' END,
        CASE WHEN moved OR "movedTrade" THEN 'moved' END,
        CASE WHEN moved THEN 'movedIn' END,
        CASE WHEN moved THEN CASE WHEN "afterDistrict" <> "beforeDistrict" THEN 'movedDistrict' ELSE 'movedUnit' END END,
        CASE WHEN "movedTrade" THEN 'movedTrade' END,
        CASE WHEN renumbered THEN 'renumbered' END,
        CASE WHEN len(impossible) > 0 THEN 'impossible' END
      ],
      lambda kind: kind IS NOT NULL
    ) || impossible AS kinds,
    *
  FROM compared
  WHERE "toRow" IS NOT NULL
)
SELECT
  p.side,
  p.district,
  here.name AS "districtName",
  p.unit,
  p."unitName",
  p.kinds,
  coalesce(p."afterWorkerId", p."beforeWorkerId") AS "workerId",
  CASE WHEN p.renumbered THEN p."beforeWorkerId" END AS "workerIdBefore",
  CASE WHEN NOT p.stays AND p.side = 'from' THEN p."retirementMonth" END AS "retirementMonth",
  -- the other place of somebody who came from elsewhere or went there is not for everybody
  v.code IS NOT NULL AS "seenBefore",
  w.code IS NOT NULL AS "seenAfter",
  v.name AS "beforeDistrictName",
  w.name AS "afterDistrictName",
  p."beforeName",
  p."beforeSex",
  p."beforeBirthDateFrom",
  p."beforeBirthDateTo",
  p."beforeDistrict",
  p."beforeUnit",
  p."beforeUnitName",
  p."beforeTrade",
  p."beforeLevel",
  p."beforeLevelObtainedOnFrom",
  p."beforeLevelObtainedOnTo",
  p."beforeWorkStartedOnFrom",
  p."beforeWorkStartedOnTo",
  p."beforeEducation",
  p."afterName",
  p."afterSex",
  p."afterBirthDateFrom",
  p."afterBirthDateTo",
  p."afterDistrict",
  p."afterUnit",
  p."afterUnitName",
  p."afterTrade",
  p."afterLevel",
  p."afterLevelObtainedOnFrom",
  p."afterLevelObtainedOnTo",
  p."afterWorkStartedOnFrom",
  p."afterWorkStartedOnTo",
  p."afterEducation"
FROM placed p
JOIN seen here ON here.code = p.district
JOIN asked ON asked.code = p.district
LEFT JOIN seen v ON v.code = p."beforeDistrict"
LEFT JOIN seen w ON w.code = p."afterDistrict"
WHERE $unit::VARCHAR IS NULL OR p.unit = $unit::VARCHAR
