/** One pathway of a level: the level's conditions less what it omits, with what it replaces and adds, the door last. */
import type { TargetLevel } from "./facts.ts";
import type { MergedBook, MergedPathway } from "./merge-book.ts";
import { type Found, optionIds } from "./resolve-conditions.ts";
import type { Pathway } from "./rulebook.ts";
import type { PathwayText } from "./rulebook-text.ts";
import { didYouMean, type SpecFault } from "./spec-fault.ts";
import type { Path } from "./yaml-text.ts";

export interface LevelContext {
  readonly merged: MergedBook;
  readonly target: TargetLevel;
  /** The conditions of the level. */
  readonly base: readonly Found[];
  find(key: string, path: Path | undefined): Found;
}

export interface ResolvedPathway {
  readonly pathway: Pathway;
  /** Where the rulebook itself writes it. */
  readonly path: Path | undefined;
  /** A condition had to be left out. */
  readonly isDoubtful: boolean;
}

export function resolvePathway(context: LevelContext, { text, path }: MergedPathway): ResolvedPathway {
  const { base, find } = context;
  const at = (...steps: (string | number)[]): Path | undefined => path && [...path, ...steps];
  const omitted = new Set(text.omit);
  const kept = base
    .filter(({ id }) => id === undefined || !omitted.has(id))
    .map((one) => {
      const key = one.id === undefined ? undefined : text.replace?.[one.id];
      return key === undefined ? one : find(key, at("replace", one.id ?? ""));
    });
  const added = (text.add ?? []).map((key, index) => find(key, at("add", index)));
  const door = text.door === undefined ? undefined : find(text.door, at("door"));
  const all = [...kept, ...added];
  // what a condition that cannot be found would have been called is not known: nothing is said about absent ones then
  const knowsConditions = context.merged.levels.get(context.target)?.knowsConditions;
  const isWhole = all.every(({ id }) => id !== undefined);
  const lacksSome = knowsConditions && isWhole && reportAbsent(context, text, path, all);
  reportTwice(context, text, path, kept, door);
  reportRelief(context, text, path, door);
  const found = door ? [...all, door] : all;
  const conditions = found.map(({ condition }) => condition).filter((one) => one !== undefined);
  return {
    path,
    isDoubtful: conditions.length < found.length || lacksSome === true,
    pathway: {
      id: text.id,
      module: text.module,
      label: text.label,
      door: door?.condition,
      conditions,
      waived: new Set(text.waive),
      relieved: new Set(door?.condition && !door.condition.noneMet ? text.relieve : []),
    },
  };
}

/** Conditions the pathway omits, replaces, waives or relieves and does not have. Gives whether there are any. */
function reportAbsent(
  { merged, target, base }: LevelContext,
  text: PathwayText,
  path: Path | undefined,
  own: readonly Found[],
): boolean {
  const idsOf = (found: readonly Found[]) => [...new Set(found.flatMap(({ id }) => (id === undefined ? [] : [id])))];
  const ofLevel = idsOf(base);
  const ofPathway = idsOf(own);
  const named: readonly (readonly [key: string, ids: readonly string[], known: readonly string[]])[] = [
    ["omit", text.omit ?? [], ofLevel],
    ["replace", Object.keys(text.replace ?? {}), ofLevel],
    ["waive", text.waive ?? [], ofPathway],
    ["relieve", text.relieve ?? [], ofPathway],
  ];
  const { report } = merged.parsed;
  let isAnyAbsent = false;
  for (const [key, ids, known] of named) {
    for (const [index, id] of ids.entries()) {
      if (known.includes(id)) continue;
      isAnyAbsent = true;
      const whole = own.find(({ condition }) => condition && optionIds(condition.part).includes(id));
      if (path)
        report.add([...path, key, key === "replace" ? id : index], absent(text.id, key, id, known, whole?.id), "key");
      else if (!isAbsentInParent(merged, target, id))
        report.add(levelPath(merged, target), lost(text.id, key, id), "key");
    }
  }
  return isAnyAbsent;
}

