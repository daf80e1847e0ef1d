/** Names a case expects: pathways, conditions, modules, remarks and facts must be there to be expected. */
import type { RulebookCase } from "./case-schema.ts";
import { facts } from "./facts.ts";
import type { ResolvedBook } from "./resolve-book.ts";
import { modules, type RulebookLevel } from "./rulebook.ts";
import { didYouMean, type SpecFault } from "./spec-fault.ts";
import type { Path } from "./yaml-text.ts";

const factNames = facts.map(({ name }) => name);

interface KnownNames {
  readonly pathways: ReadonlyMap<string, readonly string[]>;
  readonly conditions: readonly string[];
  readonly remarks: readonly string[];
}

const known = new WeakMap<RulebookLevel, KnownNames>();

function namesOf(level: RulebookLevel): KnownNames {
  const done = known.get(level);
  if (done) return done;
  const pathways = new Map(level.pathways.map(({ id, conditions }) => [id, conditions.map((one) => one.id)]));
  const made = {
    pathways,
    conditions: [...new Set([...pathways.values()].flat())],
    remarks: level.remarks.map(({ id }) => id),
  };
  known.set(level, made);
  return made;
}

/** Levels with something at fault are passed over: what is expected may be what is missing. */
export function reportExpectedNames({ book, merged, doubtful }: ResolvedBook, stated: RulebookCase, at: Path): void {
  const { report } = merged.parsed;
  const level = book.levels.get(stated.level);
  if (!level || doubtful.get(stated.level)?.size !== 0 || merged.levels.get(stated.level)?.isWhole === false) return;
  const { pathways, conditions, remarks } = namesOf(level);
  const check = (name: string, among: readonly string[], path: Path, what: SpecFault["message"]) => {
    if (!among.includes(name)) report.add([...at, "expect", ...path], unknownName(name, among, what), "key");
  };
  const checkAll = (key: keyof RulebookCase["expect"], among: readonly string[], what: SpecFault["message"]) => {
    const names = stated.expect[key];
    if (!Array.isArray(names)) return;
    // `condition.alternative` names the alternative of a condition
    for (const [index, name] of names.entries())
      check(key === "assumed" ? before(name, ".") : name, among, [key, index], what);
  };
  checkAll("modules", modules, { zh: "申报类别", en: "module" });
  checkAll("blocking", conditions, words.condition);
  checkAll("assumed", conditions, words.condition);
  checkAll("missing", factNames, { zh: "信息", en: "fact" });
  checkAll("remarks", remarks, { zh: "备注", en: "remark" });
  const checkPathway = (id: string, path: Path) => check(id, [...pathways.keys()], path, words.pathway);
  for (const id of Object.keys(stated.expect.pathways ?? {})) checkPathway(id, ["pathways", id]);
  for (const [id, outcomes] of Object.entries(stated.expect.conditions ?? {})) {
    checkPathway(id, ["conditions", id]);
    const own = pathways.get(id);
    for (const [name, outcome] of Object.entries(own ? outcomes : {})) {
      // null says that the condition is not listed
      if (outcome !== null) check(name, own ?? [], ["conditions", id, name], words.condition);
    }
  }
}

const before = (text: string, mark: string) => text.split(mark, 1)[0] ?? text;

const words = {
  condition: { zh: "条件", en: "condition" },
  pathway: { zh: "途径", en: "pathway" },
} as const;

const unknownName = (name: string, known: readonly string[], what: SpecFault["message"]): SpecFault => ({
  name: "unknownExpectation",
  message: { zh: `这里没有${what.zh} ${name}`, en: `there is no ${what.en} "${name}" here` },
  suggestion: didYouMean(name, known),
});
