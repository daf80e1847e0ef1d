-- Places of one exam year and who asked for them, where a quota holds.
-- Parameters: those of quota.sql, $unit null; $shownYear INTEGER: units bear the names of this exam year; $shownUnit VARCHAR or null.
-- Columns: district, districtName, unit, unitName, trade, targetLevel, quota, used, candidates, withheld, assumed (see quota.sql).
-- Grain: unit × trade as of $examYear; two that are one unit in $shownYear are two rows.
-- reads places: quota
SELECT
  p.district,
  p."districtName",
  u.unit,
  u."unitName",
  p.trade,
  p."targetLevel"::VARCHAR AS "targetLevel",
  p.quota::INTEGER AS quota,
  p.used,
  p.candidates,
  p.withheld::INTEGER AS withheld,
  p.assumed
FROM places p
JOIN units_of($shownYear::INTEGER) u ON u.name = p."unitName" AND u.district = p.district
WHERE p.quota IS NOT NULL
  AND ($shownUnit::VARCHAR IS NULL OR u.unit = $shownUnit::VARCHAR)
