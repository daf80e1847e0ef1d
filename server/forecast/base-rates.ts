/** The base rates of all gates laid out flat: a row for each target, nearness to retirement and module, a column for each standing. */
import type { Scratch } from "./scratch.ts";
import { standings } from "./trials.ts";

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

/** The logit of a cell, else of its group of cells, else of its target, else of everybody. */
const found = (gate: string, cell: string) => {
  const levels = ["g.target", "g.target", "g.target", "0"].map((target, index) => ({
    target,
    cell: [cell, `-2 - (${cell}) // 16`, "-1", "-1"][index],
  }));
  return `coalesce(${levels.map((one) => `${gate}[(${one.target})::INTEGER * 1000 + ${one.cell}]`).join(", ")})`;
};

/** The rates of all gates as maps: target × 1000 + cell → logit. */
const maps = ["apply", "admit", "exam", "review"]
  .map(
    (gate) => `(SELECT map(list(target::INTEGER * 1000 + cell), list(logit)) FROM forecast_${gate}_cells) AS ${gate}`,
  )
  .join(", ");

/**
 * Makes `forecast_base` (target, near, module, b0 … b9: logit of coming forward by standing; admit0 … 2, exam0 … 2, review0 … 2: logits by
 * group of standings; deferring: share of those who do not pass the exams that are deferred).
 */
export async function layOutBase(scratch: Scratch): Promise<void> {
  const later = ["admit", "exam", "review"].flatMap((gate) =>
    numbers(3).map((group) => `${found(gate, String(group * 16))} AS ${gate}${group}`),
  );
  await scratch.make(
    "forecast_base",
    `SELECT g.target, g.near, g.module,
       ${numbers(standings)
         .map((standing) => `${found("apply", `${standing} * 16 + g.near * 4 + g.module`)} AS b${standing}`)
         .join(", ")},
       ${later.join(", ")},
       coalesce((SELECT any_value(share) FROM forecast_deferring d WHERE d.target = g.target), 0.02) AS deferring
     FROM (
       SELECT t.target::TINYINT AS target, n.near::TINYINT AS near, m.module::TINYINT AS module
       FROM (SELECT unnest(range(1, 6)) AS target) t, (SELECT unnest(range(3)) AS near) n, (SELECT unnest(range(4)) AS module) m
     ) g, (SELECT ${maps}) rates`,
  );
}
