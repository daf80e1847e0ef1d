-- Who waits for a place, and when each of them retires. Parameters: those of quota-candidates.sql;
-- $schedules VARCHAR = JSON list of the statutory schedules of retirement (rules/retirement.ts).
-- Columns: district, unit, trade, targetLevel, workerId, retires (the last possible month, counted from year 0; null where it cannot
--   be told).
-- Grain: worker × target level.
-- reads candidates: quota-candidates
SELECT
  c.district,
  c.unit,
  c.trade,
  c."targetLevel",
  c."workerId",
  coalesce(
    year(w."retirementDateTo") * 12 + month(w."retirementDateTo") - 1,
    w.born + s.age
      + CASE
        WHEN w.born < s."firstBirthMonth" THEN 0
        ELSE least((w.born - s."firstBirthMonth") // s.step + 1, s."limit")
      END
  )::INTEGER AS retires
FROM candidates c
LEFT JOIN (
  SELECT
    "workerId",
    "retirementDateTo",
    year("birthDateTo") * 12 + month("birthDateTo") - 1 AS born,
    coalesce("retirementTrack", CASE sex WHEN 'male' THEN 'male60' WHEN 'female' THEN 'female50' END) AS track
  FROM workers
  WHERE "rosterYear" <= $windowTo::INTEGER
  QUALIFY row_number() OVER (PARTITION BY "workerId" ORDER BY "rosterYear" DESC) = 1
) w ON w."workerId" = c."workerId"
LEFT JOIN (
  SELECT unnest(
    from_json(
      $schedules::VARCHAR,
      '[{"track":"VARCHAR","age":"INTEGER","firstBirthMonth":"INTEGER","step":"INTEGER","limit":"INTEGER"}]'
    ),
    recursive := true
  )
) s ON s.track = w.track
WHERE c.queued
