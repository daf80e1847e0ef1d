/**
 * What action would bring: for every condition that blocks somebody, the extra passes of the coming exam years were it met by everybody
 * (what can be done) or asked for one step less of (what only time brings). The engine of the scenarios tells, change by change; changes
 * of districts that differ are computed together. What neither time nor action helps has no figure.
 */
import { fullScope } from "../access/scope.ts";
import type { Desk } from "../forecast/desk-types.ts";
import { simulate } from "../forecast/index.ts";
import { type Applied, applyChanges, type Setting } from "../forecast/scenario/apply.ts";
import type { Change } from "../forecast/scenario/changes.ts";
import { addExtra, createExtra, type Extra, type ExtraCells, extraKey, extraRows } from "../forecast/scenario/extra.ts";
import { groundOf, settingOf } from "../forecast/scenario/ground.ts";
import { type Threshold, thresholdsOf, valueWords } from "../forecast/scenario/thresholds.ts";
import type { TargetLevel } from "../rules/facts.ts";
import type { RulebookLevel, RulebookLibrary } from "../rules/rulebook.ts";
import type { Connection, Row } from "../store/index.ts";
import { type BottleneckRequest, bottlenecksTable } from "./bottlenecks.ts";
import type { Curability } from "./curability.ts";
import { groupColumns } from "./grouping.ts";
import { type ColumnType, madeTable } from "./made.ts";
import { sortedBy } from "./sorted.ts";
import type { Statement } from "./tables.ts";

/** Exam years that extra passes are counted in. */
export const actionYears = 3;

/** met: nobody lacks it any more; relaxed: one year, or one piece, less is asked for. */
export const actionEffects = ["met", "relaxed"] as const;

interface Action {
  readonly rulebook: string;
  readonly level: TargetLevel;
  readonly condition: string;
  readonly effect: (typeof actionEffects)[number];
  readonly changes: readonly Change[];
  readonly zh: string;
  readonly en: string;
  /** Codes of the districts where the rulebook decides the level. */
  readonly districts: readonly string[];
}

/** Actions by their number, and those that are computed together. */
export interface ActionPlan {
  readonly setting: Setting;
  readonly actions: readonly Action[];
  readonly batches: readonly (readonly number[])[];
  readonly extra: ExtraCells;
}

interface Lacking {
  readonly rulebook: string;
  readonly targetLevel: TargetLevel;
  readonly condition: string;
  readonly blocked: number;
  readonly advisory: boolean;
  readonly curability: Curability;
}

/** What is to be computed on the desk: of every condition that blocks somebody of the level right below in the first coming exam year: who is farther off comes to it only after the years counted. Doors to pathways of their own do not. */
export async function planActions(c: Connection, library: RulebookLibrary, desk: Desk): Promise<ActionPlan> {
  const from = desk.origin + 1;
  const to = Math.min(desk.base.to, desk.origin + actionYears);
  const ground = await groundOf(c, library, desk.origin);
  const setting = settingOf(ground);
  const { sql, params } = await bottlenecksTable(c, library, { year: from, by: [], scope: fullScope, pool: "near" });
  const rows = desk.fit.hasHistory ? await c.rows<Lacking>(sql, params) : [];
  const actions = rows.flatMap((row): Action[] => {
    const { rulebook, targetLevel: level, condition, curability } = row;
    const served = ground.served.find((one) => one.rulebook === rulebook && one.level === level);
    const of = library.books.get(rulebook)?.levels.get(level);
    if (row.blocked === 0 || row.advisory || curability === "external" || !served || !of) return [];
    if (!served.years.some((year) => year <= to)) return [];
    const what = curability === "action" ? met(rulebook, level, condition) : relaxed(rulebook, of, condition);
    if (what.changes.length === 0 || applyChanges(setting, what.changes).faults.length > 0) return [];
    return [{ rulebook, level, condition, ...what, districts: served.places.map(({ code }) => code) }];
  });
  return { setting, actions, batches: batchesOf(actions), extra: await createExtra(c, desk.fit, from, to) };
}

type What = Pick<Action, "effect" | "changes" | "zh" | "en">;

const met = (rulebook: string, level: TargetLevel, condition: string): What => ({
  effect: "met",
  changes: [{ kind: "waive", rulebook, level, condition }],
  zh: "全部办妥",
  en: "met by all",
});

/** One less of every number of the condition that could ask for less. */
function relaxed(rulebook: string, level: RulebookLevel, id: string): What {
  const texts = new Map(
    level.pathways.flatMap(({ conditions }) => conditions.filter((one) => one.id === id).map((one) => [one.key, one])),
  );
  const steps = [...texts].flatMap(([key, { part }]) =>
    thresholdsOf(part).flatMap((threshold) => {
      const value = eased(threshold);
      return value === undefined ? [] : [{ key, threshold, value }];
    }),
  );
  const [first] = steps;
  const words = (language: "zh" | "en") =>
    first
      ? `${first.threshold.label[language]} ${valueWords(first.threshold, first.threshold.value)[language]} → ${valueWords(first.threshold, first.value)[language]}`
      : "";
  return {
    effect: "relaxed",
    changes: steps.map(({ key, threshold: { parameter }, value }) => ({
      kind: "threshold",
      ...{ rulebook, level: level.target, condition: key, parameter, value },
    })),
    zh: words("zh"),
    en: words("en"),
  };
}

