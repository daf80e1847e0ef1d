/**
 * The forecast reckons with probabilities and formulas; its twin draws lots for everybody with the same fitted model. They have to agree:
 * means within 2 % (places of a quota 3 %), widths of intervals within 10 %.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ForecastRow, fitForecast, forecastRows, simulate } from "../../../server/forecast/index.ts";
import { loadLibrary } from "../../../server/library.ts";
import { openStore, type Store } from "../../../server/store/index.ts";
import { type WorldKind, worldKinds } from "../../bench/worlds/kinds.ts";
import { fillStore } from "../../bench/worlds/store.ts";
import { makeWorld } from "../../bench/worlds/world.ts";
import { type Counted, counted, Replicate } from "./live.ts";
import { type Model, type Somebody, takeApart } from "./model.ts";

const kind: WorldKind = { ...(worldKinds[0] as WorldKind), workers: 2_500, units: 40, seed: 31 };
const origin = 2023;
const horizon = 5;
const replicates = 600;
type Group = "unit" | "trade" | "district" | "total";
const groups: readonly Group[] = ["unit", "trade", "district", "total"];

interface Cell {
  readonly drawn: Float64Array;
  readonly row: ForecastRow | undefined;
}

let folder: string;
let store: Store;
/** By group, measure and horizon: every cell of the forecast, and what the lots came to. */
const cells = new Map<string, Cell[]>();
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "gongkao-twin-"));
  store = await openStore(folder);
  const library = await loadLibrary();
  await fillStore(store, library, await makeWorld(kind));
  await store.read(
    async (c) => {
      const fit = await fitForecast(c, { origin, library });
      const run = await simulate(c, fit, { to: origin + horizon, assumptions: { hiring: 0 } });
      const model = await takeApart(c, fit, horizon);
      const drawn = drawLots(model, fit.variances, fit.overForwarding);
      // The twin knows the spread of the years; the forecast has learned it from few of them, and widens its intervals for that.
      const variances = { ...fit.variances, farTail: 1 };
      const sure = { ...run, fit: { ...fit, variances } };
      for (const group of groups) {
        const rows = await forecastRows(c, sure, { by: group === "total" ? [] : [group] });
        const ids = await idsOf(c, fit.suffix, group);
        for (const row of rows) {
          const id = group === "total" ? 0 : ids.get(String(row[group]));
          for (const measure of counted) {
            const key = `${group} ${measure} ${row.examYear - origin}`;
            const lots = drawn.get(`${key} ${id}`) ?? new Float64Array(replicates);
            cells.set(key, [...(cells.get(key) ?? []), { drawn: lots, row }]);
          }
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

type Variances = ConstructorParameters<typeof Replicate>[1];

function drawLots(model: Model, variances: Variances, over: number): Map<string, Float64Array> {
  const drawn = new Map<string, Float64Array>();
  const add = (key: string, replicate: number) => {
    const lots = drawn.get(key) ?? new Float64Array(replicates);
    lots[replicate] = (lots[replicate] ?? 0) + 1;
    drawn.set(key, lots);
  };
  for (let number = 0; number < replicates; number++) {
    const replicate = new Replicate(model, variances, over, number);
    for (const year of model.years) {
      replicate.live(year, (measure: Counted, who: Somebody) => {
        const what = `${measure} ${year.year - origin}`;
        add(`unit ${what} ${who.unitId}`, number);
        add(`trade ${what} ${who.tradeId}`, number);
        add(`district ${what} ${who.districtId}`, number);
        add(`total ${what} 0`, number);
      });
    }
  }
  return drawn;
}

async function idsOf(c: Parameters<Parameters<Store["read"]>[0]>[0], suffix: string, group: Group) {
  const [column, id, table] =
    group === "trade"
      ? ["trade", "tradeId", "trades"]
      : [group, `${group === "unit" ? "unit" : "district"}Id`, "units"];
  if (group === "total") return new Map<string, number>();
  const rows = await c.rows<{ name: string; id: number }>(
    `SELECT DISTINCT ${column} AS name, "${id}"::INTEGER AS id FROM forecast_${table}_${suffix}`,
  );
  return new Map(rows.map((row) => [row.name, row.id]));
}

const of = (group: Group, measure: Counted, ahead: number) => cells.get(`${group} ${measure} ${ahead}`) ?? [];
const mean = (drawn: Float64Array) => drawn.reduce((sum, count) => sum + count, 0) / drawn.length;
const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);

const deviation = (drawn: Float64Array) =>
  Math.sqrt(sum([...drawn].map((count) => (count - mean(drawn)) ** 2)) / (drawn.length - 1));

/** Places hang together with who is there to take them in more ways than the formulas follow: 3 %, in single groups 5 %. */
const tolerated = (measure: Counted, group: Group) =>
  measure !== "quotaUsed" ? 0.02 : group === "total" ? 0.03 : 0.05;

test.each(counted.map((measure) => [measure] as const))("means agree within 2 %%: %s", (measure) => {
  for (let ahead = 1; ahead <= horizon; ahead++) {
    for (const group of groups) {
      const both = of(group, measure, ahead).map(({ drawn, row }) => ({ drawn, said: row?.[measure] ?? 0 }));
      const people = sum(both.map(({ drawn }) => mean(drawn)));
      // Less what the luck of so many lots leaves open.
      const off = sum(
        both.map(({ drawn, said }) =>
          Math.max(0, Math.abs(mean(drawn) - said) - (2 * deviation(drawn)) / Math.sqrt(drawn.length)),
        ),
      );
      const at = `${group} ${ahead} years ahead: ${people.toFixed(1)} by lots, ${sum(both.map(({ said }) => said)).toFixed(1)} said`;
      expect.soft(people, at).toBeGreaterThan(0);
      expect.soft(off / people, at).toBeLessThan(tolerated(measure, group));
    }
  }
});

const quantile = (sorted: Float64Array, share: number) =>
  sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
/** Where four fifths of the lots lie: of large counts by their deviation, which so many lots tell better than their quantiles. */
function widthOf(drawn: Float64Array): number {
  if (mean(drawn) > 30) return 2 * 1.2816 * deviation(drawn);
  const sorted = drawn.slice().sort();
  return quantile(sorted, 0.9) - quantile(sorted, 0.1);
}

// The places of a unit are told as probabilities of none, one, two and three, not as an interval.
const ofIntervals = counted.filter((measure) => measure !== "quotaUsed").map((measure) => [measure] as const);
/** Two standard errors of a deviation told by so many lots. */
const luck = 2 / Math.sqrt(2 * replicates);

test.each(ofIntervals)("widths of intervals agree within 10 %%: %s", (measure) => {
  for (let ahead = 1; ahead <= horizon; ahead++) {
    for (const group of groups) {
      const both = of(group, measure, ahead);
      const lots = sum(both.map(({ drawn }) => widthOf(drawn)));
      const said = sum(both.map(({ row }) => (row?.[`${measure}High80`] ?? 0) - (row?.[`${measure}Low80`] ?? 0)));
      const at = `${group} ${ahead} years ahead: ${lots.toFixed(1)} by lots, ${said.toFixed(1)} said`;
      expect.soft(Math.abs(said - lots), at).toBeLessThanOrEqual((0.1 + (group === "total" ? luck : 0)) * lots);
    }
  }
});

test("the places of each unit are used as often as it is said: none, one, two, three", () => {
  for (let ahead = 1; ahead <= horizon; ahead++) {
    const both = of("unit", "quotaUsed", ahead).filter(({ row }) => row?.quotaUsed0 !== null);
    for (const [count, name] of (["quotaUsed0", "quotaUsed1", "quotaUsed2"] as const).entries()) {
      const lots = sum(both.map(({ drawn }) => drawn.filter((one) => one === count).length / drawn.length));
      const said = sum(both.map(({ row }) => row?.[name] ?? 0));
      expect
        .soft(
          Math.abs(said - lots),
          `${count} places ${ahead} years ahead: ${lots.toFixed(1)} units by lots, ${said.toFixed(1)} said`,
        )
        .toBeLessThan(0.05 * both.length);
    }
  }
});
