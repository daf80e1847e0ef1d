/** What is named badly or for nothing: files unlike their rulebook, pathways without a label, what nothing uses. */
import type { TargetLevel } from "./facts.ts";
import type { MergedBook } from "./merge-book.ts";
import type { ResolvedBook } from "./resolve-book.ts";
import { referredKeys } from "./resolve-level.ts";
import type { SpecFault } from "./spec-fault.ts";
import type { Path } from "./yaml-text.ts";

export function checkNames(books: readonly ResolvedBook[], isComplete: boolean): void {
  for (const resolved of books) {
    checkFileName(resolved);
    checkLabels(resolved);
    // what a fault keeps from being found may be what uses it
    const users = books.filter(({ merged }) => chain(merged).includes(resolved.merged));
    if (isComplete && users.every(({ merged }) => chain(merged).every(({ parsed }) => !parsed.report.hasErrors)))
      checkUse(resolved, users);
  }
}

/** A rulebook and those it extends. */
const chain = (merged: MergedBook): readonly MergedBook[] => [merged, ...(merged.parent ? chain(merged.parent) : [])];

function checkFileName({ merged }: ResolvedBook): void {
  const { report, text } = merged.parsed;
  const name = report.file.replace(/\.ya?ml$/, "");
  if (name === text.id || report.isFaulty(["id"])) return;
  report.add(["id"], {
    name: "fileName",
    message: {
      zh: `文件名 ${report.file} 与规则库编号 ${text.id} 不一致`,
      en: `the file ${report.file} holds rulebook ${text.id}`,
    },
    suggestion: { zh: `请把文件改名为 ${text.id}.yaml`, en: `rename the file to ${text.id}.yaml` },
  });
}

function checkLabels({ merged }: ResolvedBook): void {
  const { report } = merged.parsed;
  for (const { pathways } of merged.levels.values()) {
    for (const { text, path } of pathways) {
      if (!path || text.label || report.isFaulty(path)) continue;
      report.add(path, {
        name: "missingLabel",
        message: { zh: `途径 ${text.id} 没有名称`, en: `pathway "${text.id}" has no label` },
        suggestion: { zh: "请写 label: { zh: 正常申报, en: normal }", en: "write label: { zh: 正常申报, en: normal }" },
      });
    }
  }
}

function checkUse({ merged }: ResolvedBook, users: readonly ResolvedBook[]): void {
  const { report, text } = merged.parsed;
  const used = new Set(
    users.flatMap((user) => [...user.merged.levels.keys()].flatMap((target) => keysIn(user, target))),
  );
  for (const key of Object.keys(text.conditions ?? {}))
    if (!used.has(key)) tell(["conditions", key], unused(key, { zh: "条件", en: "condition" }));
  for (const name of Object.keys(text.lists ?? {}))
    if (!users.some(({ conditions }) => conditions.usedLists.has(name)))
      tell(["lists", name], unused(name, { zh: "列表", en: "list" }));
  for (const target of Object.keys(text.levels ?? {}) as TargetLevel[])
    if (!merged.levels.has(target)) tell(["levels", target], notCovered(target));

  function tell(path: Path, fault: SpecFault): void {
    report.add(path, fault, "key");
  }
}

const keysIn = ({ merged }: ResolvedBook, target: TargetLevel): string[] => [...referredKeys(merged, target)];

const unused = (name: string, what: { zh: string; en: string }): SpecFault => ({
  name: "unused",
  message: { zh: `${what.zh} ${name} 没有用到`, en: `nothing uses ${what.en} "${name}"` },
  suggestion: { zh: "请在等级或途径中引用，或删去", en: "refer to it, or remove it" },
});

const notCovered = (target: TargetLevel): SpecFault => ({
  name: "unused",
  message: { zh: `等级 ${target} 不在 covers 之内`, en: `covers leaves out level ${target}` },
  suggestion: { zh: `请把 ${target} 写进 covers，或删去该等级`, en: `add ${target} to covers, or remove the level` },
});
