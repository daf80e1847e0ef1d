-- Which application for senior technician takes a place of its unit. The quota table and the list of people behind it read the
-- same view, so they cannot disagree.
--
-- exempt: failed the provincial comprehensive review in an earlier exam year (by an earlier application, or by the roster,
-- which tells the failed reviews of the next level up) and takes no place. A returned application takes none, a deferred one
-- does; what the application itself says goes before the rule.

CREATE VIEW quota_applications AS
WITH failures AS (
  SELECT "workerId", "examYear" AS year
  FROM applications
  WHERE "targetLevel" = 'seniorTechnician' AND "comprehensiveReview" = 'failed'
  UNION ALL
  -- the lowest bit set is the earliest year
  SELECT "workerId", 1969 + bit_count(xor("failedReviewYears", "failedReviewYears" - 1))
  FROM workers
  WHERE "failedReviewYears" > 0 AND coalesce(level, 'technician') IN ('technician', 'seniorTechnician')
),
first_failure AS (
  SELECT "workerId", min(year) AS year FROM failures GROUP BY "workerId"
),
ruled AS (
  SELECT
    a."examYear",
    a."workerId",
    a.district,
    a.unit,
    a.trade,
    a.module,
    a.result,
    coalesce(f.year < a."examYear", false) AS "failedEarlier",
    coalesce(
      a."usesQuota",
      NOT (coalesce(f.year < a."examYear", false) OR coalesce(a.result = 'returned', false))
    ) AS "takesPlace"
  FROM applications a
  LEFT JOIN first_failure f ON f."workerId" = a."workerId"
  WHERE a."targetLevel" = 'seniorTechnician'
)
SELECT
  "examYear",
  "workerId",
  district,
  unit,
  trade,
  module,
  result,
  "takesPlace",
  "failedEarlier" AND NOT "takesPlace" AS exempt
FROM ruled;
