/**
 * `npm run bench:accuracy`: forecasts of worlds whose truth is known, against many futures simulated with the true parameters.
 *
 *   npm run bench:accuracy [-- --worlds "steady,tiny units"] [--origins 2023] [--futures 200] [--horizons 1,3,5] [--failed]
 *
 * One line for each world × measure × grouping × horizon, geometric means over the origins: error over last year's, over the
 * 3-year mean's and over the oracle's; coverage of the intervals; bias and distance to the true mean; width over the oracle's. A
 * figure outside its target bears a "!", or a "~" where the oracle itself would miss the target. Ends with exit code 1 when one does.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type ForecastRow, fitForecast, forecastRows, simulate } from "../../server/forecast/index.ts";
import { loadLibrary, type RulebookLibrary } from "../../server/library.ts";
import { openStore, type Store } from "../../server/store/index.ts";
import { machineLine, say, measure as timed } from "./measure.ts";
import { type CellGrouping, liveFutures } from "./worlds/futures.ts";
import { judge, type Verdict } from "./worlds/judge.ts";
import { horizons, origins, type WorldKind, worldKinds } from "./worlds/kinds.ts";
import { fillStore } from "./worlds/store.ts";
import { measures } from "./worlds/tally.ts";
import { type Check, checksOf, checksOfAll } from "./worlds/targets.ts";
import { makeWorld, type World } from "./worlds/world.ts";

const { values } = parseArgs({
  options: {
    worlds: { type: "string", default: worldKinds.map(({ name }) => name).join(",") },
    origins: { type: "string", default: origins.join(",") },
    futures: { type: "string", default: "200" },
    horizons: { type: "string", default: "1,3,5" },
    failed: { type: "boolean", default: false },
  },
});
const wanted = values.worlds.split(",").map((name) => {
  const kind = worldKinds.find((one) => one.name === name.trim());
  if (!kind) throw new Error(`--worlds knows ${worldKinds.map((one) => one.name).join(", ")}`);
  return kind;
});
const numbers = (text: string) => text.split(",").map(Number);
const chosen = {
  origins: numbers(values.origins),
  horizons: numbers(values.horizons),
  futures: Number(values.futures),
};

const groupings: readonly CellGrouping[] = ["unit", "trade", "district", "total"];
const nameOf = (row: ForecastRow, grouping: CellGrouping) =>
  grouping === "total" ? "" : String(row[grouping] ?? "unknown");

async function verdictsOf(store: Store, library: RulebookLibrary, world: World, origin: number): Promise<Verdict[]> {
  const futures = liveFutures(world, origin, chosen.futures);
  return store.read(
    async (c) => {
      const fit = await fitForecast(c, { origin, library, rulebooksUntil: origin });
      const run = await simulate(c, fit, { to: origin + Math.max(...horizons) });
      const verdicts: Verdict[] = [];
      for (const grouping of groupings) {
        const rows = await forecastRows(c, run, { by: grouping === "total" ? [] : [grouping] });
        const byName = new Map(rows.map((row) => [`${nameOf(row, grouping)} ${row.examYear}`, row]));
        for (const measure of measures) {
          for (const horizon of chosen.horizons) {
            verdicts.push(judge(world, futures, grouping, byName, { horizon, measure }));
          }
        }
      }
      return verdicts;
    },
    { timeoutMs: 3_600_000 },
  );
}

/** Verdicts of one line, of several origins, as one. */
function together(verdicts: readonly Verdict[]): Verdict {
  const [first] = verdicts;
  if (!first) throw new Error("no verdicts");
  const mean = (of: (one: Verdict) => number) => verdicts.reduce((sum, one) => sum + of(one), 0) / verdicts.length;
  const geometric = (of: (one: Verdict) => number) => Math.exp(mean((one) => Math.log(Math.max(of(one), 1e-12))));
  return {
    ...first,
    model: geometric((one) => one.model),
    lastYear: geometric((one) => one.lastYear),
    threeYearMean: geometric((one) => one.threeYearMean),
    oracle: geometric((one) => one.oracle),
    bias: mean((one) => one.bias),
    distance: mean((one) => one.distance),
    coverage80: mean((one) => one.coverage80),
    coverage95: mean((one) => one.coverage95),
    width: mean((one) => one.width),
  };
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

const shown = (value: number) => (Number.isFinite(value) ? value.toFixed(3) : "–");

function line(verdict: Verdict, checks: readonly Check[]): string {
  const missed = (name: Check["name"]) => {
    const found = checks.find((one) => one.name === name);
    return found?.passed === false ? "!" : found?.reachable === false ? "~" : " ";
  };
  const cell = (value: number, name?: Check["name"]) => `${shown(value)}${name ? missed(name) : " "}`.padStart(9);
  const { model, oracle } = verdict;
  return [
    verdict.measure.padEnd(17),
    verdict.grouping.padEnd(9),
    `h${verdict.horizon}`,
    cell(model / verdict.lastYear, "last year"),
    cell(model / verdict.threeYearMean, "3-year mean"),
    cell(oracle < 1e-9 ? 1 + model : model / oracle, "oracle"),
    cell(verdict.coverage80, "coverage 80"),
    cell(verdict.coverage95, "coverage 95"),
    cell(verdict.bias, "bias"),
    cell(verdict.distance, "distance"),
    cell(verdict.width),
    cell(oracle / verdict.lastYear),
  ].join(" ");
}

/** Verdicts of all worlds, by line. */
const ofAll = new Map<string, { readonly verdict: Verdict; readonly tiny: boolean }[]>();

async function tryWorld(kind: WorldKind, library: RulebookLibrary): Promise<Check[]> {
  const folder = await mkdtemp(join(tmpdir(), "gongkao-world-"));
  try {
    const store = await openStore(folder, { memoryLimit: "4GB" });
    try {
      const world = await makeWorld(kind);
      await fillStore(store, library, world);
      const all: Verdict[] = [];
      const { seconds } = await timed(async () => {
        for (const origin of chosen.origins) all.push(...(await verdictsOf(store, library, world, origin)));
      });
      say(
        `\n${kind.name}: ${kind.workers} workers in ${kind.units} units, origins ${chosen.origins.join(", ")} (${seconds.toFixed(0)} s)`,
      );
      say(
        "measure           grouping  h   /last yr   /3-mean   /oracle     cov80     cov95      bias  distance     width  oracle/last",
      );
      const lines = grouped(all, ({ measure, grouping, horizon }) => `${measure} ${grouping} ${horizon}`);
      const checks: Check[] = [];
      for (const [key, verdicts] of lines) {
        const verdict = together(verdicts);
        const own = checksOf(verdict);
        ofAll.set(key, [...(ofAll.get(key) ?? []), { verdict, tiny: kind.workers / kind.units < 50 }]);
        if (!values.failed || own.some(({ passed }) => !passed)) say(line(verdict, own));
        checks.push(...own);
      }
      return checks;
    } finally {
      await store.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

say(machineLine());
const library = await loadLibrary();
let failed = 0;
for (const kind of wanted) {
  const checks = await tryWorld(kind, library);
  const missed = checks.filter(({ passed }) => !passed);
  failed += missed.length;
  const names = [...grouped(missed, ({ name }) => name)].map(([name, some]) => `${name} ${some.length}`);
  say(
    `${kind.name}: ${checks.length - missed.length} of ${checks.length} targets reached${names.length > 0 ? `; missed: ${names.join(", ")}` : ""}`,
  );
}
say(`\non average over ${wanted.length} worlds:`);
for (const [key, verdicts] of ofAll) {
  for (const { name, value, least, most, passed } of checksOfAll(verdicts)) {
    if (!passed) failed++;
    if (values.failed && passed) continue;
    say(`${key.padEnd(30)} ${name.padEnd(9)} ${shown(value)}${passed ? " " : "!"} (${shown(least)} … ${shown(most)})`);
  }
}
say(failed === 0 ? "every target reached" : `${failed} targets missed`);
process.exitCode = failed > 0 ? 1 : 0;
