-- Every trade of the reference list, whether it is general, and who said so.
-- Parameters: $scope VARCHAR[] (the trades are public; only workers of visible districts are counted).
-- Columns: name, category, general, generalAssumed, source, who and changedAt (null = as it comes with the product), workers (on the
--   newest roster).
-- Grain: trade.
WITH visible AS (
  SELECT code
  FROM districts
  WHERE list_contains($scope::VARCHAR[], '*') OR list_has_any(ancestors, $scope::VARCHAR[])
),
used AS (
  SELECT w.trade, count(*)::INTEGER AS n
  FROM workers w
  JOIN visible v ON v.code = w.district
  WHERE w."rosterYear" = (SELECT max("rosterYear") FROM workers)
  GROUP BY ALL
)
SELECT
  t.name,
  t.category,
  t.general,
  t."generalAssumed",
  c.source,
  c.who,
  c."changedAt",
  coalesce(u.n, 0) AS workers
FROM trades t
LEFT JOIN trade_confirmations c ON c.trade = t.name
LEFT JOIN used u ON u.trade = t.name
ORDER BY t.category, t.name
