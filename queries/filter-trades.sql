-- The trades a filter may name.
-- Parameters: none (the list of trades is public).
-- Columns: name.
-- Grain: trade.
SELECT name
FROM trades
ORDER BY name
