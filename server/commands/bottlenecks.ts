/** `bottlenecks`: which conditions, stages and quotas stop how many workers, and who stands out of what the forecast expects. */
import { type Command, Option } from "commander";
import { fitForecast, simulate } from "../forecast/index.ts";
import type { RulebookLibrary } from "../rules/rulebook.ts";
import type { Connection } from "../store/index.ts";
import { dataVersion } from "../store/index.ts";
import {
  actionsTable,
  type BottleneckRequest,
  bottleneckKinds,
  bottleneckTable,
  examYears,
  forecastTimeoutMs,
  isModelled,
  type ModelledKind,
  modelledOrigin,
  modelledTable,
  planActions,
  pools,
  runBatch,
  type Statement,
} from "../tables.ts";
import { tableCommand } from "./tables.ts";

export const bottlenecksCommand = (): Command =>
  tableCommand(
    "bottlenecks",
    "瓶颈 · which conditions, stages and quotas stop how many workers",
    (c, { of = "conditions", ...request }, library) =>
      of === "actions" || isModelled(of) ? modelled(c, library, of, request) : bottleneckTable(c, library, of, request),
    { timeoutMs: forecastTimeoutMs },
  )
    .addOption(
      new Option(
        "--of <kind>",
        "条件、条件组合、环节、指标；按预测：异常单位与工种、今后指标、排队人员、办理成效 · conditions, sets of them, stages, quota; by the forecast: outliers, outlook of the quota, queue, extra passes by actions",
      )
        .choices(bottleneckKinds)
        .default("conditions"),
    )
    .addOption(
      new Option(
        "--pool <pool>",
        "near：只计持有下一等级的人员 · near: only who holds the level right below (default for actions)",
      ).choices(pools),
    )
    .option("--rulebook <id>", "规则库，用于 conditions、sets、actions · only workers decided by this rulebook");

/** What a forecast tells, computed for this one answer. */
async function modelled(
  c: Connection,
  library: RulebookLibrary,
  of: ModelledKind | "actions",
  request: BottleneckRequest,
): Promise<Statement> {
  const origin = await modelledOrigin(c, request);
  const newest = Math.max(...(await examYears(c))) - 1;
  // in retrospect, what was announced later was not known
  const fit = await fitForecast(c, { origin, library, rulebooksUntil: origin < newest ? origin : undefined });
  const base = await simulate(c, fit, { people: true });
  const { version } = await dataVersion(c);
  const desk = { origin, dataVersion: version, fit, base };
  if (of !== "actions") return modelledTable(c, desk, of, request);
  const plan = await planActions(c, library, desk);
  for (const batch of plan.batches) await runBatch(c, desk, plan, batch);
  return actionsTable(c, library, plan, request);
}
