/** Compares the two back ends person by person: the explained evaluation and the bulk masks, over any number of people. */
import { type BoundLevel, bindLevel } from "../../server/rules/bind.ts";
import { decodableColumns, decodeFacts, encodeFacts, factColumns, typedColumns } from "../../server/rules/columns.ts";
import { type EvaluationResult, evaluate } from "../../server/rules/evaluate.ts";
import { met, type Outcome, outcomeName, unknown, unmet } from "../../server/rules/kleene.ts";
import type { Facts } from "../../server/rules/parse-facts.ts";
import { Person } from "../../server/rules/person.ts";
import { modules, type Rulebook } from "../../server/rules/rulebook.ts";
import { conditionIds, maskSelect } from "../../server/rules/sql.ts";
import type { Connection, Store } from "../../server/store/index.ts";

export interface Difference {
  readonly person: Facts;
  /** What differs: the explained value, then the bulk one. */
  readonly what: string;
}

export interface Agreement {
  readonly people: number;
  /** How many people differ; the first few of them are in `differences`. */
  readonly differing: number;
  readonly differences: readonly Difference[];
  /** Outcomes seen, as "pathway met", "pathway unknown", … */
  readonly pathways: ReadonlySet<string>;
  /** Outcomes seen of conditions where they are listed and not waived, by bit, as "3 met". */
  readonly conditions: ReadonlySet<string>;
}

export interface AgreementOptions {
  /** People held at a time. */
  readonly chunk?: number;
  /** Evaluates once more what the table gives back as facts. */
  readonly readBack?: boolean;
}

const shownDifferences = 5;
const decisions = ["ineligible", "undetermined", "eligible"];

/** Masks as doubles: every bit up to 2^53 is exact. */
interface MaskRow {
  readonly decision: number;
  readonly planning: number;
  readonly module: number | null;
  readonly unmet: number;
  readonly unknown: number;
  readonly blocking: number;
  readonly pathwaysMet: number;
  readonly pathwaysUnknown: number;
}

/** By pathway and by bit of a condition: bit n is set once outcome n was seen. */
interface Seen {
  readonly pathways: number[];
  readonly conditions: number[];
}

function note(seen: number[], index: number, outcome: Outcome): void {
  seen[index] = (seen[index] ?? 0) | (1 << outcome);
}

const outcomesSeen = (seen: readonly number[], name: (index: number) => string) =>
  new Set(
    seen.flatMap((bits, index) =>
      ([unmet, unknown, met] as const)
        .filter((outcome) => bits & (1 << outcome))
        .map((outcome) => `${name(index)} ${outcomeName(outcome)}`),
    ),
  );

const has = (bits: number, bit: number) => Math.floor(bits / 2 ** bit) % 2 === 1;

async function load(c: Connection, people: readonly Facts[]): Promise<void> {
  const columns = factColumns.map(({ name, stageType }) => ({ name, type: stageType }));
  await c.run(
    `CREATE OR REPLACE TEMP TABLE staged (number INTEGER, ${columns.map(({ name, type }) => `"${name}" ${type}`).join(", ")})`,
  );
  function* rows() {
    for (const [index, person] of people.entries()) {
      const row = encodeFacts(person);
      yield [index, ...columns.map(({ name }) => row[name] ?? null)];
    }
  }
  await c.append("staged", [{ name: "number", type: "INTEGER" }, ...columns], rows());
  await c.run(`CREATE OR REPLACE TEMP TABLE people AS SELECT number, ${typedColumns} FROM staged`);
}

const bulkRows = (c: Connection, bound: BoundLevel) =>
  c.rows<MaskRow>(
    `SELECT decision, planning, module, unmet::DOUBLE AS unmet, "unknown"::DOUBLE AS "unknown", blocking::DOUBLE AS blocking,
       "pathwaysMet"::DOUBLE AS "pathwaysMet", "pathwaysUnknown"::DOUBLE AS "pathwaysUnknown"
     FROM (${maskSelect(bound, "people", ["number"])}) ORDER BY number`,
  );

/** Sorted ids of a blocking mask, as text. */
function blockingTexts(bound: BoundLevel): (bits: number) => string {
  const known = new Map<number, string>();
  return (bits) => {
    const text = known.get(bits) ?? conditionIds(bound, BigInt(bits)).sort().join(" ");
    known.set(bits, text);
    return text;
  };
}

