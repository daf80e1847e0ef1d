/** `bottlenecks`: which conditions, stages and quotas stop how many workers. */
import { type Command, Option } from "commander";
import { bottleneckKinds, bottleneckTable, pools } from "../tables.ts";
import { tableCommand } from "./tables.ts";

export const bottlenecksCommand = (): Command =>
  tableCommand(
    "bottlenecks",
    "瓶颈 · which conditions, stages and quotas stop how many workers",
    (c, { of = "conditions", ...request }, library) => bottleneckTable(c, library, of, request),
  )
    .addOption(
      new Option("--of <kind>", "条件、条件组合、环节或指标 · conditions, sets of them, stages or quota")
        .choices(bottleneckKinds)
        .default("conditions"),
    )
    .addOption(
      new Option("--pool <pool>", "near：只计持有下一等级的人员 · near: only who holds the level right below").choices(
        pools,
      ),
    )
    .option("--rulebook <id>", "规则库，用于 conditions、sets · only workers decided by this rulebook");
