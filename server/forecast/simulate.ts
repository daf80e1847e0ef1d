/** The coming years. */
import type { Connection } from "../store/index.ts";
import { createCells, nano } from "./cells.ts";
import type { Fit, Run, RunOptions } from "./types.ts";

let runs = 0;

/** Computes the exam years asked for; the cells lie in a temporary table of the connection. */
export async function simulate(c: Connection, fit: Fit, options: RunOptions = {}): Promise<Run> {
  const { origin, suffix } = fit;
  const { from = origin + 1, to = origin + 5 } = options;
  const cells = `forecast_cells_${++runs}`;
  await c.run(createCells(cells));
  await c.run(`
    INSERT INTO ${cells} BY NAME
    WITH years AS (SELECT unnest(range(${from}, ${to + 1}))::SMALLINT AS "examYear"),
    people AS (
      SELECT u."districtId", u."unitId", t."tradeId",
        coalesce(list_position(['none', 'junior', 'intermediate', 'senior', 'technician'], w.level), 6)::TINYINT AS target,
        count(*) * ${nano} AS workers, 0 AS eligible
      FROM workers w
      JOIN forecast_unit_names_${suffix} n ON n.name = w.unit AND n.district = w.district
      JOIN forecast_units_${suffix} u ON u."unitId" = n."unitId"
      JOIN forecast_trades_${suffix} t ON t.trade IS NOT DISTINCT FROM w.trade
      WHERE w."rosterYear" = ${origin}
      GROUP BY ALL
      UNION ALL
      SELECT u."districtId", u."unitId", t."tradeId", (enum_code(e."targetLevel") + 1)::TINYINT, 0, count(*) * ${nano}
      FROM eligibility e
      JOIN workers w ON w."rosterRow" = e."rosterRow"
      JOIN forecast_unit_names_${suffix} n ON n.name = w.unit AND n.district = w.district
      JOIN forecast_units_${suffix} u ON u."unitId" = n."unitId"
      JOIN forecast_trades_${suffix} t ON t.trade IS NOT DISTINCT FROM w.trade
      WHERE w."rosterYear" = ${origin} AND e."planningDecision" = 'eligible'
      GROUP BY ALL
    )
    SELECT "examYear", "districtId", "unitId", "tradeId", target, sum(workers) AS workers, sum(eligible) AS eligible,
      0 AS retirements, (sum(eligible) * 0.5)::BIGINT AS applicants, (sum(eligible) * 0.3)::BIGINT AS passes,
      (sum(eligible) * 0.25)::BIGINT AS "vApplicants", (sum(eligible) * 0.21)::BIGINT AS "vPasses",
      (sum(eligible) * 0.1)::BIGINT AS "vEligible"
    FROM people, years GROUP BY ALL`);
  return { fit, from, to, cells, basis: fit.basis };
}
