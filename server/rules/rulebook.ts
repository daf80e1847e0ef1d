/** YAML texts → immutable rulebooks, with `extends` resolved. */
import { createHash } from "node:crypto";
import { isMap, LineCounter, parseDocument } from "yaml";
import { z } from "zod";
import { AppError, type Message } from "../errors.ts";
import { caseSchema, peopleSchema, type RulebookCase } from "./case-schema.ts";
import { type TargetLevel, targetLevels } from "./facts.ts";
import { operators } from "./operators/index.ts";
import { nearest } from "./parse-facts.ts";
import { isDateTemplate, type TermSpec } from "./term.ts";

export const modules = ["normal", "early", "exceptional", "transfer", "reverification", "direct"] as const;
export type Module = (typeof modules)[number];

export interface Citation {
  readonly document: string;
  readonly clause: string;
}

/** A condition as a rulebook states it. */
export interface Condition {
  /** Name inside the rulebook; several may share an id (seniority of different levels). */
  readonly key: string;
  /** Id the evaluator reports. */
  readonly id: string;
  readonly label: Message | undefined;
  readonly citation: Citation;
  /** Not in the notice itself but taken from a sister notice or general practice. */
  readonly derived: boolean;
  /** The rulebook it comes from, when that is another one. */
  readonly inheritedFrom: string | undefined;
  readonly planning: TermSpec["planning"];
  /** Listed and marked, decides nothing. */
  readonly advisory: boolean;
  /** Only for these trades. */
  readonly trades: readonly string[] | undefined;
  /** Operator name → its text; or `noneMet`: a module none of whose pathways is met. */
  readonly part: TermSpec;
  readonly noneMet: Module | undefined;
}

export interface Pathway {
  readonly id: string;
  readonly module: Module;
  readonly label: Message | undefined;
  readonly door: Condition | undefined;
  /** In order; the door last. */
  readonly conditions: readonly Condition[];
  /** Ids of conditions the pathway waives. */
  readonly waived: ReadonlySet<string>;
  /** Ids that show as unknown when unmet, as long as the door is not unmet. */
  readonly relieved: ReadonlySet<string>;
}

export interface RulebookLevel {
  readonly target: TargetLevel;
  /** Named dates of the level: window.from, window.to, cutOff. */
  readonly dates: ReadonlyMap<string, string>;
  readonly windowCitation: Citation | undefined;
  readonly windowDerived: readonly string[];
  readonly pathways: readonly Pathway[];
  /** Exempts from the selection exam when met; undefined: the level has no such exam. */
  readonly selectionExemption: Condition | undefined;
  readonly remarks: readonly Condition[];
}

export interface QuotaBand {
  /** Present technicians of the trade in the unit: at least this many. */
  readonly from: number;
  readonly places: number;
  /** Only when no quota-using application was made in the year before. */
  readonly alternateYears: boolean;
}

export interface QuotaRule {
  readonly level: TargetLevel;
  readonly bands: readonly QuotaBand[];
  readonly citation: Citation;
}

export interface Rulebook {
  readonly id: string;
  readonly year: number;
  readonly title: Message;
  readonly document: string;
  readonly extends: string | undefined;
  readonly lists: ReadonlyMap<string, readonly string[]>;
  readonly levels: ReadonlyMap<TargetLevel, RulebookLevel>;
  readonly quota: QuotaRule | undefined;
  /** By level: the person from whom the cases depart. */
  readonly people: NonNullable<BookText["people"]>;
  readonly cases: readonly RulebookCase[];
  /** SHA-256 of the resolved rules; people and cases do not count. */
  readonly hash: string;
}

/** Rulebooks by id. */
export class RulebookLibrary {
  constructor(readonly books: ReadonlyMap<string, Rulebook>) {}

  get(id: string): Rulebook {
    const book = this.books.get(id);
    if (book) return book;
    const ids = [...this.books.keys()];
    const hint = nearest(id, ids);
    throw new AppError(
      "not-found",
      {
        zh: `没有规则库 ${id}${hint ? `，是否指 ${hint}？` : ""}；现有：${ids.join("、")}`,
        en: `unknown rulebook ${id}${hint ? ` (did you mean ${hint}?)` : ""}; available: ${ids.join(", ")}`,
      },
      { property: "rulebook", value: id, allowed: ids },
    );
  }
}

