/** Which conditions stop how many workers: the masks of the stored decisions, read with the bits of the rulebooks. */
import { type BoundCondition, type BoundLevel, bindLevel } from "../rules/bind.ts";
import type { TargetLevel } from "../rules/facts.ts";
import type { RulebookLibrary } from "../rules/rulebook.ts";
import { type Connection, namedQuery, type Params } from "../store/index.ts";
import { type Curability, curabilityOf } from "./curability.ts";
import { filterParameters, notAmong } from "./filters.ts";
import { groupColumns, orderBy } from "./grouping.ts";
import type { Statement, TableRequest } from "./tables.ts";

/** The columns of the table that have a list of people behind them. */
export const conditionMeasures = ["blocked", "soleBlocker", "oneShort", "unknown", "unmet"] as const;
/** The column blocked of the table of sets: for several conditions. */
export const setMeasures = ["together"] as const;
/** Of a rulebook level as a whole: the column ineligible, and those of them whom one condition blocks. */
export const ruleMeasures = ["blockedAll", "oneAway"] as const;

/** Whom conditions are counted for: everybody, or only who holds the level right below the target level. */
export const pools = ["all", "near"] as const;
export type Pool = (typeof pools)[number];

export interface BottleneckRequest extends TableRequest {
  /** Default all. */
  readonly pool?: Pool | undefined;
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
  readonly curability: Curability;
  /** Why it is curable so. */
  readonly cureZh: string;
  readonly cureEn: string;
}

/** A pathway of a rulebook level in the stored masks, decimal. */
interface PathwayBits {
  readonly rulebook: string;
  readonly level: string;
  /** The conditions that count. */
  readonly mask: string;
  /** 0: the pathway has no door. */
  readonly door: string;
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
  { name: "shapley", sql: "shapley" },
  count("oneShort"),
  { name: "curability", sql: "curability" },
  { name: "curabilityZh", sql: '"cureZh"' },
  { name: "curabilityEn", sql: '"cureEn"' },
];

/**
 * A row for each condition of each rulebook level that decided somebody of the group; the one that stops most comes first. People
 * are workers × target level, as in the eligibility table. Throws bad-input on a filter, not-found for a rulebook there is not.
 */
export const bottlenecksTable = async (
  c: Connection,
  library: RulebookLibrary,
  request: BottleneckRequest,
): Promise<Statement> => {
  const pathways = JSON.stringify(everyLevel(library, request.year).flatMap(pathwayBits));
  return stoppingTable("bottlenecks", request, figures, ["finest.blocked DESC NULLS LAST", "position"], {
    ...(await stoppingParameters(c, library, request)),
    pathways,
  });
};

const setFigures: typeof figures = [
  { name: "rulebook", sql: "rulebook" },
  { name: "targetLevel", sql: '"targetLevel"' },
  { name: "conditions", sql: "conditions" },
  { name: "size", sql: "size::INTEGER" },
  count("blocked"),
  { name: "share", sql: "blocked::DOUBLE / ineligible" },
  count("ineligible"),
  { name: "conditionsZh", sql: "zh" },
  { name: "conditionsEn", sql: "en" },
];

/**
 * The sets of conditions that stop most people together, at most 20 of each rulebook level of each group, the most frequent first.
 * `conditions` are ids joined by commas. Throws as `bottlenecksTable`.
 */
export const blockingSetsTable = async (
  c: Connection,
  library: RulebookLibrary,
  request: BottleneckRequest,
): Promise<Statement> =>
  stoppingTable(
    "bottleneck-sets",
    request,
    setFigures,
    ["finest.blocked DESC", "finest.conditions"],
    await stoppingParameters(c, library, request),
  );

async function stoppingParameters(c: Connection, library: RulebookLibrary, request: BottleneckRequest) {
  const { year, by, level, rulebook } = request;
  return {
    ...(await filterParameters(c, request)),
    level: level ?? null,
    rulebook: rulebook === undefined ? null : library.get(rulebook).id,
    pool: request.pool ?? "all",
    by,
    conditions: JSON.stringify(conditionBits(library, year)),
  };
}

