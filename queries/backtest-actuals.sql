-- What became of each exam year: what forecasts are held against, and what simple baselines are made of.
-- Parameters: $origin INTEGER (units bear the names of the exam year after it, whatever the year counted).
-- Columns: examYear, district, unit (code), trade, targetLevel, planningEligible, applicants, quotaUsed, passes.
-- Grain: exam year × unit × trade × target level with anybody in it. quotaUsed counts the applications that take a place where a
--   quota holds: trades that are general, or a quota that is a share of the posts.
WITH named AS (
  SELECT name, district, unit
  FROM units_of($origin::INTEGER + 1)
),
counted AS (
  SELECT e."examYear", w.district, n.unit, w.trade, e."targetLevel"::VARCHAR AS "targetLevel", count(*) AS "planningEligible"
  FROM eligibility e
  JOIN workers w ON w."rosterRow" = e."rosterRow"
  JOIN named n ON n.name = w.unit AND n.district = w.district
  WHERE e."planningDecision" = 'eligible'
  GROUP BY ALL
  UNION ALL BY NAME
  SELECT
    a."examYear",
    a.district,
    n.unit,
    a.trade,
    a."targetLevel",
    count(*) AS applicants,
    count(*) FILTER (a.result = 'passed') AS passes
  FROM applications a
  JOIN named n ON n.name = a.unit AND n.district = a.district
  GROUP BY ALL
  UNION ALL BY NAME
  SELECT a."examYear", a.district, n.unit, a.trade, a."targetLevel", count(*) AS "quotaUsed"
  FROM quota_applications a
  JOIN named n ON n.name = a.unit AND n.district = a.district
  JOIN quota_levels q
    ON q."examYear" = a."examYear" AND q.district = a.district AND q."targetLevel" = a."targetLevel"
  LEFT JOIN trades t ON t.name = a.trade
  WHERE a."takesPlace" AND (q."atMost" IS NOT NULL OR t.general)
  GROUP BY ALL
)
SELECT
  "examYear"::INTEGER AS "examYear",
  district,
  unit,
  trade,
  "targetLevel",
  coalesce(sum("planningEligible"), 0)::INTEGER AS "planningEligible",
  coalesce(sum(applicants), 0)::INTEGER AS applicants,
  coalesce(sum("quotaUsed"), 0)::INTEGER AS "quotaUsed",
  coalesce(sum(passes), 0)::INTEGER AS passes
FROM counted
GROUP BY ALL
