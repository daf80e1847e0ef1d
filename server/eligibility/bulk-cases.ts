/** The cases of rulebooks on the bulk decision: what it says otherwise than the evaluator. One batch a level and year. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bindLevel } from "../rules/bind.ts";
import type { SoundBook } from "../rules/check.ts";
import type { CaseFailure, RunnableCase } from "../rules/check-cases.ts";
import { firstStorableYear, lastStorableYear } from "../rules/columns.ts";
import { evaluate } from "../rules/evaluate.ts";
import type { ResolvedBook } from "../rules/resolve-book.ts";
import { type Connection, openStore } from "../store/index.ts";
import { blockingTexts, bulkRows, difference, loadPeople } from "./agreement.ts";

interface Batch {
  readonly resolved: ResolvedBook;
  readonly level: string;
  readonly year: number;
  readonly cases: RunnableCase[];
}

/**
 * Runs the cases in a database of their own, which is gone afterwards. A case that comes out differently is reported at its
 * place in the file.
 */
export async function runBulkCases(sound: readonly SoundBook[]): Promise<CaseFailure[]> {
  const folder = await mkdtemp(join(tmpdir(), "gongkao-cases-"));
  try {
    const store = await openStore(folder);
    try {
      return await store.transaction(async (c) => {
        const all = batches(sound);
        await loadPeople(
          c,
          all.flatMap(({ cases }) => cases.map(({ facts }) => facts)),
        );
        const failures: CaseFailure[] = [];
        let first = 0;
        for (const batch of all) {
          failures.push(...(await compare(c, batch, first)));
          first += batch.cases.length;
        }
        return failures;
      });
    } finally {
      await store.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function batches(sound: readonly SoundBook[]): Batch[] {
  const found = new Map<string, Batch>();
  for (const { resolved, cases } of sound) {
    for (const one of cases) {
      const { level, year = resolved.book.year } = one.stated;
      const key = `${resolved.book.id} ${level} ${year}`;
      const batch = found.get(key) ?? { resolved, level, year, cases: [] };
      batch.cases.push(one);
      found.set(key, batch);
    }
  }
  return [...found.values()];
}

/** `first`: the number of the batch's first person. */
async function compare(c: Connection, { resolved, level, year, cases }: Batch, first: number): Promise<CaseFailure[]> {
  const { book, merged } = resolved;
  const bound = bindLevel(book, level, year);
  const people = `(SELECT * FROM people WHERE number BETWEEN ${first} AND ${first + cases.length - 1})`;
  const rows = await bulkRows(c, bound, people);
  const blocking = blockingTexts(bound);
  const seen = { pathways: [], conditions: [] };
  return cases.flatMap(({ stated: { name }, facts, path }, index) => {
    const row = rows[index];
    const what = row
      ? difference(
          bound,
          blocking,
          facts,
          evaluate(book, level, year, facts, { explained: false, lookAhead: false }),
          row,
          seen,
        )
      : "no row";
    if (what === undefined) return [];
    merged.parsed.report.add(path, differing(name, what));
    return [{ rulebook: book.id, level, case: name, differences: [`bulk: ${what}`] }];
  });
}

const differing = (name: string, what: string) => ({
  name: "differingCase" as const,
  message: {
    zh: `案例“${name}”在批量判定中结果不同（${what}）`,
    en: `case "${name}" comes out differently in the bulk decision (${what})`,
  },
  suggestion: {
    zh: `批量判定只存 ${firstStorableYear}—${lastStorableYear} 年的逐年记录；若与此无关，则是程序的错误，请报告`,
    en: `the bulk decision keeps records of ${firstStorableYear}–${lastStorableYear} only; if that is not it, report a fault of the program`,
  },
});
