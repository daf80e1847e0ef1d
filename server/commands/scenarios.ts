/** `scenarios`: what-if scenarios that are kept; or one of them, or a file of changes, beside the base. */
import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import { fullScope } from "../access/scope.ts";
import { badInput } from "../errors.ts";
import { fitForecast, simulate } from "../forecast/index.ts";
import { compareRuns } from "../forecast/scenario/compare.ts";
import {
  applyChanges,
  type Change,
  changesSchema,
  checkChanges,
  describeChange,
  differenceColumns,
  differenceRows,
  type Ground,
  groundOf,
  listScenarios,
  scenarioOf,
  settingOf,
} from "../forecast/scenario/index.ts";
import type { Assumptions } from "../forecast/types.ts";
import { loadLibrary } from "../library.ts";
import type { RulebookLibrary } from "../rules/rulebook.ts";
import type { Connection } from "../store/index.ts";
import { checkFilters, forecastTimeoutMs, layOut, parseBy } from "../tables.ts";
import { command, tell, write } from "./command.ts";
import { withDecidedStore } from "./database.ts";
import { type FutureOptions, withFutureOptions } from "./future-options.ts";
import { print } from "./tables.ts";

export const scenariosCommand = (): Command =>
  withFutureOptions(
    command("scenarios", "政策推演 · what-if scenarios: those that are kept, or one beside the base"),
  ).action(async ({ data, format, scenario, ...options }: FutureOptions) => {
    const request = { ...options, by: parseBy(options.by), scope: fullScope };
    const library = await loadLibrary();
    await withDecidedStore({ ...(data === undefined ? {} : { data }) }, library, (store) =>
      store.read(
        async (c) => {
          if (scenario === undefined) return write(`${JSON.stringify(await listScenarios(c), null, 2)}\n`);
          await checkFilters(c, request);
          const changes = await changesOf(c, scenario);
          const ground = await groundOf(c, library, request.origin);
          for (const { text } of (await checkChanges(c, ground, changes)).notices) tell(text);
          const { origin } = ground;
          const assumptions = assumptionsOf(ground, library, scenario, changes);
          const rulebooksUntil = origin < ground.newest ? origin : undefined;
          const fit = await fitForecast(c, { origin, library, rulebooksUntil });
          const base = await simulate(c, fit, { people: true });
          const run = await simulate(c, fit, { people: true, assumptions, openings: base.openings });
          await compareRuns(c, "scenario_cells", base, run);
          const rows = await differenceRows(c, { fit, cells: "scenario_cells" }, request);
          await print(c, await layOut(c, differenceColumns(request.by), rows), format);
        },
        { timeoutMs: forecastTimeoutMs },
      ),
    );
  });

/** What a saved scenario, or a file, assumes; each change is told on standard error. Throws bad-input and not-found. */
export async function scenarioAssumptions(
  c: Connection,
  library: RulebookLibrary,
  scenario: string,
  origin: number | undefined,
): Promise<Assumptions> {
  const changes = await changesOf(c, scenario);
  return assumptionsOf(await groundOf(c, library, origin), library, scenario, changes);
}

function assumptionsOf(
  ground: Ground,
  library: RulebookLibrary,
  scenario: string,
  changes: readonly Change[],
): Assumptions {
  const { assumptions, faults } = applyChanges(settingOf(ground), changes);
  if (faults[0]) throw badInput(faults[0].text.zh, faults[0].text.en, { property: "scenario", value: scenario });
  for (const change of changes) tell(describeChange(library, change));
  return assumptions;
}

/** A path has a dot or a slash; an id has neither. */
async function changesOf(c: Connection, scenario: string): Promise<readonly Change[]> {
  if (!/[./\\]/.test(scenario)) return (await scenarioOf(c, scenario)).changes;
  let data: unknown;
  try {
    data = JSON.parse(await readFile(scenario, "utf8"));
  } catch (cause) {
    const error = badInput(`无法读取 ${scenario}，应为 JSON 文件`, `cannot read ${scenario}: a JSON file is expected`, {
      property: "scenario",
      value: scenario,
    });
    error.cause = cause;
    throw error;
  }
  const list = typeof data === "object" && data !== null && "changes" in data ? data.changes : data;
  const parsed = changesSchema.safeParse(list);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw badInput(
    `${scenario} 中的变动列表有误：${issue?.path.join(".") ?? ""}`,
    `${scenario}: ${issue?.path.join(".") ?? ""}: ${issue?.message ?? "not a list of changes"}`,
    { property: "scenario", value: scenario },
  );
}
