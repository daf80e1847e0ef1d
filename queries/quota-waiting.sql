-- Since when the applicants for a place have gone without one. Parameters: those of quota-candidates.sql.
-- Columns: workerId, targetLevel, since (first exam year without a place after the last with one), times (such exam years).
-- Grain: worker × target level with such an exam year.
-- reads candidates: quota-candidates
SELECT
  c."workerId",
  c."targetLevel",
  min(c."examYear")::INTEGER AS since,
  count(DISTINCT c."examYear")::INTEGER AS times
FROM candidates c
LEFT JOIN (
  SELECT "workerId", "targetLevel", max("examYear") AS year FROM candidates WHERE "takesPlace" GROUP BY ALL
) p ON p."workerId" = c."workerId" AND p."targetLevel" = c."targetLevel"
WHERE c.candidate AND NOT c."takesPlace" AND c."examYear" > coalesce(p.year, 0)
GROUP BY ALL
