/** The cases of rulebooks on the bulk decision: what it says otherwise than the evaluator. One batch a level and year. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bindLevel } from "../rules/bind.ts";
import { evaluate } from "../rules/evaluate.ts";
import type { Facts } from "../rules/parse-facts.ts";
import type { Rulebook } from "../rules/rulebook.ts";
import { type Connection, openStore } from "../store/index.ts";
import { blockingTexts, bulkRows, difference, loadPeople } from "./agreement.ts";

/** A person to decide by a rulebook; `case` is the caller's. */
export interface BulkCase<Case> {
  readonly book: Rulebook;
  readonly level: string;
  readonly year: number;
  readonly facts: Facts;
  readonly case: Case;
}

export interface BulkDifference<Case> {
  readonly case: Case;
  /** What differs: the explained value, then the bulk one. */
  readonly what: string;
}

/** Runs the cases in a database of their own, which is gone afterwards. */
export async function bulkDifferences<Case>(cases: readonly BulkCase<Case>[]): Promise<BulkDifference<Case>[]> {
  if (cases.length === 0) return [];
  const folder = await mkdtemp(join(tmpdir(), "gongkao-cases-"));
  try {
    const store = await openStore(folder);
    try {
      return await store.transaction((c) => compareAll(c, cases), { timeoutMs: Number.POSITIVE_INFINITY });
    } finally {
      await store.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function compareAll<Case>(c: Connection, cases: readonly BulkCase<Case>[]): Promise<BulkDifference<Case>[]> {
  const found: BulkDifference<Case>[] = [];
  for (const batch of batches(cases)) found.push(...(await compare(c, batch)));
  return found;
}

/** Cases of the same rulebook, level and year. */
function batches<Case>(cases: readonly BulkCase<Case>[]): Iterable<readonly BulkCase<Case>[]> {
  const byBatch = new Map<string, BulkCase<Case>[]>();
  for (const one of cases) {
    const key = `${one.book.id} ${one.level} ${one.year}`;
    const batch = byBatch.get(key);
    if (batch) batch.push(one);
    else byBatch.set(key, [one]);
  }
  return byBatch.values();
}

async function compare<Case>(c: Connection, batch: readonly BulkCase<Case>[]): Promise<BulkDifference<Case>[]> {
  const [first] = batch;
  if (!first) return [];
  const { book, level, year } = first;
  const bound = bindLevel(book, level, year);
  await loadPeople(
    c,
    batch.map(({ facts }) => facts),
  );
  const rows = await bulkRows(c, bound);
  const blocking = blockingTexts(bound);
  const seen = { pathways: [], conditions: [] };
  return batch.flatMap((one, index) => {
    const row = rows[index];
    const result = evaluate(book, level, year, one.facts);
    const what = row ? difference(bound, blocking, one.facts, result, row, seen) : "no row";
    return what === undefined ? [] : [{ case: one.case, what }];
  });
}
