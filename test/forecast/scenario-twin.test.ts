/**
 * The difference of a scenario is told with an interval from formulas in which what is common to base and scenario cancels. Its twin lives
 * both with the same lots (the same luck for the same person, year and gate; the same shocks) and takes the difference of the two.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ForecastRow } from "../../server/forecast/index.ts";
import { fitForecast, forecastRows, simulate } from "../../server/forecast/index.ts";
import { compareRuns } from "../../server/forecast/scenario/compare.ts";
import { applyChanges, type Change, type DifferenceRow, differenceRows } from "../../server/forecast/scenario/index.ts";
import { loadLibrary } from "../../server/library.ts";
import { openStore, type Store } from "../../server/store/index.ts";
import { type WorldKind, worldKinds } from "../bench/worlds/kinds.ts";
import { fillStore } from "../bench/worlds/store.ts";
import { makeWorld } from "../bench/worlds/world.ts";
import { type Counted, counted, Replicate } from "./twin/live.ts";
import { type Model, takeApart } from "./twin/model.ts";

const kind: WorldKind = { ...(worldKinds[0] as WorldKind), workers: 1_200, units: 24, seed: 47 };
const origin = 2023;
const horizon = 2;
const replicates = 200;
const propensity = 1.3;

let folder: string;
let store: Store;
/** Of the scenario less the base, by measure and year; and what is said of it, and of the two alone. */
const drawn = new Map<string, number[]>();
let said: readonly DifferenceRow[];
let alone: readonly (readonly ForecastRow[])[];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "gongkao-scenario-twin-"));
  store = await openStore(folder);
  const library = await loadLibrary();
  await fillStore(store, library, await makeWorld(kind));
  await store.read(
    async (c) => {
      const fit = await fitForecast(c, { origin, library });
      const rulebook = "jiangsu-2020";
      const changes: Change[] = [
        { kind: "waive", rulebook, level: "technician", condition: "education" },
        { kind: "threshold", rulebook, level: "senior", condition: "service", parameter: "date.yearAtMost", value: 12 },
        { kind: "propensity", factor: propensity },
      ];
      const { assumptions, faults } = applyChanges({ library, trades: [], inUse: [rulebook] }, changes);
      expect(faults).toEqual([]);
      const options = { to: origin + horizon, people: true };
      const base = await simulate(c, fit, { ...options, assumptions: { hiring: 0 } });
      const run = await simulate(c, fit, { ...options, assumptions: { ...assumptions, hiring: 0 } });
      await compareRuns(c, "scenario_cells_twin", base, run);
      // The twin knows the spread of the years; the forecast has learned it from few of them.
      const sure = { ...fit, variances: { ...fit.variances, farTail: 1 } };
      said = await differenceRows(c, { fit: sure, cells: "scenario_cells_twin" }, { by: [] });
      alone = [
        await forecastRows(c, { ...base, fit: sure }, { by: [] }),
        await forecastRows(c, { ...run, fit: sure }, { by: [] }),
      ];
      const before = await takeApart(c, fit, horizon);
      const rules = await takeApart(c, { ...fit, library: assumptions.library ?? library }, horizon);
      const eager = [...rules.offsets].map(
        ([place, own]) => [place, { ...own, apply: own.apply + Math.log(propensity) }] as const,
      );
      const after = { ...rules, offsets: new Map(eager) };
      for (let number = 0; number < replicates; number++) {
        const [was, becomes] = [before, after].map((model) => lived(model, fit, number));
        for (const [key, count] of becomes ?? []) {
          drawn.set(key, [...(drawn.get(key) ?? []), count - (was?.get(key) ?? 0)]);
        }
      }
    },
    { timeoutMs: 600_000 },
  );
}, 600_000);
afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

type Fit = Awaited<ReturnType<typeof fitForecast>>;

function lived(model: Model, fit: Fit, number: number): Map<string, number> {
  const counts = new Map<string, number>();
  const replicate = new Replicate(model, fit.variances, fit.overForwarding, number);
  for (const year of model.years) {
    for (const measure of counted) counts.set(`${measure} ${year.year}`, 0);
    replicate.live(year, (measure: Counted) => {
      const key = `${measure} ${year.year}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    });
  }
  return counts;
}

const mean = (list: readonly number[]) => list.reduce((sum, one) => sum + one, 0) / list.length;
const deviation = (list: readonly number[]) =>
  Math.sqrt(list.reduce((sum, one) => sum + (one - mean(list)) ** 2, 0) / (list.length - 1));
const width = (row: Readonly<Record<string, unknown>> | undefined, name: string) =>
  Number(row?.[`${name}High95`]) - Number(row?.[`${name}Low95`]);

test.each(["planningEligible", "applicants", "passes"] as const)(
  "the difference of %s: mean and interval agree with lots drawn once for both",
  (measure) => {
    for (const year of [origin + 1, origin + 2]) {
      const lots = drawn.get(`${measure} ${year}`) ?? [];
      const row = said.find(({ examYear }) => examYear === year);
      const difference = Number(row?.[`${measure}Difference`]);
      const at = `${measure} ${year}: ${mean(lots).toFixed(2)} ± ${deviation(lots).toFixed(2)} by lots, ${difference.toFixed(2)} ${width(row, `${measure}Difference`) / 3.92} said, alone ${alone.map(
        (rows) =>
          width(
            rows.find(({ examYear }) => examYear === year),
            measure,
          ),
      )}`;
      expect
        .soft(Math.abs(difference - mean(lots)), at)
        .toBeLessThan(0.02 * mean(lots) + (3 * deviation(lots)) / Math.sqrt(replicates));
      // Formulas take the luck of everybody whose prospects differ for independent, hence somewhat wide; ends are whole people.
      const interval = width(row, `${measure}Difference`);
      expect.soft(interval, at).toBeGreaterThan(0.85 * 3.92 * deviation(lots) - 1);
      expect.soft(interval, at).toBeLessThan(1.35 * 3.92 * deviation(lots) + 1);
      // Two intervals subtracted would be far wider.
      const subtracted = Math.hypot(
        ...alone.map((rows) =>
          width(
            rows.find(({ examYear }) => examYear === year),
            measure,
          ),
        ),
      );
      if (measure !== "planningEligible") expect.soft(interval, at).toBeLessThan(0.6 * subtracted);
    }
  },
);
