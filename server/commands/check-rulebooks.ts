/** `rulebooks check`: whether a folder of rulebooks is sound, and whether every case beside the rules holds on both back ends. */
import type { Command } from "commander";
import type { Message } from "../errors.ts";
import { readRulebooks } from "../library.ts";
import { tradeNames } from "../reference/load.ts";
import { diagnosticsOf } from "../rules/build-library.ts";
import { type CheckedLibrary, checkLibrary, type SoundBook } from "../rules/check.ts";
import { coverageOf } from "../rules/coverage.ts";
import { type Diagnostic, diagnosticLine, faultKinds } from "../rules/diagnostic.ts";
import { command, tell, write } from "./command.ts";
import { coverageTable } from "./coverage-table.ts";

interface CheckOptions {
  readonly json?: boolean;
  readonly rulebooks?: string;
  readonly coverage?: boolean;
}

export const checkRulebooksCommand = (): Command =>
  command("check", "检查规则库并运行其案例 · validate the rulebooks and run their cases")
    .argument("[dir]", "规则库目录 · folder of rulebooks (default: data/rulebooks)")
    .option("--json", "JSON 输出 · print JSON")
    .option("--coverage", "列出案例对每个条件的覆盖 · list what the cases show of every condition")
    .action(async (folder: string | undefined, _own: unknown, self: Command) => {
      // --json and --rulebooks are those of `rulebooks` too, which takes them wherever they stand
      const { json, rulebooks, coverage } = self.optsWithGlobals<CheckOptions>();
      const library = await readRulebooks(folder ?? rulebooks);
      const { runBulkCases } = await import("../eligibility/bulk-cases.ts");
      const checked = checkLibrary(library, await tradeNames());
      const failures = [...checked.failures, ...(await runBulkCases(checked.sound))];
      const diagnostics = diagnosticsOf(library);
      const covered = coverage ? checked.sound.filter(hasSoundCases).map(coverOf) : [];
      process.exitCode = exitCode(diagnostics);
      const summary = summaryOf(checked, diagnostics, failures.length);
      if (json) {
        const { rulebooks, cases } = checked;
        const coverage = covered.flatMap(({ book, rows }) => rows.map((row) => ({ rulebook: book.id, ...row })));
        const report = { diagnostics, rulebooks, cases, failures, ...(covered.length > 0 ? { coverage } : {}) };
        await write(`${JSON.stringify(report)}\n`);
      } else {
        for (const one of diagnostics) await write(`${diagnosticLine(one)}\n`);
        for (const { book, rows } of covered) await write(coverageTable(book, rows));
        if (process.exitCode !== 2) await write(`${summary.zh} · ${summary.en}\n`);
      }
      if (process.exitCode === 2) tell(summary);
    });

/** Coverage takes every case as it is stated. */
const hasSoundCases = ({ resolved: { book, merged }, cases }: SoundBook) =>
  cases.length === book.cases.length && !merged.parsed.report.isFaulty(["people"]);

const coverOf = ({ resolved: { book } }: SoundBook) => ({ book, rows: coverageOf(book) });

const { failedCase, differingCase, missingPerson, ineligiblePerson } = faultKinds;
/** What stands for cases that do not hold. */
const caseCodes: readonly string[] = [failedCase, differingCase, missingPerson, ineligiblePerson].map(
  ({ code }) => code,
);

/** 2: a rulebook is at fault; 1: a case does not hold; 0 otherwise, with warnings too. */
function exitCode(diagnostics: readonly Diagnostic[]): 0 | 1 | 2 {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  if (errors.some(({ code }) => !caseCodes.includes(code))) return 2;
  return errors.length > 0 ? 1 : 0;
}

function summaryOf({ rulebooks, cases }: CheckedLibrary, diagnostics: readonly Diagnostic[], failed: number): Message {
  const of = (severity: Diagnostic["severity"]) =>
    diagnostics.filter((one) => one.severity === severity && !caseCodes.includes(one.code)).length;
  const [errors, warnings] = [of("error"), of("warning")];
  const zh = [
    `规则库 ${rulebooks} 个，案例 ${cases} 个`,
    ...(errors > 0 ? [`错误 ${errors} 处`] : []),
    ...(warnings > 0 ? [`提醒 ${warnings} 处`] : []),
    ...(failed > 0 ? [`未通过 ${failed} 个`] : errors === 0 ? ["全部通过"] : []),
  ];
  const en = [
    `${counted(rulebooks, "rulebook")}, ${counted(cases, "case")}`,
    ...(errors > 0 ? [counted(errors, "error")] : []),
    ...(warnings > 0 ? [counted(warnings, "warning")] : []),
    ...(failed > 0 ? [`${failed} failed`] : errors === 0 ? ["all hold"] : []),
  ];
  return { zh: zh.join("，"), en: en.join(", ") };
}

const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? "" : "s"}`;