/** Group by group and level by level; `order` within them. */
function stoppingTable(
  query: string,
  { by }: BottleneckRequest,
  all: typeof figures,
  order: readonly string[],
  params: Params,
): Statement {
  const keys = groupColumns(by);
  const own = all.filter(({ name }) => !keys.includes(name));
  const select = [
    ...keys.map((key) => `"${key}"`),
    '$examYear::INTEGER AS "examYear"',
    ...own.map(({ name, sql }) => `${sql} AS "${name}"`),
  ];
  const whole = [...(by.length > 0 ? [orderBy(by)] : []), "finest.rulebook", orderBy(["level"]), ...order];
  return {
    sql: `SELECT ${select.join(", ")} FROM (${namedQuery(query)}) AS finest ORDER BY ${whole.join(", ")}`,
    params,
    columns: [...keys, "examYear", ...own.map(({ name }) => name)],
  };
}

const everyLevel = (library: RulebookLibrary, year: number): BoundLevel[] =>
  [...library.books.values()].flatMap((book) => [...book.levels.keys()].map((level) => bindLevel(book, level, year)));

/** Every condition of every rulebook level in the order of its first bit. */
const conditionBits = (library: RulebookLibrary, year: number): ConditionBits[] =>
  everyLevel(library, year).flatMap(levelBits);

const maskOf = (conditions: readonly BoundCondition[]) =>
  conditions.reduce((bits, { bit }) => bits | (1n << BigInt(bit)), 0n);

/** The conditions of one level; the words are those of the first pathway that asks it. */
function levelBits({ book, target: level, conditions }: BoundLevel): ConditionBits[] {
  return [...new Set(conditions.map(({ condition }) => condition.id))].flatMap((id, position): ConditionBits[] => {
    const same = conditions.filter(({ condition }) => condition.id === id);
    const [first] = same;
    if (!first) return [];
    const { zh, en } = first.condition.label ?? first.term.sentence;
    const mask = String(maskOf(same));
    const advisory = same.every(({ condition }) => condition.advisory);
    const cure = curabilityOf(first.condition);
    const cured = { curability: cure.kind, cureZh: cure.zh, cureEn: cure.en };
    return [{ rulebook: book.id, level, condition: id, position, mask, advisory, zh, en, ...cured }];
  });
}

const pathwayBits = ({ book, target: level, pathways }: BoundLevel): PathwayBits[] =>
  pathways.map(({ counted, door }) => ({
    rulebook: book.id,
    level,
    mask: String(maskOf(counted)),
    door: String(maskOf(door ? [door] : [])),
  }));

/** What the query of the list needs to know of a row of the table, or of several of one level. */
export interface AskedConditions {
  /** Every bit of the conditions in the stored masks, decimal. */
  readonly mask: string;
  /** How many conditions they are. */
  readonly size: number;
  /** JSON list of the level's pathways, as the table reads it. */
  readonly pathways: string;
}

/**
 * `condition`: an id, or several joined by commas. Throws not-found for a rulebook there is not, bad-input for a level it does
 * not cover or a condition the level does not have.
 */
export function askedConditions(
  library: RulebookLibrary,
  asked: { readonly rulebook: string; readonly level: TargetLevel; readonly year: number; readonly condition: string },
): AskedConditions {
  const bound = bindLevel(library.get(asked.rulebook), asked.level, asked.year);
  const bits = levelBits(bound);
  const ids = [...new Set(asked.condition.split(",").map((id) => id.trim()))];
  const mask = ids.reduce((sum, id) => {
    const found = bits.find(({ condition }) => condition === id);
    if (found) return sum | BigInt(found.mask);
    const allowed = bits.map(({ condition }) => condition);
    return notAmong("condition", "条件", id, allowed);
  }, 0n);
  return { mask: String(mask), size: ids.length, pathways: JSON.stringify(pathwayBits(bound)) };
}