const message = z.strictObject({ zh: z.string(), en: z.string() });
const citation = z.union([z.string(), z.strictObject({ document: z.string(), clause: z.string() })]);
const dateText = z.string().refine(isDateTemplate, "expected a date such as Y-08-31 or (Y+1)-05");
const levelName = z.enum(targetLevels);
const moduleName = z.enum(modules);

const conditionSchema = z.looseObject({
  id: z.string().optional(),
  label: message.optional(),
  cite: citation.optional(),
  derived: z.boolean().optional(),
  planning: z.enum(["assume", "exclude"]).optional(),
  advisory: z.boolean().optional(),
  trades: z.array(z.string()).min(1).optional(),
  noneMet: moduleName.optional(),
});
const conditionKeys = ["id", "label", "cite", "derived", "planning", "advisory", "trades"];

const pathwaySchema = z.strictObject({
  id: z.string(),
  module: moduleName,
  label: message.optional(),
  door: z.string().optional(),
  omit: z.array(z.string()).optional(),
  waive: z.array(z.string()).optional(),
  relieve: z.array(z.string()).optional(),
  replace: z.record(z.string(), z.string()).optional(),
  add: z.array(z.string()).optional(),
});

const levelSchema = z.strictObject({
  window: z
    .strictObject({ from: dateText, to: dateText, cite: citation.optional(), derived: z.array(z.string()).optional() })
    .optional(),
  cutOff: dateText.optional(),
  conditions: z.array(z.string()).optional(),
  pathways: z.array(z.union([z.string(), pathwaySchema])).optional(),
  selectionExemption: z.string().optional(),
  remarks: z.array(z.string()).optional(),
});

const quotaSchema = z.strictObject({
  level: levelName,
  bands: z.array(
    z.strictObject({ from: z.int().min(1), places: z.int().min(0), alternateYears: z.boolean().optional() }),
  ),
  cite: citation,
});

const bookSchema = z.strictObject({
  id: z.string().regex(/^[a-z-]+-\d{4}$/, "expected name-year, such as nantong-2023"),
  title: message,
  document: z.string(),
  extends: z.string().optional(),
  covers: z.array(levelName).optional(),
  lists: z.record(z.string(), z.array(z.string()).min(1)).optional(),
  conditions: z.record(z.string(), conditionSchema).optional(),
  shared: z.array(z.string()).optional(),
  levels: z.partialRecord(levelName, levelSchema).optional(),
  quota: quotaSchema.optional(),
  people: peopleSchema.optional(),
  cases: z.array(caseSchema).optional(),
});
type BookText = z.infer<typeof bookSchema>;
type LevelText = z.infer<typeof levelSchema>;
type PathwayText = z.infer<typeof pathwaySchema>;
type ConditionText = z.infer<typeof conditionSchema>;

export interface RulebookFile {
  /** For messages. */
  readonly name: string;
  readonly text: string;
}

/** A fault in a rulebook text, with its place. */
export class RulebookError extends AppError {
  constructor(file: string, line: number, columnNumber: number, text: string) {
    const place = `${file}:${line}:${columnNumber}`;
    super(
      "bad-input",
      { zh: `规则库 ${place} 有误：${text}`, en: `${place} ${text}` },
      { file, line, column: columnNumber },
    );
  }
}

interface ParsedBook {
  readonly file: string;
  readonly text: BookText;
  /** Throws with the place of a path in the file. */
  fail(path: readonly (string | number)[], text: string): never;
}

