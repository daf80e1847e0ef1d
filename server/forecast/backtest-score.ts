/** One line of a backtest: the model and every baseline on the same cells. */
import type { TargetLevel } from "../rules/facts.ts";
import { type Baseline, baselines } from "./baselines.ts";
import { Errors, ratio } from "./scores.ts";
import { Intervals, type Predictive } from "./scores-intervals.ts";
import type { Measure } from "./types.ts";

/** How the cells of a line were made: each unit is one, say; `level`: each target level is one; `total`: everybody is one. */
export const cellGroupings = ["unit", "trade", "district", "level", "total"] as const;
export type CellGrouping = (typeof cellGroupings)[number];

export interface LineName {
  readonly horizon: number;
  readonly measure: Measure;
  readonly grouping: CellGrouping;
  /** The only level looked at; null: all of them together. */
  readonly level: TargetLevel | null;
}

/** What a baseline said, and the model on the cells where it said something. */
interface Duel {
  readonly baseline: Errors;
  readonly model: Errors;
}

/** More than this much worse than the best baseline, and the line says so. */
const tolerated = 1.05;

export class Score {
  readonly model = new Errors();
  readonly intervals = new Intervals();
  readonly #duels = new Map<Baseline, Duel>(
    baselines.map((name) => [name, { baseline: new Errors(), model: new Errors() }]),
  );

  constructor(readonly name: LineName) {}

  /** A cell: the mean forecast, the distribution around it, the count it became, and what the baselines said. */
  add(
    forecast: { readonly mean: number; readonly predictive: Predictive | undefined; readonly key: string },
    actual: number,
    simple: (baseline: Baseline) => number | null,
  ): void {
    this.model.add(forecast.mean, actual);
    if (forecast.predictive) this.intervals.add(forecast.predictive, actual, forecast.key);
    for (const [name, duel] of this.#duels) {
      const said = simple(name);
      if (said === null) continue;
      duel.baseline.add(said, actual);
      duel.model.add(forecast.mean, actual);
    }
  }

  addAll(other: Score): void {
    this.model.addAll(other.model);
    this.intervals.addAll(other.intervals);
    for (const [name, duel] of this.#duels) {
      const theirs = other.#duels.get(name);
      if (!theirs) continue;
      duel.baseline.addAll(theirs.baseline);
      duel.model.addAll(theirs.model);
    }
  }

  /** The figures of the line. Small cells are compared by squared errors, the others by absolute ones. */
  row() {
    const { model, intervals } = this;
    const basis = model.small ? ("rmse" as const) : ("wape" as const);
    const naive = this.#duels.get("lastYear");
    const compared = [...this.#duels].flatMap(([name, duel]) => {
      const found = ratio(duel.model[basis], duel.baseline[basis]);
      return found === null ? [] : [{ name, error: duel.baseline[basis], ratio: found }];
    });
    const best = compared.reduce<(typeof compared)[number] | undefined>(
      (most, one) => (most === undefined || one.ratio > most.ratio ? one : most),
      undefined,
    );
    return {
      ...this.name,
      cells: model.cells,
      actual: model.actual,
      wape: model.wape,
      naiveWape: naive?.baseline.wape ?? null,
      ratio: ratio(naive?.model.wape ?? null, naive?.baseline.wape ?? null),
      basis,
      error: model[basis],
      best: best?.name ?? null,
      bestError: best?.error ?? null,
      bestRatio: best?.ratio ?? null,
      worse: best !== undefined && best.ratio > tolerated,
      bias: model.bias,
      coverage80: intervals.coverage80,
      coverage95: intervals.coverage95,
      pinball: intervals.loss,
    };
  }
}

/** A line of the table. `origin` null: all origins together. */
export type BacktestRow = { readonly origin: number | null } & ReturnType<Score["row"]>;
