/** Units and trades as numbers: what people are grouped by is short, and the names are joined once at the end. */
import type { Connection } from "../store/index.ts";

/**
 * Makes `forecast_units_<suffix>` (unitId, unit, unitName, district, districtName, districtId, ancestors), `forecast_unit_names_<suffix>`
 * (name, district, unitId) and `forecast_trades_<suffix>` (tradeId, trade, general), units and trades as of the exam year after the
 * origin. Trade 0 is the unknown one.
 */
export async function nameUnits(c: Connection, origin: number, suffix: string): Promise<void> {
  const seen = `(
    SELECT DISTINCT unit AS name, district FROM workers WHERE "rosterYear" <= ${origin}
    UNION SELECT DISTINCT unit, district FROM applications WHERE "examYear" <= ${origin}
  )`;
  await c.run(`
    CREATE OR REPLACE TEMP TABLE forecast_unit_names_${suffix} AS
    SELECT s.name, s.district, u.unit, u."unitName", (dense_rank() OVER (ORDER BY u.unit))::INTEGER AS "unitId"
    FROM ${seen} s
    JOIN units_of(${origin + 1}) u ON u.name = s.name AND u.district = s.district;

    CREATE OR REPLACE TEMP TABLE forecast_units_${suffix} AS
    SELECT n."unitId", n.unit, n."unitName", n.district, coalesce(d.name, n.district) AS "districtName",
      (dense_rank() OVER (ORDER BY n.district))::INTEGER AS "districtId", coalesce(d.ancestors, [n.district]) AS ancestors
    FROM (SELECT DISTINCT "unitId", unit, "unitName", district FROM forecast_unit_names_${suffix}) n
    LEFT JOIN districts d ON d.code = n.district;

    CREATE OR REPLACE TEMP TABLE forecast_trades_${suffix} AS
    SELECT 0 AS "tradeId", NULL::VARCHAR AS trade, false AS general
    UNION ALL
    SELECT (row_number() OVER (ORDER BY s.trade))::INTEGER, s.trade, coalesce(t.general, false)
    FROM (
      SELECT DISTINCT trade FROM workers WHERE "rosterYear" <= ${origin} AND trade IS NOT NULL
      UNION SELECT DISTINCT trade FROM applications WHERE "examYear" <= ${origin} AND trade IS NOT NULL
    ) s
    LEFT JOIN trades t ON t.name = s.trade`);
}
