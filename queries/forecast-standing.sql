-- How a person stood before an exam year at the level held then: what the last application came to, and how often one was let pass.
-- Values: $origin.
-- Columns: personId, held, year (exam years of the history, and the year after the origin for everybody with a history), standing:
--   0 newly eligible, 1, 2, 3 let pass once, twice, three times or more, 4 eligible as far as the rosters tell and never applied (how
--   long before them is not known), 5 failed last time, 6 failed or queued earlier and has let pass since, 7 returned for want of a place
--   or deferred last time, 8 failed the comprehensive review last time, 9 failed it earlier, 10 in the first exam year of the history at this
--   place and level: nothing is known of any before.
-- Grain: person × level held × year.
WITH happened AS (
  SELECT
    "personId",
    held,
    year,
    max("districtId") AS "districtId",
    bool_or(applied) AS applied,
    bool_or(eligible) AS eligible,
    arg_max(outcome, target) FILTER (applied) AS outcome
  FROM forecast_history
  GROUP BY ALL
),
all_years AS (
  SELECT * FROM happened
  UNION ALL
  SELECT "personId", held, $origin + 1, arg_max("districtId", year), false, false, NULL FROM happened GROUP BY ALL
),
-- Exam years before a year in which somebody of the district could come forward at the level: fewer than all where exams are in cycles.
open_before AS (
  SELECT y."districtId", y.held, y.year, count(o.year) AS n
  FROM (SELECT DISTINCT "districtId", held, year FROM all_years) y
  LEFT JOIN (SELECT DISTINCT "districtId", held, year FROM happened WHERE eligible) o
    ON o."districtId" = y."districtId" AND o.held = y.held AND o.year < y.year
  GROUP BY ALL
),
counted AS (
  SELECT
    *,
    coalesce(sum((eligible AND NOT applied)::INTEGER) OVER before, 0) AS passed_by
  FROM all_years
  WINDOW before AS (PARTITION BY "personId", held ORDER BY year ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
),
looked_back AS (
  SELECT
    c."personId",
    c.held,
    c.year,
    c."districtId",
    c.passed_by - coalesce(max(CASE WHEN applied THEN c.passed_by END) OVER before, 0) AS skips,
    max(CASE WHEN applied THEN c.year * 10 + CASE outcome WHEN 'r' THEN 3 WHEN 'q' THEN 2 WHEN 'p' THEN 0 ELSE 1 END END)
      OVER before AS last,
    coalesce(bool_or(outcome = 'r') OVER before, false) AS reviewed
  FROM counted c
  WINDOW before AS (PARTITION BY "personId", held ORDER BY year ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
)
SELECT
  l."personId",
  l.held,
  l.year,
  CASE
    WHEN l.reviewed AND l.last % 10 = 3 AND l.skips = 0 THEN 8
    WHEN l.reviewed THEN 9
    WHEN l.last % 10 = 2 AND l.skips = 0 THEN 7
    WHEN l.last % 10 = 1 AND l.skips = 0 THEN 5
    WHEN l.last % 10 IN (1, 2) THEN 6
    WHEN l.skips >= 3 THEN 3
    WHEN l.last IS NULL AND l.skips >= b.n AND p."firstRoster" = $firstRoster THEN CASE WHEN l.skips = 0 AND l.year <= $origin THEN 10 ELSE 4 END
    ELSE l.skips
  END::TINYINT AS standing
FROM looked_back l
JOIN forecast_persons p ON p."personId" = l."personId"
JOIN open_before b ON b."districtId" = l."districtId" AND b.held = l.held AND b.year = l.year
