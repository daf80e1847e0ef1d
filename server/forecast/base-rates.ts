/** The base rates of all gates laid out flat: a row for each target, nearness to retirement and module, a column for each standing. */
import type { CellRates } from "./cell-rates.ts";
import type { GateName } from "./effects.ts";
import type { Scratch } from "./scratch.ts";
import { standings } from "./trials.ts";

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);
const laterGates = ["admit", "exam", "review"] as const satisfies readonly GateName[];
/** Share of those who do not pass the exams that are deferred, where none is known. */
const usualDeferring = 0.02;

/** By gate: logit added for the coming years, by target 1 … 5. */
export type Shifts = Readonly<Partial<Record<GateName, readonly number[]>>>;

/**
 * Makes `forecast_base` (target, near, module, b0 … b9: logit of coming forward by standing; admit0 … 2, exam0 … 2, review0 … 2: logits by
 * group of standings; deferring: share of those who do not pass the exams that are deferred).
 */
export async function layOutBase(
  scratch: Scratch,
  rates: Readonly<Record<GateName, CellRates>>,
  shifts: Shifts = {},
): Promise<void> {
  const known = await scratch.rows<{ target: number; share: number }>(
    "SELECT target::INTEGER AS target, share FROM forecast_deferring",
  );
  const deferring = new Map(known.map(({ target, share }) => [target, share]));
  const rows = numbers(5).flatMap((index) => {
    const target = index + 1;
    const logit = (gate: GateName, cell: number) => rates[gate].logitOf(target, cell) + (shifts[gate]?.[index] ?? 0);
    const later = laterGates.flatMap((gate) => numbers(3).map((group) => logit(gate, group * 16)));
    return numbers(3).flatMap((near) =>
      numbers(4).map((module) => [
        target,
        near,
        module,
        ...numbers(standings).map((standing) => logit("apply", standing * 16 + near * 4 + module)),
        ...later,
        deferring.get(target) ?? usualDeferring,
      ]),
    );
  });
  const columns = [
    ...numbers(standings).map((standing) => `b${standing}`),
    ...laterGates.flatMap((gate) => numbers(3).map((group) => `${gate}${group}`)),
    "deferring",
  ];
  await scratch.fill(
    "forecast_base",
    {
      target: "TINYINT",
      near: "TINYINT",
      module: "TINYINT",
      ...Object.fromEntries(columns.map((name) => [name, "DOUBLE"])),
    },
    rows,
  );
}
