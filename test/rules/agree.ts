/** Compares the two back ends person by person: the explained evaluation and the bulk masks, over any number of people. */
import { blockingTexts, bulkRows, difference, loadPeople, type Seen } from "../../server/eligibility/agreement.ts";
import { bindLevel } from "../../server/rules/bind.ts";
import { decodableColumns, decodeFacts } from "../../server/rules/columns.ts";
import { type EvaluationResult, evaluate } from "../../server/rules/evaluate.ts";
import { met, outcomeName, unknown, unmet } from "../../server/rules/kleene.ts";
import type { Facts } from "../../server/rules/parse-facts.ts";
import type { Rulebook } from "../../server/rules/rulebook.ts";
import type { Store } from "../../server/store/index.ts";

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
const outcomesSeen = (seen: readonly number[], name: (index: number) => string) =>
  new Set(
    seen.flatMap((bits, index) =>
      ([unmet, unknown, met] as const)
        .filter((outcome) => bits & (1 << outcome))
        .map((outcome) => `${name(index)} ${outcomeName(outcome)}`),
    ),
  );

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
      await loadPeople(c, part);
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
