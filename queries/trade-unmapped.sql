-- Names of trades in rosters and applications that stand for no known trade: the worklist of aliases to enter.
-- Parameters: $scope VARCHAR[].
-- Columns: tradeRaw, rows, newestYear (roster or exam year).
-- Grain: name as it is spelt.
WITH visible AS (
  SELECT code
  FROM districts
  WHERE list_contains($scope::VARCHAR[], '*') OR list_has_any(ancestors, $scope::VARCHAR[])
)
SELECT r."tradeRaw", count(*)::INTEGER AS rows, max(r.year)::INTEGER AS "newestYear"
FROM (
  SELECT "tradeRaw", trade, district, "rosterYear" AS year FROM workers
  UNION ALL
  SELECT "tradeRaw", trade, district, "examYear" FROM applications
) r
JOIN visible v ON v.code = r.district
WHERE r.trade IS NULL AND r."tradeRaw" IS NOT NULL
GROUP BY ALL
ORDER BY rows DESC, r."tradeRaw"
