-- A quota may stand at any level, and instead of bands it may be a share of the posts of a unit.

-- Each level and the one below it, which an applicant holds.
CREATE VIEW level_steps AS
SELECT *
FROM (
  VALUES
    ('junior', 'none'),
    ('intermediate', 'junior'),
    ('senior', 'intermediate'),
    ('technician', 'senior'),
    ('seniorTechnician', 'technician')
) AS steps("targetLevel", below);

-- The levels with a quota in each district, by the rulebooks that serve it; made anew inside each publish.
CREATE TABLE quota_levels (
  "examYear" SMALLINT NOT NULL,
  district VARCHAR NOT NULL,
  "targetLevel" VARCHAR NOT NULL,
  "atMost" DECIMAL(7, 6)                 -- share of a unit's posts that may hold the level; null: the quota is by bands
);

DROP TABLE quota_bands;
CREATE TABLE quota_bands (
  "examYear" SMALLINT NOT NULL,
  district VARCHAR NOT NULL,
  "targetLevel" VARCHAR NOT NULL,
  "fromTechnicians" INTEGER NOT NULL,    -- at least this many workers of the trade on post in the unit who hold the level below
  "belowTechnicians" INTEGER,            -- and fewer than this; null in the highest band
  places INTEGER NOT NULL,
  "alternateYears" BOOLEAN NOT NULL      -- none the year after a place was used
);

-- Which application takes a place of its unit. The quota table and the list of people behind it read the same view, so they
-- cannot disagree.
--
-- exempt: failed the provincial comprehensive review of the level in an earlier exam year (by an earlier application, or by the
-- roster, which tells the failed reviews of the next level up) and takes no place; only under a quota by bands, whose notices
-- say so. A returned application takes none, a deferred one does; what the application itself says goes before the rule.
DROP VIEW quota_applications;
CREATE VIEW quota_applications AS
WITH failures AS (
  SELECT "workerId", "targetLevel", "examYear" AS year
  FROM applications
  WHERE "comprehensiveReview" = 'failed'
  UNION ALL
  -- the lowest bit set is the earliest year; who has no level above, or an unknown one, failed on the way to the highest
  SELECT
    w."workerId",
    coalesce(s."targetLevel", 'seniorTechnician'),
    1969 + bit_count(xor(w."failedReviewYears", w."failedReviewYears" - 1))
  FROM workers w
  LEFT JOIN level_steps s ON s.below = w.level
  WHERE w."failedReviewYears" > 0
),
first_failure AS (
  SELECT "workerId", "targetLevel", min(year) AS year FROM failures GROUP BY ALL
),
ruled AS (
  SELECT
    a."examYear",
    a."workerId",
    a.district,
    a.unit,
    a.trade,
    a."targetLevel",
    a.module,
    a.result,
    a."usesQuota",
    coalesce(f.year < a."examYear", false) AND q."atMost" IS NULL AS "failedEarlier"
  FROM applications a
  LEFT JOIN first_failure f ON f."workerId" = a."workerId" AND f."targetLevel" = a."targetLevel"
  LEFT JOIN quota_levels q
    ON q."examYear" = a."examYear" AND q.district = a.district AND q."targetLevel" = a."targetLevel"
),
placed AS (
  SELECT *, coalesce("usesQuota", NOT ("failedEarlier" OR coalesce(result = 'returned', false))) AS "takesPlace"
  FROM ruled
)
SELECT
  "examYear",
  "workerId",
  district,
  unit,
  trade,
  "targetLevel",
  module,
  result,
  "takesPlace",
  "failedEarlier" AND NOT "takesPlace" AS exempt
FROM placed;

-- Nothing is decided for good: the next start decides every roster anew and fills these tables with it.
DELETE FROM evaluated;
