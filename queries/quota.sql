-- Places of a level (高级技师申报指标 and the like): what each unit may put forward, and what is used.
-- Parameters: $examYear INTEGER; $level, $district, $trade, $unit VARCHAR or null (as in eligibility.sql); $scope VARCHAR[].
-- Columns: district, districtName, unit, unitName, trade, targetLevel, technicians (on post, present level the one below the
--   target level, so technicians for senior technicians; roster of 31 December before), generalTrade, posts (workers on post in the
--   unit) and holders (those of them whose present level is the target level), both null unless the quota is a share, quota,
--   appliedLastYear (quota-using applications of the year before), planningEligible, exempt, applications, used, left, over,
--   assumed (the general flag of the trade is not confirmed), withheld (places there would be, had none been used the year
--   before: bands of alternate years), candidates (applications that take a place, or would, had there been one: the unit did not
--   turn them down, and they are not exempt).
-- Levels: senior technicians everywhere, other levels where the rulebook of the district has a quota for them.
-- Grain, where the quota is by bands or there is none: unit × trade that has a technician on the roster, somebody who could come
--   forward, or an application in this exam year or the one before. quota, left and over are null where no quota holds: trades
--   that are not general, and districts whose rulebook has none. Bands and the last-year rule are the rulebook's (quota_bands).
-- Grain, where the quota is a share of the posts (quota_levels.atMost): the unit. Such a quota knows no trades: each unit of the
--   roster has one row with the trade 全部工种, its people of all trades counted there and nowhere else. The filter $trade takes
--   that word for these rows.
WITH visible AS (
  SELECT code, name
  FROM districts
  WHERE (list_contains($scope::VARCHAR[], '*') OR list_has_any(ancestors, $scope::VARCHAR[]))
    AND ($district::VARCHAR IS NULL OR list_contains(ancestors, $district::VARCHAR))
),
named AS (
  SELECT name, district, unit
  FROM units_of($examYear::INTEGER)
),
levels AS (
  SELECT v.code AS district, v.name AS "districtName", s."targetLevel", s.below, q."atMost"
  FROM visible v
  CROSS JOIN level_steps s
  LEFT JOIN quota_levels q
    ON q."examYear" = $examYear::INTEGER AND q.district = v.code AND q."targetLevel" = s."targetLevel"
  WHERE (s."targetLevel" = 'seniorTechnician' OR q.district IS NOT NULL)
    AND ($level::VARCHAR IS NULL OR s."targetLevel" = $level::VARCHAR)
),
parts AS (
  SELECT w.district, n.unit, w.trade, l."targetLevel", count(*) FILTER (w."onPost") AS technicians
  FROM workers w
  JOIN levels l ON l.district = w.district AND l.below = w.level
  JOIN named n ON n.name = w.unit AND n.district = w.district
  WHERE w."rosterYear" = $examYear::INTEGER - 1
  GROUP BY ALL
  UNION ALL BY NAME
  SELECT
    w.district,
    n.unit,
    w.trade,
    l."targetLevel",
    count(*) FILTER (w."onPost") AS posts,
    count(*) FILTER (w."onPost" AND w.level = l."targetLevel") AS holders
  FROM workers w
  JOIN levels l ON l.district = w.district AND l."atMost" IS NOT NULL
  JOIN named n ON n.name = w.unit AND n.district = w.district
  WHERE w."rosterYear" = $examYear::INTEGER - 1
  GROUP BY ALL
  UNION ALL BY NAME
  SELECT w.district, n.unit, w.trade, l."targetLevel", count(*) AS "planningEligible"
  FROM eligibility e
  JOIN workers w ON w."rosterRow" = e."rosterRow"
  JOIN levels l ON l.district = w.district AND l."targetLevel" = e."targetLevel"
  JOIN named n ON n.name = w.unit AND n.district = w.district
  WHERE e."examYear" = $examYear::INTEGER
    AND w."rosterYear" = $examYear::INTEGER - 1
    AND e."planningDecision" = 'eligible'
  GROUP BY ALL
  UNION ALL BY NAME
  SELECT
    a.district,
    n.unit,
    a.trade,
    a."targetLevel",
    count(*) FILTER (a."examYear" = $examYear::INTEGER - 1 AND a."takesPlace") AS "appliedLastYear",
    count(*) FILTER (a."examYear" = $examYear::INTEGER) AS applications,
    count(*) FILTER (a."examYear" = $examYear::INTEGER AND a."takesPlace") AS used,
    count(*) FILTER (a."examYear" = $examYear::INTEGER AND a.exempt) AS exempt,
    count(*) FILTER (
      a."examYear" = $examYear::INTEGER
      AND (a."takesPlace" OR (NOT a.exempt AND coalesce(r."unitReview" = 'passed', true)))
    ) AS candidates
  FROM quota_applications a
  JOIN applications r
    ON r."examYear" = a."examYear" AND r."workerId" = a."workerId" AND r."targetLevel" = a."targetLevel"
  JOIN levels l ON l.district = a.district AND l."targetLevel" = a."targetLevel"
  JOIN named n ON n.name = a.unit AND n.district = a.district
  WHERE a."examYear" IN ($examYear::INTEGER - 1, $examYear::INTEGER)
  GROUP BY ALL
),
places AS (
  SELECT
    l.district,
    l."districtName",
    l."targetLevel",
    l."atMost",
    p.unit,
    CASE WHEN l."atMost" IS NULL THEN p.trade ELSE '全部工种' END AS trade,
    coalesce(sum(p.technicians), 0)::INTEGER AS technicians,
    coalesce(sum(p.posts), 0)::INTEGER AS posts,
    coalesce(sum(p.holders), 0)::INTEGER AS holders,
    coalesce(sum(p."planningEligible"), 0)::INTEGER AS "planningEligible",
    coalesce(sum(p."appliedLastYear"), 0)::INTEGER AS "appliedLastYear",
    coalesce(sum(p.applications), 0)::INTEGER AS applications,
    coalesce(sum(p.used), 0)::INTEGER AS used,
    coalesce(sum(p.exempt), 0)::INTEGER AS exempt,
    coalesce(sum(p.candidates), 0)::INTEGER AS candidates
  FROM parts p
  JOIN levels l ON l.district = p.district AND l."targetLevel" = p."targetLevel"
  GROUP BY ALL
),
allotted AS (
  SELECT
    p.*,
    u."unitName",
    t.general AS "generalTrade",
    coalesce(t."generalAssumed", false) AS assumed,
    CASE
      -- decimal times integer: exact, so that 0.12 of 25 is 3
      WHEN p."atMost" IS NOT NULL THEN greatest(floor(p."atMost" * p.posts)::INTEGER - p.holders, 0)
      WHEN t.general IS NOT TRUE THEN NULL
      WHEN b."alternateYears" AND p."appliedLastYear" > 0 THEN 0
      ELSE b.places
    END AS quota,
    CASE WHEN p."atMost" IS NULL AND t.general AND b."alternateYears" AND p."appliedLastYear" > 0 THEN b.places ELSE 0 END
      AS withheld
  FROM places p
  JOIN units u ON u.unit = p.unit
  LEFT JOIN trades t ON t.name = p.trade
  LEFT JOIN quota_bands b
    ON b."examYear" = $examYear::INTEGER AND b.district = p.district AND b."targetLevel" = p."targetLevel"
    AND p.technicians >= b."fromTechnicians" AND (b."belowTechnicians" IS NULL OR p.technicians < b."belowTechnicians")
  WHERE ($unit::VARCHAR IS NULL OR p.unit = $unit::VARCHAR)
    AND ($trade::VARCHAR IS NULL OR p.trade = $trade::VARCHAR OR ($trade::VARCHAR = 'unknown' AND p.trade IS NULL))
)
SELECT
  district,
  "districtName",
  unit,
  "unitName",
  trade,
  "targetLevel",
  technicians,
  "generalTrade",
  CASE WHEN "atMost" IS NOT NULL THEN posts END AS posts,
  CASE WHEN "atMost" IS NOT NULL THEN holders END AS holders,
  quota,
  "appliedLastYear",
  "planningEligible",
  exempt,
  applications,
  used,
  -- greatest() ignores null, so the null of "no quota" must be kept by hand
  CASE WHEN quota IS NOT NULL THEN greatest(quota - used, 0) END AS "left",
  CASE WHEN quota IS NOT NULL THEN greatest(used - quota, 0) END AS "over",
  assumed,
  withheld,
  candidates
FROM allotted
