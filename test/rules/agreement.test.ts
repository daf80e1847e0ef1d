import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadLibrary } from "../../server/library.ts";
import { bindLevel } from "../../server/rules/bind.ts";
import { caseFacts } from "../../server/rules/cases.ts";
import { decodableColumns, decodeFacts, encodeFacts, factColumns, typedColumns } from "../../server/rules/columns.ts";
import { type EvaluationResult, evaluate } from "../../server/rules/evaluate.ts";
import { type Facts, parseFacts } from "../../server/rules/parse-facts.ts";
import { modules, type Rulebook } from "../../server/rules/rulebook.ts";
import { conditionIds, maskSelect } from "../../server/rules/sql.ts";
import { openStore, type Store } from "../../server/store/index.ts";
import { RandomPeople, randomNumbers } from "./people.ts";

const library = await loadLibrary(undefined, { cases: true });
const levelsOf = [...library.books.values()].flatMap((book) =>
  [...book.levels.keys()].map((level) => [book.id, level] as const),
);
const peoplePerLevel = Number(process.env.GONGKAO_AGREEMENT_PEOPLE ?? Math.ceil(20_000 / levelsOf.length));

let folder: string;
let store: Store;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "gongkao-agreement-"));
  store = await openStore(folder);
});

afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

interface MaskRow {
  number: number;
  decision: number;
  planning: number;
  module: number | null;
  unmet: string;
  unknown: string;
  blocking: string;
  pathwaysMet: string;
  pathwaysUnknown: string;
}

const decisions = ["ineligible", "undetermined", "eligible"];

/** Loads people, runs the bulk back end and returns its rows by position, with what the table gives back as facts. */
async function bulk(book: Rulebook, level: string, year: number, people: readonly Facts[]) {
  return store.transaction(async (c) => {
    await c.run(
      `CREATE OR REPLACE TEMP TABLE staged (number INTEGER, ${factColumns.map((one) => `"${one.name}" ${one.stageType}`).join(", ")})`,
    );
    const columns = [
      { name: "number", type: "INTEGER" },
      ...factColumns.map((one) => ({ name: one.name, type: one.stageType })),
    ];
    await c.append(
      "staged",
      columns,
      people.map((person, index) => {
        const row = encodeFacts(person);
        return [index, ...factColumns.map((one) => row[one.name] ?? null)];
      }),
    );
    await c.run(`CREATE OR REPLACE TEMP TABLE people AS SELECT number, ${typedColumns} FROM staged`);
    const bound = bindLevel(book, level, year);
    const rows = await c.rows<MaskRow>(
      `SELECT number, decision, planning, module, unmet::VARCHAR AS unmet, "unknown"::VARCHAR AS "unknown", blocking::VARCHAR AS blocking,
        "pathwaysMet"::VARCHAR AS "pathwaysMet", "pathwaysUnknown"::VARCHAR AS "pathwaysUnknown" FROM (${maskSelect(bound, "people", ["number"])}) ORDER BY number`,
    );
    const decoded = await c.rows<Record<string, unknown>>(`SELECT ${decodableColumns} FROM people ORDER BY number`);
    return { bound, rows, decoded: decoded.map(decodeFacts) };
  });
}

function describeSingle(result: EvaluationResult) {
  return {
    decision: result.decision,
    planning: result.planningDecision,
    module: result.modules[0] ?? null,
    blocking: result.blocking,
    pathways: Object.fromEntries(result.pathways.map(({ id, outcome }) => [id, outcome])),
    conditions: Object.fromEntries(
      result.pathways.flatMap((pathway) =>
        pathway.conditions
          .filter((one) => one.outcome !== "waived")
          .map((one) => [`${pathway.id}.${one.id}`, one.outcome]),
      ),
    ),
  };
}

