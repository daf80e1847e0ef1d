-- How long applicants waited for a place: every spell without one, to the place or as far as it can be followed.
-- Parameters: those of quota-candidates.sql ($windowFrom: 0, to see spells from their beginning).
-- Columns: district, unit, trade, targetLevel (where the spell began), years (exam years from the first without a place), chosen (a
--   place ended it; else it still lasts, or the worker retired, moved, changed trade or level before).
-- Grain: worker × target level × spell.
-- reads candidates: quota-candidates
SELECT district, unit, trade, "targetLevel", years, chosen
FROM (
  WITH numbered AS (
    SELECT
      *,
      coalesce(
        sum("takesPlace"::INTEGER) OVER (
          PARTITION BY "workerId", "targetLevel"
          ORDER BY "examYear"
          ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ),
        0
      ) AS spell
    FROM candidates
    WHERE candidate
  ),
  spells AS (
    SELECT
      "workerId",
      "targetLevel",
      spell,
      arg_min(district, "examYear") AS district,
      arg_min(unit, "examYear") AS unit,
      arg_min(trade, "examYear") AS trade,
      min("examYear") FILTER (NOT "takesPlace") AS since,
      min("examYear") FILTER ("takesPlace") AS chosen
    FROM numbered
    GROUP BY "workerId", "targetLevel", spell
    HAVING count(*) FILTER (NOT "takesPlace") > 0
  ),
  standing AS (
    SELECT w."workerId", w."rosterYear", w.trade, w.level, u.unit
    FROM workers w
    JOIN (SELECT DISTINCT "workerId" FROM spells) s ON s."workerId" = w."workerId"
    JOIN units_of($examYear::INTEGER) u ON u.name = w.unit AND u.district = w.district
    WHERE w."rosterYear" < $windowTo::INTEGER
  ),
  -- the last exam year of those decided on a roster that shows the worker where he stood when the spell began
  followed AS (
    SELECT s."workerId", s."targetLevel", s.spell, max(n."rosterYear") + 1 AS until
    FROM spells s
    JOIN standing b ON b."workerId" = s."workerId" AND b."rosterYear" = s.since - 1
    JOIN standing n
      ON n."workerId" = s."workerId"
      AND n."rosterYear" >= b."rosterYear"
      AND n.unit = b.unit
      AND n.trade IS NOT DISTINCT FROM b.trade
      AND n.level IS NOT DISTINCT FROM b.level
    GROUP BY ALL
  )
  SELECT
    s.district,
    s.unit,
    s.trade,
    s."targetLevel",
    (coalesce(s.chosen, least(f.until, $windowTo::INTEGER), s.since) - s.since)::INTEGER AS years,
    s.chosen IS NOT NULL AS chosen
  FROM spells s
  LEFT JOIN followed f ON f."workerId" = s."workerId" AND f."targetLevel" = s."targetLevel" AND f.spell = s.spell
)