/** The first thing the two back ends say differently about a person. */
function difference(
  bound: BoundLevel,
  blocking: (bits: number) => string,
  person: Facts,
  result: EvaluationResult,
  row: MaskRow,
  seen: Seen,
): string | undefined {
  const unequal = (what: string, single: string, bulk: string | undefined) =>
    single === bulk ? undefined : `${what}: ${single} or ${bulk}`;
  const summary =
    unequal("decision", result.decision, decisions[row.decision]) ??
    unequal("planning decision", result.planningDecision, decisions[row.planning]) ??
    unequal("first module", result.modules[0] ?? "none", row.module === null ? "none" : modules[row.module]) ??
    unequal("blocking", [...result.blocking].sort().join(" "), blocking(row.blocking));
  if (summary) return summary;
  const metModules = new Set<string>();
  const subject = new Person(person);
  for (const [index, pathway] of bound.pathways.entries()) {
    const found = result.pathways[index];
    if (!found) return `pathway ${pathway.id} is not in the result`;
    const outcome: Outcome = has(row.pathwaysMet, index) ? met : has(row.pathwaysUnknown, index) ? unknown : unmet;
    if (found.outcome !== outcomeName(outcome))
      return `pathway ${pathway.id}: ${found.outcome} or ${outcomeName(outcome)}`;
    note(seen.pathways, index, outcome);
    if (outcome === met) metModules.add(pathway.module);
    let position = 0;
    for (const item of pathway.conditions) {
      const bulk: Outcome = has(row.unmet, item.bit) ? unmet : has(row.unknown, item.bit) ? unknown : met;
      if (!item.applies(subject)) {
        if (bulk !== met) return `${pathway.id}.${item.condition.id}: not listed or ${outcomeName(bulk)}`;
        continue;
      }
      const listed = found.conditions[position++];
      if (listed?.id !== item.condition.id) return `${pathway.id}: ${listed?.id} listed for ${item.condition.id}`;
      if (listed.outcome === "waived") continue;
      if (listed.outcome !== outcomeName(bulk))
        return `${pathway.id}.${listed.id}: ${listed.outcome} or ${outcomeName(bulk)}`;
      note(seen.conditions, item.bit, bulk);
    }
    if (position !== found.conditions.length) return `${pathway.id}: more conditions listed than there are`;
  }
  return unequal("modules", result.modules.join(" "), modules.filter((module) => metModules.has(module)).join(" "));
}

/** What the facts read back from the table change in any condition. */
function readBackDifference(result: EvaluationResult, again: EvaluationResult): string | undefined {
  for (const [index, pathway] of result.pathways.entries()) {
    for (const [position, condition] of pathway.conditions.entries()) {
      const found = again.pathways[index]?.conditions[position]?.outcome;
      if (found !== condition.outcome)
        return `${pathway.id}.${condition.id}: ${condition.outcome}, read back from the table ${found}`;
    }
  }
  return undefined;
}

/**
 * Evaluates people with both back ends and compares decision, planning decision, modules, blocking, every pathway and every
 * listed condition. People are taken chunk by chunk, so any number may be given.
 */
export async function agree(
  store: Store,
  book: Rulebook,
  level: string,
  year: number,
  people: Iterable<Facts>,
  { chunk = 5_000, readBack = false }: AgreementOptions = {},
): Promise<Agreement> {
  const bound = bindLevel(book, level, year);
  if (bound.conditions.length > 53) throw new Error("more conditions than a double holds bits");
  const blocking = blockingTexts(bound);
  const differences: Difference[] = [];
  const seen: Seen = { pathways: [], conditions: [] };
  let count = 0;
  let differing = 0;

  const compare = (part: readonly Facts[]) =>
    store.transaction(async (c) => {
      await load(c, part);
      const rows = await bulkRows(c, bound);
      if (rows.length !== part.length) throw new Error(`${part.length} people, ${rows.length} rows`);
      const decoded = readBack
        ? await c.rows<Record<string, unknown>>(`SELECT ${decodableColumns} FROM people ORDER BY number`)
        : [];
      for (const [index, person] of part.entries()) {
        const row = rows[index];
        if (!row) throw new Error("row lost");
        const result = evaluate(book, level, year, person);
        const stored = decoded[index];
        const what =
          difference(bound, blocking, person, result, row, seen) ??
          (stored && readBackDifference(result, evaluate(book, level, year, decodeFacts(stored))));
        if (what === undefined) continue;
        differing++;
        if (differences.length < shownDifferences) differences.push({ person, what });
      }
      count += part.length;
    });

  let part: Facts[] = [];
  for (const person of people) {
    part.push(person);
    if (part.length < chunk) continue;
    await compare(part);
    part = [];
  }
  if (part.length > 0) await compare(part);
  return {
    people: count,
    differing,
    differences,
    pathways: outcomesSeen(seen.pathways, (index) => bound.pathways[index]?.id ?? ""),
    conditions: outcomesSeen(seen.conditions, String),
  };
}
