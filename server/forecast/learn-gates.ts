/** All gates learned from their trials: effects and base rates, and how far they may be wrong. */
import type { Shifts } from "./base-rates.ts";
import type { CellRates } from "./cell-rates.ts";
import { type FittedGate, fitGate, type GateName, gates, writeGate } from "./effects.ts";
import { readTrials, type Trials } from "./gate-trials.ts";
import type { Scratch } from "./scratch.ts";
import { findShocks, type Shocks, shockFactors } from "./shocks.ts";
import type { Factor, Variances } from "./variance.ts";

const gateNames = Object.keys(gates) as GateName[];

export interface GateTrials extends Readonly<Record<GateName, Trials>> {
  /** What the office says exam years weigh. */
  readonly said: ReadonlyMap<number, number>;
}

export interface LearnedGates {
  readonly rates: Readonly<Record<GateName, CellRates>>;
  /** By which the coming years are expected to differ from all years together. */
  readonly shifts: Shifts;
  readonly variances: Variances;
  /** Standard deviation of the shocks of a unit in a year, logit. */
  readonly unitShock: number;
}

/** The trials of all gates (trials.ts), as arrays. */
export async function readGates(scratch: Scratch): Promise<GateTrials> {
  const read = (gate: GateName, ...more: readonly Factor[]) =>
    readTrials(scratch, gate, [...new Set<Factor>([...gates[gate].factors, ...more])]);
  const said = await scratch.rows<{ year: number; weight: number }>(
    "SELECT year::INTEGER AS year, weight FROM forecast_years",
  );
  return {
    said: new Map(said.map(({ year, weight }) => [year, weight])),
    apply: await read("apply", ...shockFactors),
    admit: await read("admit"),
    exam: await read("exam", ...shockFactors),
    review: await read("review"),
  };
}

/** Fits the gates and makes their tables (see effects.ts). */
export async function learnGates(scratch: Scratch, trials: GateTrials): Promise<LearnedGates> {
  const fitted: Record<GateName, FittedGate> = {
    apply: await fitGate(gates.apply, trials.apply),
    admit: await fitGate(gates.admit, trials.admit),
    exam: await fitGate(gates.exam, trials.exam),
    review: await fitGate(gates.review, trials.review),
  };
  const apply = await findShocks(trials.apply, trials.said);
  const exam = await findShocks(trials.exam, trials.said);
  const coming = ({ year, steps }: Shocks) => steps.map((step) => year.level + step.level);
  for (const gate of gateNames) await writeGate(scratch, gates[gate], fitted[gate]);
  const estimated = (gate: GateName, factor: Factor, shock: number) => ({
    factor,
    shock,
    estimated: scratch.table(`forecast_${gate}_${factor.toLowerCase()}`),
    prior: fitted[gate].effects.get(factor)?.tau ?? 0,
  });
  return {
    rates: {
      apply: fitted.apply.rates,
      admit: fitted.admit.rates,
      exam: fitted.exam.rates,
      review: fitted.review.rates,
    },
    unitShock: Math.sqrt(apply.unit),
    shifts: { apply: coming(apply), exam: coming(exam) },
    variances: {
      apply: [
        { factor: "total", shock: apply.year.variance, prior: 0 },
        { factor: "step", shock: apply.step, prior: 0 },
        estimated("apply", "district", apply.district),
        estimated("apply", "districtStep", 0),
        estimated("apply", "trade", apply.trade),
        estimated("apply", "tradeStep", 0),
        estimated("apply", "unit", apply.unit),
      ],
      exam: [
        { factor: "total", shock: exam.year.variance, prior: 0 },
        { factor: "step", shock: exam.step, prior: 0 },
        estimated("exam", "district", exam.district),
        estimated("exam", "trade", exam.trade),
        estimated("exam", "tradeStep", 0),
      ],
      farTail: apply.year.farTail,
    },
  };
}
