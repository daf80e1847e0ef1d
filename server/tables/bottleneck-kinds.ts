/** The tables of bottlenecks: conditions, sets of conditions, stages, quota; and by the forecast: outliers, the coming quota, who waits, what action would bring. */
import { badInput } from "../errors.ts";
import type { Desk } from "../forecast/desk-types.ts";
import type { RulebookLibrary } from "../rules/rulebook.ts";
import type { Connection } from "../store/index.ts";
import { type BottleneckRequest, blockingSetsTable, bottlenecksTable } from "./bottlenecks.ts";
import { checkExamYear, type Filters } from "./filters.ts";
import { outliersTable } from "./outliers.ts";
import { outlookTable, queueTable } from "./outlook.ts";
import { newestApplications, quotaPressureTable } from "./quota-pressure.ts";
import { stagesTable } from "./stages.ts";
import type { Statement, TableRequest } from "./tables.ts";

/** Told from what is on file. */
const plainKinds = ["conditions", "sets", "stages", "quota"] as const;
export type PlainKind = (typeof plainKinds)[number];
/** Told by a forecast. */
const modelledKinds = ["outliers", "outlook", "queue"] as const;
export type ModelledKind = (typeof modelledKinds)[number];
/** Told by scenarios on a forecast (`actions.ts`). */
const computedKind = "actions";
export const bottleneckKinds = [...plainKinds, ...modelledKinds, computedKind] as const;
export type BottleneckKind = (typeof bottleneckKinds)[number];

export const isModelled = (of: BottleneckKind): of is ModelledKind => modelledKinds.some((one) => one === of);

/** Throws as the tables do, and bad-input for a rulebook or a pool where no conditions are asked about. */
export async function bottleneckTable(
  c: Connection,
  library: RulebookLibrary,
  of: PlainKind,
  request: BottleneckRequest,
): Promise<Statement> {
  if (of === "conditions") return bottlenecksTable(c, library, request);
  if (of === "sets") return blockingSetsTable(c, library, request);
  const asked = withoutConditions(of, request);
  return of === "stages" ? stagesTable(c, asked) : quotaPressureTable(c, asked);
}

/** The same of what a forecast tells, on the connection of its desk. */
export async function modelledTable(
  c: Connection,
  desk: Desk,
  of: ModelledKind,
  request: BottleneckRequest,
): Promise<Statement> {
  const asked = withoutConditions(of, request);
  switch (of) {
    case "outliers":
      return outliersTable(c, desk.fit, asked);
    case "outlook":
      return outlookTable(c, desk, asked);
    case "queue":
      return queueTable(c, desk, asked);
  }
}

/**
 * The roster year the forecast begins from: that of the newest exam year with applications up to the one asked for, or the newest
 * before it. Throws bad-input for an exam year there is not.
 */
export async function modelledOrigin(c: Connection, request: Pick<Filters, "year" | "scope">): Promise<number> {
  await checkExamYear(c, request.year);
  const to = await newestApplications(c, request.year);
  const [row] = await c.rows<{ year: number | null }>(
    `SELECT max("rosterYear")::INTEGER AS year FROM workers WHERE "rosterYear" <= $to::INTEGER`,
    { to },
  );
  // before the first exam year on file there is its roster
  return row?.year ?? request.year - 1;
}

function withoutConditions(of: BottleneckKind, { rulebook, pool, ...asked }: BottleneckRequest): TableRequest {
  for (const [property, value] of Object.entries({ rulebook, pool })) {
    if (value === undefined) continue;
    throw badInput(
      `参数 ${property} 只用于 of=conditions、sets、actions，而不是 ${of}`,
      `${property} goes with of=conditions, sets or actions, not ${of}`,
      { property, value },
    );
  }
  return asked;
}
