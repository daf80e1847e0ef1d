/** The effects of unit, trade and district added up, so that a person needs one look-up. */
import { type GateName, gates } from "./effects.ts";
import type { Scratch } from "./scratch.ts";
import { type Factor, factorKeys } from "./variance.ts";

/** Makes `forecast_offsets` (unitId, tradeId, target, and per gate the sum of the effects, logit). */
export async function addOffsets(scratch: Scratch, origin: number): Promise<void> {
  const joins: string[] = [];
  const sums = (Object.keys(gates) as GateName[]).map((gate) => {
    const terms = gates[gate].factors.map((factor: Factor) => {
      const alias = `${gate}_${factor}`.toLowerCase();
      joins.push(`LEFT JOIN forecast_${alias} AS e_${alias} ON e_${alias}.key = ${factorKeys[factor]}`);
      return `coalesce(e_${alias}.effect, 0)`;
    });
    return `${terms.join(" + ")} AS "${gate}"`;
  });
  await scratch.make(
    "forecast_offsets",
    `WITH places AS (
       SELECT * FROM (SELECT DISTINCT "districtId", "unitId", "tradeId" FROM forecast_past WHERE "rosterYear" >= $origin - 3),
         (SELECT unnest(range(1, 6))::TINYINT AS target)
     )
     SELECT p."unitId", p."tradeId", p.target, ${sums.join(", ")} FROM places p ${joins.join(" ")}`,
    { origin },
  );
}

/** No history: nobody's effect is known. */
export async function noOffsets(scratch: Scratch, origin: number): Promise<void> {
  await scratch.make(
    "forecast_offsets",
    `SELECT DISTINCT "unitId", "tradeId", target, 0.0::DOUBLE AS "apply", 0.0::DOUBLE AS "admit", 0.0::DOUBLE AS "exam", 0.0::DOUBLE AS "review"
     FROM forecast_past, (SELECT unnest(range(1, 6))::TINYINT AS target) WHERE "rosterYear" >= $origin - 3`,
    { origin },
  );
}
