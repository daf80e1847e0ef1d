-- Units of the rosters and applications known at the origin, as they are called in the year after it.
-- Values: $origin.
-- Columns: name, district (as in the rosters), unit, unitName (present), unitId.
-- Grain: name × district.
SELECT s.name, s.district, u.unit, u."unitName", (dense_rank() OVER (ORDER BY u.unit))::INTEGER AS "unitId"
FROM (
  SELECT DISTINCT unit AS name, district FROM workers WHERE "rosterYear" <= $origin
  UNION SELECT DISTINCT unit, district FROM applications WHERE "examYear" <= $origin
) s
JOIN units_of($origin + 1) u ON u.name = s.name AND u.district = s.district
