/** One level of a merged rulebook: its dates, and which conditions each pathway has. */
import { citationOf } from "./citation-text.ts";
import type { TargetLevel } from "./facts.ts";
import { levelFaults } from "./level-faults.ts";
import type { MergedBook } from "./merge-book.ts";
import type { ConditionResolver, Found } from "./resolve-conditions.ts";
import { type LevelContext, resolvePathway } from "./resolve-pathway.ts";
import type { Condition, RulebookLevel } from "./rulebook.ts";
import type { SpecFault } from "./spec-fault.ts";
import { namedDates } from "./term.ts";
import type { Path } from "./yaml-text.ts";

export interface ResolvedLevel {
  readonly level: RulebookLevel;
  /** Ids of pathways that had to be left out, or of which a condition had to be. */
  readonly doubtful: ReadonlySet<string>;
}

/** The level with what can be relied on; the rest is reported and left out. */
export function resolveLevel(merged: MergedBook, target: TargetLevel, conditions: ConditionResolver): ResolvedLevel {
  const level = merged.levels.get(target);
  if (!level) throw new Error(`no level ${target}`);
  const { text } = level;
  const { text: book, report } = merged.parsed;
  const own = book.levels?.[target];
  const at: Path = ["levels", target];
  const dates = new Map<string, string>();
  if (text.window) dates.set("window.from", text.window.from).set("window.to", text.window.to);
  if (text.cutOff !== undefined) dates.set("cutOff", text.cutOff);

  /** A condition only while the level has the dates it names. */
  const find = (key: string, path: Path | undefined): Found => {
    const found = conditions.find(key, path);
    const lacking = found.condition && datesIn(found.condition.part).find((name) => !dates.has(name));
    if (lacking === undefined) return found;
    reportMissingDate(merged, target, key, lacking);
    return { id: found.id, condition: undefined };
  };
  const findAll = (keys: readonly string[] | undefined, path: Path | undefined) =>
    (keys ?? []).map((key, index) => find(key, path && [...path, index]));
  /** Outside pathways a condition on pathways has no meaning. */
  const alone = (key: string, path: Path | undefined): Condition | undefined => {
    const { condition } = find(key, path);
    if (!condition?.noneMet) return condition;
    if (path) report.add(path, noneMetAlone(key));
    return undefined;
  };

  const base = [
    ...findAll(merged.shared, book.shared && ["shared"]),
    ...findAll(text.conditions, own?.conditions && [...at, "conditions"]),
  ];
  const context: LevelContext = { merged, target, base, find };
  reportRepeated(context, own?.conditions !== undefined);
  const resolved = level.pathways.map((one) => resolvePathway(context, one));
  const faulty = levelFaults(merged, target, resolved);
  const { selectionExemption } = text;
  return {
    level: {
      target,
      dates,
      windowCitation: text.window?.cite === undefined ? undefined : citationOf(text.window.cite, level.windowDocument),
      windowDerived: text.window?.derived ?? [],
      pathways: resolved.filter((one) => !faulty.has(one)).map(({ pathway }) => pathway),
      selectionExemption:
        selectionExemption === undefined
          ? undefined
          : alone(
              selectionExemption,
              own?.selectionExemption === undefined ? undefined : [...at, "selectionExemption"],
            ),
      remarks: (text.remarks ?? [])
        .map((key, index) => alone(key, own?.remarks && [...at, "remarks", index]))
        .filter((one) => one !== undefined),
    },
    doubtful: new Set(resolved.filter((one) => one.isDoubtful || faulty.has(one)).map(({ pathway }) => pathway.id)),
  };
}

/** Named dates a condition uses, however nested. */
function datesIn(part: unknown): string[] {
  if (typeof part === "string") return namedDates.includes(part) ? [part] : [];
  return typeof part === "object" && part !== null ? Object.values(part).flatMap(datesIn) : [];
}

/** Every condition a level refers to. */
export function referredKeys({ shared, levels }: MergedBook, target: TargetLevel): Set<string> {
  const level = levels.get(target);
  if (!level) return new Set();
  const { conditions, remarks, selectionExemption } = level.text;
  const ofPathways = level.pathways.flatMap(({ text: { add, replace, door } }) => [
    ...(add ?? []),
    ...Object.values(replace ?? {}),
    ...(door === undefined ? [] : [door]),
  ]);
  const single = selectionExemption === undefined ? [] : [selectionExemption];
  return new Set([...shared, ...(conditions ?? []), ...ofPathways, ...(remarks ?? []), ...single]);
}

/** Told once a level and kind of date, and not where the parent lacks it as well. */
function reportMissingDate(merged: MergedBook, target: TargetLevel, key: string, date: string): void {
  const { parsed, parent, levels } = merged;
  const { report, text } = parsed;
  if (levels.get(target)?.isWhole === false) return;
  const inherited = parent?.levels.get(target);
  const kind = date === "cutOff" ? "cutOff" : "window";
  const isInherited =
    parent && inherited && inherited.text[kind] === undefined && referredKeys(parent, target).has(key);
  if (isInherited && text.conditions?.[key] === undefined) return;
  const path: Path = text.levels?.[target] ? ["levels", target] : ["conditions", key];
  report.add([...path, kind], missingDate(target, key, date), "key");
}

const missingDate = (target: TargetLevel, key: string, date: string): SpecFault => ({
  name: "missingDate",
  message: {
    zh: `条件 ${key} 用到 ${date}，而等级 ${target} 没有写`,
    en: `condition "${key}" uses ${date}, which level ${target} does not have`,
  },
  suggestion:
    date === "cutOff"
      ? { zh: "请为该等级写 cutOff: Y-12", en: "give the level a cutOff: Y-12" }
      : {
          zh: "请为该等级写 window: { from: Y-08-01, to: Y-08-31 }",
          en: "give the level a window: { from: Y-08-01, to: Y-08-31 }",
        },
});

const noneMetAlone = (key: string): SpecFault => ({
  name: "wrongValue",
  message: {
    zh: `条件 ${key}（noneMet）只能用在途径中`,
    en: `condition "${key}" (noneMet) has a meaning in pathways only`,
  },
  suggestion: { zh: "请改用按信息判断的条件", en: "use a condition on facts here" },
});

/** The same id twice among the conditions of the level. */
function reportRepeated({ merged, target, base }: LevelContext, isOwn: boolean): void {
  const { report, text } = merged.parsed;
  if (!isOwn && !text.shared) return;
  const shared = merged.shared.length;
  for (const [index, { id }] of base.entries()) {
    if (id === undefined || base.findIndex((one) => one.id === id) === index) continue;
    const path: Path = index < shared ? ["shared", index] : ["levels", target, "conditions", index - shared];
    report.add(path, {
      name: "duplicateId",
      message: { zh: `等级 ${target} 的条件 ${id} 重复`, en: `level ${target} has condition "${id}" twice` },
      suggestion: { zh: "请删去一个，或为其一另写 id", en: "remove one, or give it another id" },
    });
  }
}
