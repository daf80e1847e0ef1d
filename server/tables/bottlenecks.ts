/** Which conditions stop how many workers: the masks of the stored decisions, read with the bits of the rulebooks. */
import { bindLevel } from "../rules/bind.ts";
import type { TargetLevel } from "../rules/facts.ts";
import type { Rulebook, RulebookLibrary } from "../rules/rulebook.ts";
import { type Connection, namedQuery } from "../store/index.ts";
import { filterParameters, notAmong } from "./filters.ts";
import { groupColumns, orderBy } from "./grouping.ts";
import type { Statement, TableRequest } from "./tables.ts";

/** The columns of the table that have a list of people behind them. */
export const conditionMeasures = ["blocked", "soleBlocker", "unknown", "unmet"] as const;

export interface BottleneckRequest extends TableRequest {
  /** Only workers whom this rulebook decided. */
  readonly rulebook?: string | undefined;
}

/** A condition of a rulebook level and its bits in the stored masks (server/rules/sql.ts). */
interface ConditionBits {
  readonly rulebook: string;
  readonly level: string;
  readonly condition: string;
  readonly position: number;
  /** Decimal. */
  readonly mask: string;
  readonly advisory: boolean;
  readonly zh: string;
  readonly en: string;
}

const count = (name: string) => ({ name, sql: `coalesce("${name}", 0)::INTEGER` });

/** After the grouping columns and examYear. */
const figures: readonly { readonly name: string; readonly sql: string }[] = [
  { name: "rulebook", sql: "rulebook" },
  { name: "targetLevel", sql: '"targetLevel"' },
  { name: "condition", sql: "condition" },
  ...["blocked", "soleBlocker", "unknown"].map(count),
  // nobody is ineligible: no share, not none
  { name: "share", sql: "coalesce(blocked, 0)::DOUBLE / ineligible" },
  ...["unmet", "ineligible", "undetermined", "workers"].map(count),
  { name: "advisory", sql: "advisory" },
  { name: "conditionZh", sql: "zh" },
  { name: "conditionEn", sql: "en" },
];

/**
 * A row for each condition of each rulebook level that decided somebody of the group; the one that stops most comes first. People
 * are workers × target level, as in the eligibility table. Throws bad-input on a filter, not-found for a rulebook there is not.
 */
export async function bottlenecksTable(
  c: Connection,
  library: RulebookLibrary,
  request: BottleneckRequest,
): Promise<Statement> {
  const { year, by, level, rulebook } = request;
  const params = {
    ...(await filterParameters(c, request)),
    level: level ?? null,
    rulebook: rulebook === undefined ? null : library.get(rulebook).id,
    by,
    conditions: JSON.stringify(conditionBits(library, year)),
  };
  const keys = groupColumns(by);
  const own = figures.filter(({ name }) => !keys.includes(name));
  const select = [
    ...keys.map((key) => `"${key}"`),
    '$examYear::INTEGER AS "examYear"',
    ...own.map(({ name, sql }) => `${sql} AS "${name}"`),
  ];
  const order = [
    ...(by.length > 0 ? [orderBy(by)] : []),
    "finest.rulebook",
    orderBy(["level"]),
    "finest.blocked DESC NULLS LAST",
    "position",
  ];
  return {
    sql: `SELECT ${select.join(", ")} FROM (${namedQuery("bottlenecks")}) AS finest ORDER BY ${order.join(", ")}`,
    params,
    columns: [...keys, "examYear", ...own.map(({ name }) => name)],
  };
}

/** Every condition of every rulebook level in the order of its first bit. */
function conditionBits(library: RulebookLibrary, year: number): ConditionBits[] {
  return [...library.books.values()].flatMap((book) =>
    [...book.levels.keys()].flatMap((level) => levelBits(book, level, year)),
  );
}

/** The conditions of one level; the words are those of the first pathway that asks it. */
function levelBits(book: Rulebook, level: TargetLevel, year: number): ConditionBits[] {
  const { conditions } = bindLevel(book, level, year);
  return [...new Set(conditions.map(({ condition }) => condition.id))].flatMap((id, position): ConditionBits[] => {
    const same = conditions.filter(({ condition }) => condition.id === id);
    const [first] = same;
    if (!first) return [];
    const { zh, en } = first.condition.label ?? first.term.sentence;
    const mask = same.reduce((bits, { bit }) => bits | (1n << BigInt(bit)), 0n);
    const advisory = same.every(({ condition }) => condition.advisory);
    return [{ rulebook: book.id, level, condition: id, position, mask: String(mask), advisory, zh, en }];
  });
}

/**
 * The bits of one condition in the stored masks, as a decimal. Throws not-found for a rulebook there is not, bad-input for a
 * level it does not cover or a condition the level does not have.
 */
export function conditionMask(
  library: RulebookLibrary,
  asked: { readonly rulebook: string; readonly level: TargetLevel; readonly year: number; readonly condition: string },
): string {
  const bits = levelBits(library.get(asked.rulebook), asked.level, asked.year);
  const found = bits.find(({ condition }) => condition === asked.condition);
  return (
    found?.mask ??
    notAmong(
      "condition",
      "条件",
      asked.condition,
      bits.map(({ condition }) => condition),
    )
  );
}
