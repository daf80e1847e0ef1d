-- One worker's record on one roster, with every fact column.
-- Parameters: $workerId VARCHAR; $rosterYear INTEGER or null (null = the newest roster that has the worker); $scope VARCHAR[].
-- Columns: those of the table workers without the hash of the identity number, then unitCode (of the unit as it is called in
--   the exam year), districtName.
-- Grain: one row, or none.
WITH visible AS (
  SELECT code, name
  FROM districts
  WHERE list_contains($scope::VARCHAR[], '*') OR list_has_any(ancestors, $scope::VARCHAR[])
)
SELECT w.* EXCLUDE ("idHash", "rowHash"), u.unit AS "unitCode", v.name AS "districtName"
FROM workers w
JOIN visible v ON v.code = w.district
LEFT JOIN unit_names x
  ON x.district = w.district AND x.name = w.unit AND w."rosterYear" + 1 >= x."fromYear" AND w."rosterYear" + 1 < x."toYear"
JOIN units u ON u."unitName" = coalesce(x."unitName", w.unit) AND u.district = w.district
WHERE w."workerId" = $workerId::VARCHAR
  AND ($rosterYear::INTEGER IS NULL OR w."rosterYear" = $rosterYear::INTEGER)
ORDER BY w."rosterYear" DESC
LIMIT 1