function eased({ kind, value, stricter, minimum, maximum }: Threshold): number | undefined {
  if (kind !== "number" || typeof value !== "number" || stricter === 0) return undefined;
  const less = value - stricter;
  return less < (minimum ?? less) || less > (maximum ?? less) ? undefined : less;
}

/** First fit: nobody is touched by two changes of a batch. */
function batchesOf(actions: readonly Action[]): number[][] {
  const batches: { numbers: number[]; taken: Set<string> }[] = [];
  actions.forEach(({ districts }, number) => {
    const free = batches.find(({ taken }) => !districts.some((code) => taken.has(code)));
    const batch = free ?? { numbers: [], taken: new Set<string>() };
    if (!free) batches.push(batch);
    batch.numbers.push(number);
    for (const code of districts) batch.taken.add(code);
  });
  return batches.map(({ numbers }) => numbers);
}

/** Computes the actions of one batch. Throws the reason of an aborted signal. */
export async function runBatch(
  c: Connection,
  desk: Desk,
  { setting, actions, extra }: ActionPlan,
  batch: readonly number[],
  signal?: AbortSignal,
): Promise<void> {
  const own = batch.flatMap((number) => actions.slice(number, number + 1).map((action) => ({ number, action })));
  const { assumptions }: Applied = applyChanges(
    setting,
    own.flatMap(({ action }) => action.changes),
  );
  const { from, to } = extra;
  const scenario = await simulate(c, desk.fit, { from, to, assumptions, people: true, signal });
  const changes = new Map(own.flatMap(({ number, action }) => action.districts.map((code) => [code, number] as const)));
  await addExtra(c, extra, { base: desk.base, scenario }, changes);
  for (const table of [scenario.cells, scenario.people, scenario.openings])
    await c.run(`DROP TABLE IF EXISTS ${table}`);
}

const figures = {
  effect: "VARCHAR",
  effectZh: "VARCHAR",
  effectEn: "VARCHAR",
  fromYear: "INTEGER",
  toYear: "INTEGER",
  extraPasses: "DOUBLE",
  extraPassesLow80: "INTEGER",
  extraPassesHigh80: "INTEGER",
  extraPassesLow95: "INTEGER",
  extraPassesHigh95: "INTEGER",
  blocked: "INTEGER",
  soleBlocker: "INTEGER",
  share: "DOUBLE",
  shapley: "DOUBLE",
  unmet: "INTEGER",
  ineligible: "INTEGER",
  curability: "VARCHAR",
  curabilityZh: "VARCHAR",
  curabilityEn: "VARCHAR",
  conditionZh: "VARCHAR",
  conditionEn: "VARCHAR",
} as const satisfies Record<string, ColumnType>;

/**
 * A row for each condition that blocks somebody of the group, as in the table of conditions; within a group what brings most passes comes
 * first, and what has no figure last. `plan`: computed, every batch. Default pool: near. Throws as that table does.
 */
export async function actionsTable(
  c: Connection,
  library: RulebookLibrary,
  plan: ActionPlan,
  request: BottleneckRequest,
): Promise<Statement> {
  const { by } = request;
  const counted = await bottlenecksTable(c, library, { ...request, pool: request.pool ?? "near" });
  const rows = (await c.rows<Row>(counted.sql, counted.params)).filter(
    ({ blocked, advisory }) => Number(blocked) > 0 && advisory !== true,
  );
  const extra = await extraRows(c, plan.extra, request);
  const numbers = new Map(plan.actions.map((one, number) => [keyOf(one.rulebook, one.level, one.condition), number]));
  const groups = by.filter((name) => name !== "level");
  const { from, to } = plan.extra;
  const all = rows.map((row): Row => {
    const number = numbers.get(keyOf(row.rulebook, row.targetLevel, row.condition));
    const action = number === undefined ? undefined : plan.actions[number];
    if (number === undefined || !action) return { ...row, fromYear: from, toYear: to };
    const { effect, zh, en } = action;
    const key = extraKey(
      number,
      groups.map((name) => row[name] ?? null),
    );
    return {
      ...{ ...row, effect, effectZh: zh, effectEn: en, fromYear: from, toYear: to },
      ...(extra.get(key) ?? none),
    };
  });
  const order = (row: Row) => (typeof row.extraPasses === "number" ? row.extraPasses : Number.NEGATIVE_INFINITY);
  all.sort((a, b) => compare(order(b), order(a)) || Number(b.blocked) - Number(a.blocked));
  const text = (names: readonly string[]) =>
    Object.fromEntries(names.map((name): [string, ColumnType] => [name, "VARCHAR"]));
  const own = ["rulebook", "targetLevel", "condition"].filter((name) => !groupColumns(by).includes(name));
  return madeTable({ ...text(groupColumns(by)), examYear: "INTEGER", ...text(own), ...figures }, sortedBy(all, by));
}

const keyOf = (...names: readonly unknown[]) => JSON.stringify(names);
/** Infinities included. */
const compare = (a: number, b: number) => (a < b ? -1 : a > b ? 1 : 0);

const none: Extra = {
  extraPasses: 0,
  extraPassesLow80: 0,
  extraPassesHigh80: 0,
  extraPassesLow95: 0,
  extraPassesHigh95: 0,
};
