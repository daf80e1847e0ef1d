/** The explained evaluation and the bulk decision beside each other, person by person. */
import type { BoundLevel } from "../rules/bind.ts";
import { encodeFacts, factColumns, typedColumns } from "../rules/columns.ts";
import type { EvaluationResult } from "../rules/evaluate.ts";
import { met, type Outcome, outcomeName, unknown, unmet } from "../rules/kleene.ts";
import type { Facts } from "../rules/parse-facts.ts";
import { Person } from "../rules/person.ts";
import { modules } from "../rules/rulebook.ts";
import { conditionIds, maskSelect } from "../rules/sql.ts";
import type { Connection } from "../store/index.ts";

const decisions = ["ineligible", "undetermined", "eligible"];

/** Masks as doubles: every bit up to 2^53 is exact. */
export interface MaskRow {
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
export interface Seen {
  readonly pathways: number[];
  readonly conditions: number[];
}

function note(seen: number[], index: number, outcome: Outcome): void {
  seen[index] = (seen[index] ?? 0) | (1 << outcome);
}

const has = (bits: number, bit: number) => Math.floor(bits / 2 ** bit) % 2 === 1;

/** Puts people into the temporary table `people` of the connection, numbered from 0. */
export async function loadPeople(c: Connection, people: readonly Facts[]): Promise<void> {
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

/** The bulk decision of the people loaded, in their order. `people`: a relation with a part of them. */
export const bulkRows = (c: Connection, bound: BoundLevel, people = "people") =>
  c.rows<MaskRow>(
    `SELECT decision, planning, module, unmet::DOUBLE AS unmet, "unknown"::DOUBLE AS "unknown", blocking::DOUBLE AS blocking,
       "pathwaysMet"::DOUBLE AS "pathwaysMet", "pathwaysUnknown"::DOUBLE AS "pathwaysUnknown"
     FROM (${maskSelect(bound, people, ["number"])}) ORDER BY number`,
  );

/** Sorted ids of a blocking mask, as text. */
export function blockingTexts(bound: BoundLevel): (bits: number) => string {
  const known = new Map<number, string>();
  return (bits) => {
    const text = known.get(bits) ?? conditionIds(bound, BigInt(bits)).sort().join(" ");
    known.set(bits, text);
    return text;
  };
}

/** The first thing the two back ends say differently about a person; outcomes they agree on are noted in `seen`. */
export function difference(
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
