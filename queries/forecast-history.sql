-- Who could come forward in the past, and who did: the rows everything is learned from.
-- Values: $origin.
-- Columns: year (exam year), personId, unitId, districtId, tradeId, held (level 0 … 5; 9 unknown), target (1 … 5), eligible (planning
--   decision), module (0 normal, 1 early or exceptional, 2 transfer, re-verification, direct, 3 normal but a higher level is open too), near
--   (0 far from retirement, 1 within ten years, 2 within three), applied, and of the application: outcome (p passed, r failed the
--   comprehensive review, q returned or deferred, f failed otherwise, null not told), admitted (passed the reviews of unit and office),
--   placed (not returned), exam, review (0 or 1, null where it did not come to that), deferred, stated (what
--   the application says of using a quota place, else null).
-- Grain: person × exam year × target level, where the person was eligible or applied.
WITH could AS (
  SELECT
    e."examYear" AS year,
    r."personId",
    r."unitId",
    r."districtId",
    r."tradeId",
    r.held,
    (enum_code(e."targetLevel") + 1)::TINYINT AS target,
    CASE
      WHEN e.module IN ('transfer', 'reverification', 'direct') THEN 2
      WHEN e.module IN ('early', 'exceptional') THEN 1
      WHEN enum_code(e."targetLevel") + 1 < max(enum_code(e."targetLevel") + 1) OVER (PARTITION BY e."rosterRow") THEN 3
      ELSE 0
    END::TINYINT AS module,
    CASE WHEN r.retires - e."examYear" * 12 < 36 THEN 2 WHEN r.retires - e."examYear" * 12 < 120 THEN 1 ELSE 0 END::TINYINT AS near
  FROM eligibility e
  JOIN forecast_past r ON r."rosterRow" = e."rosterRow"
  WHERE e."planningDecision" = 'eligible' AND e."examYear" <= $origin AND r."rosterYear" = e."examYear" - 1
),
did AS (
  SELECT
    a."examYear" AS year,
    i."personId",
    n."unitId",
    u."districtId",
    t."tradeId",
    list_position(['junior', 'intermediate', 'senior', 'technician', 'seniorTechnician'], a."targetLevel")::TINYINT AS target,
    CASE
      WHEN a.result = 'passed' THEN 'p'
      WHEN a."comprehensiveReview" = 'failed' THEN 'r'
      WHEN a.result IN ('returned', 'deferred') THEN 'q'
      WHEN a.result IS NOT NULL THEN 'f'
    END AS outcome,
    coalesce(a."unitReview", '') <> 'failed' AND coalesce(a."officeReview", '') <> 'failed' AS admitted,
    coalesce(a.result, '') <> 'returned' AS placed,
    coalesce(a.result = 'passed' OR a."comprehensiveReview" IS NOT NULL, false) AS exam,
    CASE WHEN a."comprehensiveReview" IS NOT NULL OR a.result = 'passed' THEN coalesce(a."comprehensiveReview", '') <> 'failed' END AS review,
    coalesce(a.result = 'deferred', false) AS deferred,
    a."usesQuota" AS stated
  FROM applications a
  JOIN forecast_persons i ON i."workerId" = a."workerId"
  JOIN forecast_unit_names n ON n.name = a.unit AND n.district = a.district
  JOIN forecast_units u ON u."unitId" = n."unitId"
  JOIN forecast_trades t ON t.trade IS NOT DISTINCT FROM a.trade
  WHERE a."examYear" <= $origin
)
SELECT
  coalesce(c.year, d.year) AS year,
  coalesce(c."personId", d."personId") AS "personId",
  coalesce(c."unitId", d."unitId") AS "unitId",
  coalesce(c."districtId", d."districtId") AS "districtId",
  coalesce(c."tradeId", d."tradeId") AS "tradeId",
  coalesce(c.held, d.target - 1)::TINYINT AS held,
  coalesce(c.target, d.target) AS target,
  c.target IS NOT NULL AS eligible,
  coalesce(c.module, 0) AS module,
  coalesce(c.near, 0) AS near,
  d.target IS NOT NULL AS applied,
  d.outcome,
  d.admitted,
  d.placed,
  d.exam,
  d.review,
  d.deferred,
  d.stated
FROM could c
FULL JOIN did d ON d."personId" = c."personId" AND d.year = c.year AND d.target = c.target
