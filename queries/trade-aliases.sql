-- Names that stand for a trade, those that come with the product and those the office entered.
-- Parameters: $scope VARCHAR[] (the names are public; only rows of visible districts are counted).
-- Columns: alias, trade (null = stands for none), since (null = always), source, confidence (confirmed | assumed), who and changedAt
--   (null = comes with the product), rows (of rosters and applications with that name, as it is spelt).
-- Grain: alias.
WITH visible AS (
  SELECT code
  FROM districts
  WHERE list_contains($scope::VARCHAR[], '*') OR list_has_any(ancestors, $scope::VARCHAR[])
),
used AS (
  SELECT "tradeRaw", count(*)::INTEGER AS n
  FROM (
    SELECT "tradeRaw", district FROM workers
    UNION ALL
    SELECT "tradeRaw", district FROM applications
  ) r
  JOIN visible v ON v.code = r.district
  GROUP BY ALL
)
SELECT a.alias, a.trade, a.since, a.source, a.confidence, a.who, a."changedAt", coalesce(u.n, 0) AS rows
FROM trade_aliases a
LEFT JOIN used u ON u."tradeRaw" = a.alias
ORDER BY a.trade NULLS LAST, a.alias
