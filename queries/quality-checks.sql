-- What cannot be, or is not likely, in the rosters and between rosters and applications; run inside each publish into the table findings.
-- Parameters: $since INTEGER: only findings of rosters from this year on (earlier rosters are read to compare with); $tracks VARCHAR[],
--   $ages, $firstBirthMonths, $steps, $limits INTEGER[]: the statutory schedules of retirement (rules/retirement.ts), one at each
--   position. Reads roster_steps, filled by quality-steps.
-- Inside a transaction that fills the table of workers the planner takes it for empty and would hold all of it to join it with
-- anything. So little is joined with it, and who and where people are is looked up for the findings alone.
-- Columns: code (see server/rosters/finding-codes.ts), rosterRow (null where the finding is about a unit or an application), was, now,
--   other (what the sentence of the code shows: codes of levels, dates as exactly as they are known, years, counts), elsewhere (other
--   districts whose rows these values tell of; null or empty = none); only without rosterRow, because of the others the row itself
--   tells it: rosterYear, workerId, district, unit (its present name), trade, level, importId, sheet, sourceRow.
-- Grain: finding. A code is found at most once for a row.
WITH levels AS (
  SELECT *
  FROM (
    VALUES ('none', 0), ('junior', 1), ('intermediate', 2), ('senior', 3), ('technician', 4), ('seniorTechnician', 5)
  ) AS ranks(level, rank)
),
years AS (
  SELECT year, lag(year) OVER (ORDER BY year) AS before
  FROM (SELECT DISTINCT "rosterYear" AS year FROM workers)
),
roster AS NOT MATERIALIZED (
  SELECT
    *,
    CASE level
      WHEN 'none' THEN 0
      WHEN 'junior' THEN 1
      WHEN 'intermediate' THEN 2
      WHEN 'senior' THEN 3
      WHEN 'technician' THEN 4
      WHEN 'seniorTechnician' THEN 5
    END AS rank,
    CASE
      WHEN education = 'primary' THEN 0
      WHEN education = 'juniorSecondary' THEN 1
      WHEN education IN ('seniorSecondary', 'vocationalHigh', 'technicalSchool', 'secondarySpecialised') THEN 2
      WHEN education IN ('advancedTechnicalSchool', 'technicianCollege', 'college') THEN 3
      WHEN education = 'bachelor' THEN 4
      WHEN education = 'master' THEN 5
      WHEN education = 'doctor' THEN 6
    END AS tier,
    make_date("rosterYear", 12, 31) AS day,
    year("birthDateTo") * 12 + month("birthDateTo") - 1 AS "birthMonth",
    -- the track that ends last where it is not known: what is found is certain
    list_position(
      $tracks::VARCHAR[],
      coalesce("retirementTrack", CASE sex WHEN 'male' THEN 'male60' WHEN 'female' THEN 'female55' END)
    ) AS track
  FROM workers
),
-- the rows of quality-steps, with what they are compared by
stepping AS (
  SELECT
    "rosterRow",
    "rosterYear",
    "workerId",
    "idHash",
    sex,
    "birthDateFrom",
    "birthDateTo",
    district,
    level,
    rank,
    "levelObtainedOnFrom",
    "levelObtainedOnTo",
    "workStartedOnFrom",
    "workStartedOnTo",
    education,
    tier,
    day
  FROM roster
  WHERE "rosterRow" IN (SELECT "rosterRow" FROM roster_steps UNION ALL SELECT previous FROM roster_steps)
),
-- by themselves, because what else is asked of the two together would be taken for a way to find them
pairs AS MATERIALIZED (
  SELECT w, p
  FROM roster_steps step
  JOIN stepping w ON w."rosterRow" = step."rosterRow"
  JOIN stepping p ON p."rosterRow" = step.previous
),
-- with the last possible month of retirement, as rules/retirement.ts reckons it
retiring AS NOT MATERIALIZED (
  SELECT
    *,
    coalesce(
      year("retirementDateTo") * 12 + month("retirementDateTo") - 1,
      "birthMonth" + ($ages::INTEGER[])[track]
        + CASE
          WHEN "birthMonth" < ($firstBirthMonths::INTEGER[])[track] THEN 0
          ELSE
            least(
              ("birthMonth" - ($firstBirthMonths::INTEGER[])[track]) // ($steps::INTEGER[])[track] + 1,
              ($limits::INTEGER[])[track]
            )
        END
    ) AS retires
  FROM roster
  WHERE "rosterYear" >= $since::INTEGER
),
-- a row by itself
own AS (
  SELECT
    w."rosterRow",
    unnest(
      list_filter(
        [
          CASE
            WHEN w."workStartedOnTo" < w."birthDateFrom" + INTERVAL 16 YEAR THEN
              {
                'code': 'work-start-under-16',
                'was': date_text(w."birthDateFrom", w."birthDateTo"),
                'now': date_text(w."workStartedOnFrom", w."workStartedOnTo"),
                'other': NULL::VARCHAR
              }
          END,
          CASE
            WHEN w.rank > 0 AND w."levelObtainedOnTo" < w."workStartedOnFrom" THEN
              {
                'code': 'certificate-before-work',
                'was': date_text(w."workStartedOnFrom", w."workStartedOnTo"),
                'now': date_text(w."levelObtainedOnFrom", w."levelObtainedOnTo"),
                'other': w.level
              }
          END,
          CASE
            WHEN w."levelObtainedOnFrom" > w.day THEN
              {
                'code': 'level-date-in-future',
                'was': w."rosterYear"::VARCHAR,
                'now': date_text(w."levelObtainedOnFrom", w."levelObtainedOnTo"),
                'other': NULL
              }
          END,
          CASE
            WHEN w."workStartedOnFrom" > w.day THEN
              {
                'code': 'work-start-in-future',
                'was': w."rosterYear"::VARCHAR,
                'now': date_text(w."workStartedOnFrom", w."workStartedOnTo"),
                'other': NULL
              }
          END,
          CASE
            WHEN w."birthDateFrom" > make_date(w."rosterYear" - 16, 12, 31) THEN
              {
                'code': 'born-too-late',
                'was': w."rosterYear"::VARCHAR,
                'now': date_text(w."birthDateFrom", w."birthDateTo"),
                'other': NULL
              }
          END,
          CASE
            WHEN w."onPost" AND w.retires < w."rosterYear" * 12 + 11 THEN
              {
                'code': 'past-retirement',
                'was': (w.retires // 12) || '-' || lpad((w.retires % 12 + 1)::VARCHAR, 2, '0'),
                'now': w."rosterYear"::VARCHAR,
                'other': NULL
              }
          END,
          CASE
            WHEN w."birthDateFrom" IS NULL
              OR w.sex IS NULL
              OR w."workStartedOnFrom" IS NULL
              OR w.rank IS NULL
              OR (w.rank > 0 AND w."levelObtainedOnFrom" IS NULL)
              OR w.trade IS NULL
              OR w.education IS NULL THEN
              {
                'code': 'key-facts-missing',
                'was': NULL,
                'now': concat_ws(
                  ',',
                  CASE WHEN w."birthDateFrom" IS NULL THEN 'birthDate' END,
                  CASE WHEN w.sex IS NULL THEN 'sex' END,
                  CASE WHEN w."workStartedOnFrom" IS NULL THEN 'workStartedOn' END,
                  CASE WHEN w.rank IS NULL THEN 'level' END,
                  CASE WHEN w.rank > 0 AND w."levelObtainedOnFrom" IS NULL THEN 'levelObtainedOn' END,
                  CASE WHEN w.trade IS NULL THEN 'trade' END,
                  CASE WHEN w.education IS NULL THEN 'education' END
                ),
                'other': NULL
              }
          END
        ],
        lambda found: found IS NOT NULL
      )
    ) AS found
  FROM retiring w
),
-- the exam years, levels and districts whose results are on file
results AS (
  SELECT DISTINCT "examYear", district, "targetLevel"
  FROM applications
  WHERE result IS NOT NULL
),
passes AS (
  SELECT DISTINCT "workerId", "targetLevel", "examYear"
  FROM applications
  WHERE result = 'passed'
),
-- promotions that no application on file explains; only where the results of all exam years in question are there
unexplained AS (
  SELECT w."rosterRow"
  FROM pairs
  ANTI JOIN passes a
    ON a."workerId" = w."workerId" AND a."targetLevel" = w.level AND a."examYear" BETWEEN p."rosterYear" AND w."rosterYear"
  WHERE w.rank > p.rank
    AND (
      SELECT count(DISTINCT r."examYear") FROM results r
      WHERE r.district = w.district AND r."examYear" BETWEEN p."rosterYear" AND w."rosterYear"
    ) = w."rosterYear" - p."rosterYear" + 1
    AND (
      SELECT count(DISTINCT r."examYear") FROM results r
      WHERE r."targetLevel" = w.level AND r."examYear" BETWEEN p."rosterYear" AND w."rosterYear"
    ) = w."rosterYear" - p."rosterYear" + 1
),
-- a row beside the worker's row on the roster before
changed AS (
  SELECT
    w."rosterRow",
    CASE WHEN p.district <> w.district THEN [p.district] END AS elsewhere,
    unnest(
      list_filter(
        [
          CASE
            WHEN p."birthDateTo" < w."birthDateFrom" OR w."birthDateTo" < p."birthDateFrom" THEN
              {
                'code': 'birth-date-moved',
                'was': date_text(p."birthDateFrom", p."birthDateTo"),
                'now': date_text(w."birthDateFrom", w."birthDateTo"),
                'other': p."rosterYear"::VARCHAR
              }
          END,
          CASE
            WHEN p.sex <> w.sex THEN
              {'code': 'sex-changed', 'was': p.sex, 'now': w.sex, 'other': p."rosterYear"::VARCHAR}
          END,
          CASE
            WHEN p."idHash" <> w."idHash" THEN
              {'code': 'identity-changed', 'was': NULL, 'now': NULL, 'other': p."rosterYear"::VARCHAR}
          END,
          CASE
            WHEN w.rank < p.rank THEN
              {'code': 'level-fell', 'was': p.level, 'now': w.level, 'other': p."rosterYear"::VARCHAR}
          END,
          CASE
            WHEN p."workStartedOnTo" < w."workStartedOnFrom" OR w."workStartedOnTo" < p."workStartedOnFrom" THEN
              {
                'code': 'work-start-moved',
                'was': date_text(p."workStartedOnFrom", p."workStartedOnTo"),
                'now': date_text(w."workStartedOnFrom", w."workStartedOnTo"),
                'other': p."rosterYear"::VARCHAR
              }
          END,
          CASE
            WHEN w.rank = p.rank AND w."levelObtainedOnTo" < p."levelObtainedOnFrom" THEN
              {
                'code': 'level-date-earlier',
                'was': date_text(p."levelObtainedOnFrom", p."levelObtainedOnTo"),
                'now': date_text(w."levelObtainedOnFrom", w."levelObtainedOnTo"),
                'other': p."rosterYear"::VARCHAR
              }
          END,
          CASE
            WHEN w.rank > p.rank AND w."levelObtainedOnTo" < p.day THEN
              {
                'code': 'level-date-too-early',
                'was': p."rosterYear"::VARCHAR,
                'now': date_text(w."levelObtainedOnFrom", w."levelObtainedOnTo"),
                'other': p.level
              }
          END,
          CASE
            WHEN w.tier < p.tier THEN
              {'code': 'education-fell', 'was': p.education, 'now': w.education, 'other': p."rosterYear"::VARCHAR}
          END,
          CASE
            WHEN x."rosterRow" IS NOT NULL THEN
              {
                'code': 'promotion-without-application',
                'was': p.level,
                'now': w.level,
                'other': p."rosterYear" || '…' || w."rosterYear"
              }
          END
        ],
        lambda found: found IS NOT NULL
      )
    ) AS found
  FROM pairs
  LEFT JOIN unexplained x ON x."rosterRow" = w."rosterRow"
),
-- the same identity number under several worker numbers
known AS (
  SELECT "rosterRow", "rosterYear", "idHash", "workerId", district, unit, "birthDateFrom", "birthDateTo"
  FROM workers
  WHERE "idHash" IS NOT NULL
    -- by a short number of the long text: takes a fifth of the memory, and what it lets through too much finds no twin
    AND hash("idHash") IN (
      SELECT hash("idHash") FROM workers WHERE "idHash" IS NOT NULL GROUP BY ALL HAVING min("workerId") < max("workerId")
    )
),
twins AS (
  SELECT
    w."rosterRow",
    'duplicate-person' AS code,
    NULL AS was,
    string_agg(o."workerId", ',' ORDER BY o."workerId") AS now,
    string_agg(DISTINCT o.unit, ',' ORDER BY o.unit) AS other,
    list(DISTINCT o.district ORDER BY o.district) FILTER (o.district <> w.district) AS elsewhere
  FROM known w
  JOIN known o ON o."idHash" = w."idHash" AND o."rosterYear" = w."rosterYear" AND o."workerId" <> w."workerId"
  WHERE w."rosterYear" >= $since::INTEGER
  GROUP BY w."rosterRow"
  UNION ALL
  SELECT
    w."rosterRow",
    'two-birth-dates',
    last(date_text(o."birthDateFrom", o."birthDateTo") ORDER BY o."rosterYear", o."workerId"),
    any_value(date_text(w."birthDateFrom", w."birthDateTo")),
    last(o."workerId" ORDER BY o."rosterYear", o."workerId"),
    list(DISTINCT o.district ORDER BY o.district) FILTER (o.district <> w.district)
  FROM known w
  JOIN known o
    ON o."idHash" = w."idHash" AND o."rosterYear" <= w."rosterYear" AND o."workerId" <> w."workerId"
    AND (o."birthDateTo" < w."birthDateFrom" OR w."birthDateTo" < o."birthDateFrom")
  WHERE w."rosterYear" >= $since::INTEGER
  GROUP BY w."rosterRow"
),
-- a passed application whose level the roster due does not show: that of the certificate's year, else of the year after the exam
due AS (
  SELECT a.*, l.rank, coalesce(year(a."certificateDate"), a."examYear" + 1) AS due
  FROM applications a
  JOIN levels l ON l.level = a."targetLevel"
),
unpromoted AS (
  SELECT
    w."rosterRow",
    'application-without-promotion' AS code,
    last(a."targetLevel" ORDER BY a.rank, a."examYear") AS was,
    any_value(w.level) AS now,
    last(a."examYear"::VARCHAR ORDER BY a.rank, a."examYear") AS other,
    NULL::VARCHAR[] AS elsewhere
  FROM due a
  JOIN roster w ON w."workerId" = a."workerId" AND w."rosterYear" = a.due
  WHERE a.result = 'passed' AND w.rank < a.rank AND w."rosterYear" >= $since::INTEGER
  GROUP BY w."rosterRow"
),
-- technicians not known to be off post by unit and trade against the roster before; units as they are called in the later year
counted AS (
  SELECT
    y.year,
    w.district,
    coalesce(x."unitName", w.unit) AS unit,
    w.trade,
    count(*) FILTER (w."rosterYear" = y.before AND w.level = 'technician' AND w."onPost" IS NOT FALSE) AS was,
    count(*) FILTER (w."rosterYear" = y.year AND w.level = 'technician' AND w."onPost" IS NOT FALSE) AS now,
    count(*) FILTER (w."rosterYear" = y.before) AS rows_before,
    count(*) FILTER (w."rosterYear" = y.year) AS rows_now
  FROM years y
  JOIN workers w ON w."rosterYear" IN (y.before, y.year)
  LEFT JOIN unit_names x
    ON x.district = w.district AND x.name = w.unit AND y.year >= x."fromYear" AND y.year < x."toYear"
  WHERE w.trade IS NOT NULL AND y.year >= $since::INTEGER
  GROUP BY ALL
),
standing AS (
  SELECT
    *,
    -- a unit that is new, or gone, does not jump
    sum(rows_before) OVER (PARTITION BY year, district, unit) > 0
      AND sum(rows_now) OVER (PARTITION BY year, district, unit) > 0 AS stands
  FROM counted
),
jumps AS (
  SELECT *
  FROM standing
  WHERE stands AND abs(now - was) >= 3 AND abs(now - was) * 2 > greatest(now, was)
),
-- applicants against the roster of the year before the exam
served AS (
  SELECT DISTINCT "rosterYear", district FROM workers
),
applied AS (
  SELECT
    a.*,
    w."rosterRow" AS "applicantRow",
    w.level AS held,
    coalesce(h.rank >= a.rank AND a.module IN ('normal', 'early', 'exceptional'), false) AS "heldAlready"
  FROM due a
  JOIN served s ON s."rosterYear" = a."examYear" - 1 AND s.district = a.district
  LEFT JOIN workers w ON w."workerId" = a."workerId" AND w."rosterYear" = a."examYear" - 1
  LEFT JOIN levels h ON h.level = w.level
  WHERE a."examYear" - 1 >= $since::INTEGER
)
SELECT "rosterRow", found.code, found.was, found.now, found.other, NULL::VARCHAR[] AS elsewhere
FROM own
UNION ALL BY NAME
SELECT "rosterRow", found.code, found.was, found.now, found.other, elsewhere
FROM changed
UNION ALL BY NAME
SELECT *
FROM twins
UNION ALL BY NAME
SELECT *
FROM unpromoted
UNION ALL BY NAME
SELECT
  year AS "rosterYear",
  'technicians-jump' AS code,
  district,
  unit,
  trade,
  was::VARCHAR AS was,
  now::VARCHAR AS now
FROM jumps
UNION ALL BY NAME
SELECT
  "examYear" - 1 AS "rosterYear",
  CASE WHEN "heldAlready" THEN 'application-level-held' ELSE 'application-without-worker' END AS code,
  "workerId",
  district,
  unit,
  trade,
  held AS level,
  held AS was,
  "targetLevel" AS now,
  "examYear"::VARCHAR AS other,
  "importId",
  sheet,
  "sourceRow"
FROM applied
WHERE "heldAlready" OR "applicantRow" IS NULL
