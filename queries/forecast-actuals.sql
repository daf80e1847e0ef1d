-- What became of the exam years on file, for a table beside the forecast.
-- reads counted: backtest-actuals
-- Parameters: those of backtest-actuals.sql ($origin INTEGER); $level, $district, $trade, $unit VARCHAR or null (null = all; trade
--   'unknown' = no known trade; a city or province stands for everything below it); $scope VARCHAR[] (['*'] = everything, [] = nothing).
-- Columns: district, districtName, unit (code), unitName, trade, targetLevel, examYear, planningEligible, applicants, quotaUsed, passes.
-- Grain: exam year × unit × trade × target level with anybody in it.
SELECT
  c.district,
  d.name AS "districtName",
  c.unit,
  u."unitName",
  c.trade,
  c."targetLevel",
  c."examYear",
  c."planningEligible",
  c.applicants,
  c."quotaUsed",
  c.passes
FROM counted c
JOIN districts d ON d.code = c.district
JOIN units u ON u.unit = c.unit
WHERE (list_contains($scope::VARCHAR[], '*') OR list_has_any(d.ancestors, $scope::VARCHAR[]))
  AND ($district::VARCHAR IS NULL OR list_contains(d.ancestors, $district::VARCHAR))
  AND ($level::VARCHAR IS NULL OR c."targetLevel" = $level::VARCHAR)
  AND ($unit::VARCHAR IS NULL OR c.unit = $unit::VARCHAR)
  AND ($trade::VARCHAR IS NULL OR c.trade = $trade::VARCHAR OR ($trade::VARCHAR = 'unknown' AND c.trade IS NULL))