function parseBook({ name, text }: RulebookFile): ParsedBook {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const fault = document.errors[0];
  if (fault) {
    const { line, col } = lines.linePos(fault.pos[0]);
    throw new RulebookError(name, line, col, fault.message);
  }
  const fail = (path: readonly (string | number)[], reason: string): never => {
    for (let depth = path.length; depth >= 0; depth--) {
      const parent = depth === 0 ? document.contents : document.getIn(path.slice(0, depth - 1), true);
      const key = path[depth - 1];
      const pair = isMap(parent) ? parent.items.find((item) => String(item.key) === String(key)) : undefined;
      const node = (pair?.key ?? (depth === 0 ? parent : document.getIn(path.slice(0, depth), true))) as
        | { range?: [number, number, number] | null }
        | undefined;
      if (node?.range) {
        const { line, col } = lines.linePos(node.range[0]);
        throw new RulebookError(name, line, col, reason);
      }
    }
    throw new RulebookError(name, 1, 1, reason);
  };
  const parsed = bookSchema.safeParse(document.toJS());
  if (parsed.success) return { file: name, text: parsed.data, fail };
  const issue = parsed.error.issues[0];
  const path = (issue?.path ?? []).map((one) => (typeof one === "number" ? one : String(one)));
  if (issue?.code === "unrecognized_keys")
    return fail([...path, issue.keys[0] ?? ""], `unknown key "${issue.keys[0]}"`);
  return fail(path, `${path.join(".")}: ${issue?.message}`);
}

/** To be raised when the same text comes to be read otherwise, so that stored decisions are made anew. */
const evaluatorVersion = 1;

// The notices leave these to an authority; a planner never counts on them.
const neverCountedOn = new Set(["relaxation", "first-promotion", "champion", "special-approval"]);

function withAlternativesExcluded(part: TermSpec): TermSpec {
  const excluded: Record<string, unknown> = { ...part };
  for (const name of ["any", "anyUnused"]) {
    const parts = part[name];
    if (Array.isArray(parts)) excluded[name] = parts.map((one: TermSpec) => ({ ...one, planning: "exclude" }));
  }
  return excluded;
}

interface OwnedCondition extends ConditionText {
  readonly owner: ParsedBook;
}

interface MergedBook {
  readonly parsed: ParsedBook;
  readonly conditions: ReadonlyMap<string, OwnedCondition>;
  readonly lists: ReadonlyMap<string, readonly string[]>;
  readonly shared: readonly string[];
  readonly levels: ReadonlyMap<TargetLevel, LevelText & { readonly resolved: readonly PathwayText[] }>;
  readonly quota: { readonly text: z.infer<typeof quotaSchema>; readonly document: string } | undefined;
}

const isOperator = (name: string) => operators.has(name) || name === "noneMet";

function mergeCondition(parent: OwnedCondition | undefined, own: ConditionText, owner: ParsedBook): OwnedCondition {
  if (!parent) return { ...own, owner };
  const replacesOperator = Object.keys(own).some(isOperator);
  const kept = Object.entries(parent).filter(([key]) => !(replacesOperator && isOperator(key)));
  return { ...Object.fromEntries(kept), ...own, owner };
}

function merge(parsed: ParsedBook, parent: MergedBook | undefined): MergedBook {
  const { text, fail } = parsed;
  const conditions = new Map(parent?.conditions);
  for (const [key, own] of Object.entries(text.conditions ?? {})) {
    conditions.set(key, mergeCondition(conditions.get(key), own, parsed));
  }
  const levels: Map<TargetLevel, LevelText & { resolved: readonly PathwayText[] }> = new Map();
  const covered = text.covers ?? [
    ...new Set([...(parent?.levels.keys() ?? []), ...(Object.keys(text.levels ?? {}) as TargetLevel[])]),
  ];
  for (const target of targetLevels.filter((one) => covered.includes(one))) {
    const inherited = parent?.levels.get(target);
    const own = text.levels?.[target];
    const resolved =
      own?.pathways?.map((one, index) => {
        if (typeof one !== "string") return one;
        const found = inherited?.resolved.find(({ id }) => id === one);
        return found ?? fail(["levels", target, "pathways", index], `no inherited pathway "${one}"`);
      }) ?? inherited?.resolved;
    if (!resolved?.length) fail(["levels", target], `level ${target} has no pathways`);
    levels.set(target, { ...inherited, ...own, resolved: resolved ?? [] });
  }
  return {
    parsed,
    conditions,
    lists: new Map([...(parent?.lists ?? []), ...Object.entries(text.lists ?? {})]),
    shared: text.shared ?? parent?.shared ?? [],
    levels,
    quota: text.quota ? { text: text.quota, document: text.document } : parent?.quota,
  };
}

