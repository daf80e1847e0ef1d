/** The tables of bottlenecks: conditions, sets of conditions, stages, quota. */
import { badInput } from "../errors.ts";
import type { RulebookLibrary } from "../rules/rulebook.ts";
import type { Connection } from "../store/index.ts";
import { type BottleneckRequest, blockingSetsTable, bottlenecksTable } from "./bottlenecks.ts";
import { quotaPressureTable } from "./quota-pressure.ts";
import { stagesTable } from "./stages.ts";
import type { Statement } from "./tables.ts";

export const bottleneckKinds = ["conditions", "sets", "stages", "quota"] as const;
export type BottleneckKind = (typeof bottleneckKinds)[number];

/** Throws as the tables do, and bad-input for a rulebook or a pool where no conditions are asked about. */
export async function bottleneckTable(
  c: Connection,
  library: RulebookLibrary,
  of: BottleneckKind,
  request: BottleneckRequest,
): Promise<Statement> {
  if (of === "conditions") return bottlenecksTable(c, library, request);
  if (of === "sets") return blockingSetsTable(c, library, request);
  const { rulebook, pool, ...asked } = request;
  for (const [property, value] of Object.entries({ rulebook, pool })) {
    if (value === undefined) continue;
    throw badInput(
      `参数 ${property} 只用于 of=conditions、sets，而不是 ${of}`,
      `${property} goes with of=conditions or sets, not ${of}`,
      { property, value },
    );
  }
  return of === "stages" ? stagesTable(c, asked) : quotaPressureTable(c, asked);
}