function describeBulk(bound: ReturnType<typeof bindLevel>, row: MaskRow, single: ReturnType<typeof describeSingle>) {
  const has = (bits: string, bit: number) => ((BigInt(bits) >> BigInt(bit)) & 1n) === 1n;
  return {
    decision: decisions[row.decision],
    planning: decisions[row.planning],
    module: row.module === null ? null : modules[row.module],
    blocking: conditionIds(bound, BigInt(row.blocking)).sort(),
    pathways: Object.fromEntries(
      bound.pathways.map(({ id }, index) => [
        id,
        has(row.pathwaysMet, index) ? "met" : has(row.pathwaysUnknown, index) ? "unknown" : "unmet",
      ]),
    ),
    conditions: Object.fromEntries(
      bound.pathways.flatMap((pathway) =>
        pathway.conditions
          .map((item) => [
            `${pathway.id}.${item.condition.id}`,
            has(row.unmet, item.bit) ? "unmet" : has(row.unknown, item.bit) ? "unknown" : "met",
          ])
          // What is not listed or waived for a worker has no outcome to compare.
          .filter(([id]) => id !== undefined && id in single.conditions),
      ),
    ),
  };
}

async function agree(book: Rulebook, level: string, year: number, people: readonly Facts[]) {
  const { bound, rows, decoded } = await bulk(book, level, year, people);
  expect(rows).toHaveLength(people.length);
  const seen = new Set<string>();
  for (const [index, person] of people.entries()) {
    const result = evaluate(book, level, year, person);
    const single = describeSingle(result);
    single.blocking = [...single.blocking].sort();
    const row = rows[index];
    if (!row) throw new Error("row lost");
    expect(describeBulk(bound, row, single), JSON.stringify(person)).toEqual(single);
    const again = evaluate(book, level, year, decoded[index] ?? {});
    expect(describeSingle(again).conditions, "facts read back").toEqual(describeSingle(result).conditions);
    for (const [id, outcome] of Object.entries(single.pathways)) seen.add(`${id} ${outcome}`);
  }
  return seen;
}

describe("both back ends agree", () => {
  it.each(levelsOf)("%s %s on random people", async (id, level) => {
    const book = library.get(id);
    const people = new RandomPeople(
      randomNumbers(levelsOf.findIndex(([a, b]) => a === id && b === level) + 1),
      book.year,
    );
    const list = Array.from({ length: peoplePerLevel }, (_, index) => people.next(index));
    for (const person of list) parseFacts(person);
    const seen = await agree(book, level, book.year, list);
    // The people are worth comparing only if they reach every outcome of the first pathway.
    const first = [...(book.levels.get(level)?.pathways ?? [])][0]?.id;
    expect([...seen]).toEqual(expect.arrayContaining([`${first} unmet`, `${first} unknown`]));
  });

  const groups = groupStatedPeople();
  it.each([...groups.keys()])("%s: worked examples and cases of the rulebook", async (key) => {
    const group = groups.get(key);
    if (!group) throw new Error("group lost");
    await agree(group.book, group.level, group.year, group.people);
  });
});

interface StatedPeople {
  readonly book: Rulebook;
  readonly level: string;
  readonly year: number;
  readonly people: Facts[];
}

/** The people of the worked examples and of every rulebook's cases, by rulebook, level and year: one bulk run each. */
function groupStatedPeople(): Map<string, StatedPeople> {
  const groups = new Map<string, StatedPeople>();
  const put = (book: Rulebook, level: string, year: number | undefined, facts: Facts) => {
    const key = `${book.id} ${level} ${year ?? book.year}`;
    const group = groups.get(key) ?? { book, level, year: year ?? book.year, people: [] };
    group.people.push(facts);
    groups.set(key, group);
  };
  const lines = readFileSync(new URL("./examples.ndjson", import.meta.url), "utf8")
    .trim()
    .split("\n");
  for (const line of lines) {
    const one = JSON.parse(line) as { rulebook: string; level: string; year?: number; facts?: Facts; expect: object };
    if (one.facts && !("error" in one.expect)) put(library.get(one.rulebook), one.level, one.year, one.facts);
  }
  for (const book of library.books.values()) {
    for (const one of book.cases) put(book, one.level, one.year, caseFacts(book, one));
  }
  return groups;
}