function citationOf(cite: z.infer<typeof citation> | undefined, document: string): Citation | undefined {
  if (cite === undefined) return undefined;
  return typeof cite === "string" ? { document, clause: cite } : cite;
}

/** Checks operator names and texts of a condition, however nested. */
function checkPart(
  part: Readonly<Record<string, unknown>>,
  path: readonly (string | number)[],
  owner: ParsedBook,
): void {
  const names = Object.keys(part).filter((key) => !["id", "planning"].includes(key));
  const name = names[0];
  if (name === undefined) owner.fail(path, "a condition needs an operator");
  if (names.length > 1 && names.every(isOperator))
    owner.fail([...path, names[1] ?? ""], "more than one operator in one condition");
  const stranger = names.find((one) => !operators.has(one));
  if (stranger !== undefined) {
    const hint = nearest(stranger, [...operators.keys()]);
    owner.fail([...path, stranger], `unknown operator "${stranger}"${hint ? ` (did you mean "${hint}"?)` : ""}`);
  }
  const operator = operators.get(name);
  const parsed = operator?.schema.safeParse(part[name]);
  if (parsed && !parsed.success) {
    const issue = parsed.error.issues[0];
    const inner = (issue?.path ?? []).map((one) => (typeof one === "number" ? one : String(one)));
    owner.fail([...path, name, ...inner], `${name}: ${issue?.message}`);
  }
  const nested = part[name];
  if (Array.isArray(nested)) {
    for (const [index, one] of nested.entries()) checkPart(one, [...path, name, index], owner);
  }
  if (name === "evidence") {
    const { of, unless } = nested as { of: Record<string, unknown>; unless: Record<string, unknown> };
    checkPart(of, [...path, name, "of"], owner);
    checkPart(unless, [...path, name, "unless"], owner);
  }
}