/** Conditions the pathway adds and has already. */
function reportTwice(
  { merged }: LevelContext,
  text: PathwayText,
  path: Path | undefined,
  kept: readonly Found[],
  door: Found | undefined,
): void {
  if (!path) return;
  const had = new Set([...kept.map(({ condition }) => condition?.key), door?.condition && text.door]);
  for (const [index, key] of (text.add ?? []).entries()) {
    if (had.has(key)) merged.parsed.report.add([...path, "add", index], twice(text.id, key));
    had.add(key);
  }
}

/** An inherited pathway that names what its own rulebook does not have either has been reported on there. */
function isAbsentInParent({ parent }: MergedBook, target: TargetLevel, id: string): boolean {
  if (!parent) return true;
  const keys = [...parent.shared, ...(parent.levels.get(target)?.text.conditions ?? [])];
  const added = parent.levels.get(target)?.pathways.flatMap(({ text }) => text.add ?? []) ?? [];
  return ![...keys, ...added].some((key) => (parent.conditions.get(key)?.text.id ?? key) === id);
}

/** Where the conditions of a level are written. */
function levelPath({ parsed: { text } }: MergedBook, target: TargetLevel): Path {
  const own = text.levels?.[target];
  if (own?.conditions) return ["levels", target, "conditions"];
  return own ? ["levels", target] : text.shared ? ["shared"] : ["extends"];
}

const does: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  omit: ["略去", "omits"],
  replace: ["替换", "replaces"],
  waive: ["免除", "waives"],
  relieve: ["放宽", "relieves"],
};

const twice = (pathway: string, key: string): SpecFault => ({
  name: "duplicateId",
  message: { zh: `途径 ${pathway} 已有条件 ${key}`, en: `pathway "${pathway}" has condition "${key}" already` },
  suggestion: { zh: "请从 add 中删去；door 本身就是途径的条件", en: "remove it from add: a door is a condition, too" },
});

/** `whole`: the condition of which it is an option. */
const absent = (pathway: string, key: string, id: string, known: readonly string[], whole?: string): SpecFault => ({
  name: "absentCondition",
  message: {
    zh: `途径 ${pathway} ${does[key]?.[0]} ${id}，而没有这个条件`,
    en: `pathway "${pathway}" ${does[key]?.[1]} "${id}", which it does not have`,
  },
  suggestion:
    whole === undefined
      ? didYouMean(
          id,
          // "in-service" is not a misspelt "service"
          known.filter((name) => !name.endsWith(`-${id}`) && !name.startsWith(`${id}-`)),
        )
      : {
          zh: `${id} 是条件 ${whole} 里 any 的一项，不能单独${does[key]?.[0]}；请写成自己的条件，两种情形各写一条途径`,
          en: `it is an option of "${whole}": make it a condition of its own, with a pathway for either case`,
        },
});

const lost = (pathway: string, key: string, id: string): SpecFault => ({
  name: "absentCondition",
  message: {
    zh: `所继承的途径 ${pathway} ${does[key]?.[0]} ${id}，而这里没有这个条件`,
    en: `the inherited pathway "${pathway}" ${does[key]?.[1]} "${id}", which is not here`,
  },
  suggestion: {
    zh: `请在条件中补上 ${id}，或重写该途径`,
    en: `add "${id}" to the conditions, or write the pathway anew`,
  },
});

/** What is relieved depends on the door: there must be one, on facts. */
function reportRelief(
  { merged }: LevelContext,
  text: PathwayText,
  path: Path | undefined,
  door: Found | undefined,
): void {
  if (!path || !text.relieve?.length) return;
  if (text.door === undefined) {
    merged.parsed.report.add(
      [...path, "relieve"],
      {
        name: "missingKey",
        message: {
          zh: `途径 ${text.id} 有 relieve 而没有 door`,
          en: `pathway "${text.id}" relieves conditions without a door`,
        },
        suggestion: { zh: "请写 door: 放宽所依据的条件", en: "write door: with the condition the relief rests on" },
      },
      "key",
    );
  } else if (door?.condition?.noneMet) {
    merged.parsed.report.add(
      [...path, "relieve"],
      {
        name: "wrongValue",
        message: {
          zh: `途径 ${text.id} 的 door 不是按信息判断的条件，不能放宽`,
          en: `the door of pathway "${text.id}" is no condition on facts: nothing can rest on it`,
        },
        suggestion: { zh: "请删去 relieve，或换一个 door", en: "remove relieve, or take another door" },
      },
      "key",
    );
  }
}
