-- How far the forecasts of earlier years were off, line by line.
-- Parameters: $run INTEGER (backtest_runs.id); $pooled BOOLEAN (only the lines of all origins together); $measure, $grouping, $level VARCHAR or null (null = all); $scope VARCHAR[] (lines are
--   about all districts together: whoever may see something sees them).
-- Columns: origin (null = all origins together), horizon, measure, grouping (unit | trade | district | level | total), targetLevel
--   (null = all levels together), wape, naiveWape (last year's value), ratio, basis (the error compared with the baselines: rmse where cells
--   have fewer than five people on average), error, best (baseline), bestError, bestRatio, worse (by more than 5 %), bias, coverage80,
--   coverage95, pinball, cells, actual (people counted).
-- Grain: origin × horizon × measure × grouping × target level.
SELECT
  origin,
  horizon,
  measure,
  grouping,
  "targetLevel",
  wape,
  "naiveWape",
  ratio,
  basis,
  error,
  best,
  "bestError",
  "bestRatio",
  worse,
  bias,
  coverage80,
  coverage95,
  pinball,
  cells,
  actual
FROM backtest_rows
WHERE run = $run::INTEGER
  AND (NOT $pooled::BOOLEAN OR origin IS NULL)
  AND ($measure::VARCHAR IS NULL OR measure = $measure::VARCHAR)
  AND ($grouping::VARCHAR IS NULL OR grouping = $grouping::VARCHAR)
  AND ($level::VARCHAR IS NULL OR "targetLevel" = $level::VARCHAR)
  AND len($scope::VARCHAR[]) > 0
ORDER BY position