function resolve(merged: MergedBook): Rulebook {
  const { parsed, conditions, lists, shared, quota } = merged;
  const { text, fail } = parsed;
  const cache = new Map<string, Condition>();
  const condition = (key: string, path: readonly (string | number)[]): Condition => {
    const cached = cache.get(key);
    if (cached) return cached;
    const found = conditions.get(key);
    if (!found) {
      const hint = nearest(key, [...conditions.keys()]);
      return fail(path, `unknown condition "${key}"${hint ? ` (did you mean "${hint}"?)` : ""}`);
    }
    const { owner } = found;
    const at = ["conditions", key];
    const id = found.id ?? key;
    const cite =
      citationOf(found.cite, owner.text.document) ?? owner.fail(at, `condition "${key}" has no citation (cite)`);
    const operatorPart = Object.fromEntries(
      Object.entries(found).filter(([name]) => !conditionKeys.includes(name) && name !== "owner"),
    );
    if (found.noneMet === undefined) checkPart(operatorPart, at, owner);
    const resolved: Condition = {
      key,
      id,
      label: found.label,
      citation: cite,
      derived: found.derived ?? false,
      inheritedFrom: owner === parsed ? undefined : owner.text.id,
      planning: neverCountedOn.has(id) ? "exclude" : found.planning,
      advisory: found.advisory ?? false,
      trades: found.trades,
      part: id === "exceptional" ? withAlternativesExcluded(operatorPart) : operatorPart,
      noneMet: found.noneMet,
    };
    cache.set(key, resolved);
    return resolved;
  };

  const levels = new Map<TargetLevel, RulebookLevel>();
  for (const [target, level] of merged.levels) {
    const at = ["levels", target];
    const base = [...shared, ...(level.conditions ?? [])].map((key) => condition(key, at));
    const pathways = level.resolved.map((pathway): Pathway => {
      const here = [...at, "pathways"];
      const added = (pathway.add ?? []).map((key) => condition(key, here));
      const has = (list: readonly Condition[], id: string) => list.some((one) => one.id === id);
      for (const id of [...(pathway.omit ?? []), ...Object.keys(pathway.replace ?? {})]) {
        if (!has(base, id))
          fail(here, `pathway "${pathway.id}" omits or replaces "${id}", which the level does not have`);
      }
      for (const id of [...(pathway.waive ?? []), ...(pathway.relieve ?? [])]) {
        if (!has([...base, ...added], id)) fail(here, `pathway "${pathway.id}" waives "${id}", which it does not have`);
      }
      const omitted = new Set(pathway.omit);
      const own = base
        .filter(({ id }) => !omitted.has(id))
        .map((one) => {
          const replacement = pathway.replace?.[one.id];
          return replacement === undefined ? one : condition(replacement, here);
        });
      const door = pathway.door === undefined ? undefined : condition(pathway.door, here);
      return {
        id: pathway.id,
        module: pathway.module,
        label: pathway.label,
        door,
        conditions: [...own, ...added, ...(door ? [door] : [])],
        waived: new Set(pathway.waive),
        relieved: new Set(pathway.relieve),
      };
    });
    const dates = new Map<string, string>();
    if (level.window) {
      dates.set("window.from", level.window.from);
      dates.set("window.to", level.window.to);
    }
    if (level.cutOff !== undefined) dates.set("cutOff", level.cutOff);
    levels.set(target, {
      target,
      dates,
      windowCitation: citationOf(level.window?.cite, text.document),
      windowDerived: level.window?.derived ?? [],
      pathways,
      selectionExemption: level.selectionExemption === undefined ? undefined : condition(level.selectionExemption, at),
      remarks: (level.remarks ?? []).map((key) => condition(key, at)),
    });
  }
  const content = JSON.stringify([
    evaluatorVersion,
    text.id,
    [...conditions].map(([key, { owner: _, ...rest }]) => [key, rest]),
    [...lists],
    shared,
    [...merged.levels],
    quota,
  ]);
  return {
    id: text.id,
    year: Number(text.id.slice(-4)),
    title: text.title,
    document: text.document,
    extends: text.extends,
    lists,
    levels,
    quota: quota && {
      level: quota.text.level,
      bands: [...quota.text.bands]
        .sort((a, b) => b.from - a.from)
        .map((band) => ({ ...band, alternateYears: band.alternateYears ?? false })),
      citation: citationOf(quota.text.cite, quota.document) ?? { document: quota.document, clause: "" },
    },
    people: text.people ?? {},
    cases: text.cases ?? [],
    hash: createHash("sha256").update(content).digest("hex"),
  };
}

/** Parses and resolves a set of rulebook texts. Throws `RulebookError` at the first fault. */
export function buildLibrary(files: readonly RulebookFile[]): RulebookLibrary {
  const parsed = new Map(files.map((file) => [file, parseBook(file)] as const));
  const byId = new Map([...parsed.values()].map((book) => [book.text.id, book]));
  const merged = new Map<string, MergedBook>();
  const mergeById = (book: ParsedBook, waiting: readonly string[]): MergedBook => {
    const { id } = book.text;
    const done = merged.get(id);
    if (done) return done;
    const parentId = book.text.extends;
    const parent = parentId === undefined ? undefined : byId.get(parentId);
    if (parentId !== undefined && !parent) book.fail(["extends"], `unknown rulebook "${parentId}"`);
    if (waiting.includes(id)) book.fail(["extends"], `rulebooks extend each other: ${[...waiting, id].join(" → ")}`);
    const result = merge(book, parent && mergeById(parent, [...waiting, id]));
    merged.set(id, result);
    return result;
  };
  const books = [...byId.values()].map((book) => resolve(mergeById(book, [])));
  return new RulebookLibrary(new Map(books.sort((a, b) => a.id.localeCompare(b.id)).map((book) => [book.id, book])));
}
