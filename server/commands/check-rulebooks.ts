/** `rulebooks check`: whether a folder of rulebooks can be read, and whether every case beside the rules holds. */
import type { Command } from "commander";
import { AppError } from "../errors.ts";
import { loadLibrary, type Rulebook, type RulebookLibrary } from "../library.ts";
import type { RulebookCase } from "../rules/case-schema.ts";
import { checkCase } from "../rules/cases.ts";
import { FactsError } from "../rules/parse-facts.ts";
import { command, write } from "./command.ts";

interface CheckOptions {
  readonly json?: boolean;
  readonly rulebooks?: string;
}

/** A case that does not hold. */
interface Failure {
  readonly rulebook: string;
  readonly level: string;
  readonly case: string;
  readonly differences: readonly string[];
}

export const checkRulebooksCommand = (): Command =>
  command("check", "检查规则库并运行其案例 · validate the rulebooks and run their cases")
    .argument("[dir]", "规则库目录 · folder of rulebooks (default: data/rulebooks)")
    .option("--json", "JSON 输出 · print JSON")
    .action(async (folder: string | undefined, _own: unknown, self: Command) => {
      // both options are those of `rulebooks` too, which takes them wherever they stand
      const { json, rulebooks } = self.optsWithGlobals<CheckOptions>();
      const library = await readLibrary(folder ?? rulebooks, json === true);
      if (library) await runCases(library, json === true);
    });

/** Undefined, after the fault has been told with its place, when a file is no rulebook. */
async function readLibrary(folder: string | undefined, json: boolean): Promise<RulebookLibrary | undefined> {
  try {
    return await loadLibrary(folder, { cases: true });
  } catch (error) {
    if (!(error instanceof AppError) || error.details.file === undefined) throw error;
    const { file, line, column } = error.details;
    const place = `${file}:${line}:${column}`;
    const reason = error.text.en.replace(`${place} `, "");
    process.stderr.write(`${place} 规则库有误 · ${reason.replace(/\s*\n\s*/g, " ")}\n`);
    if (json) await write(`${JSON.stringify({ faults: [{ file, line, column, message: error.text }] })}\n`);
    process.exitCode = 2;
    return undefined;
  }
}

function differencesOf(book: Rulebook, one: RulebookCase): readonly string[] {
  try {
    return checkCase(book, one);
  } catch (error) {
    // a case may state facts that there cannot be
    if (!(error instanceof FactsError)) throw error;
    return [`${error.text.zh} · ${error.text.en}`];
  }
}

async function runCases(library: RulebookLibrary, json: boolean): Promise<void> {
  const books = [...library.books.values()];
  const cases = books.reduce((sum, book) => sum + book.cases.length, 0);
  const failures = books.flatMap((book) =>
    book.cases.flatMap((one): Failure[] => {
      const differences = differencesOf(book, one);
      return differences.length === 0 ? [] : [{ rulebook: book.id, level: one.level, case: one.name, differences }];
    }),
  );
  if (failures.length > 0) process.exitCode = 1;
  if (json) return write(`${JSON.stringify({ faults: [], rulebooks: books.length, cases, failures })}\n`);
  for (const { rulebook, level, case: name, differences } of failures)
    await write(`${rulebook} ${level} ${name}: ${differences.join("; ")}\n`);
  const failed = failures.length;
  await write(
    `规则库 ${books.length} 个，案例 ${cases} 个，${failed === 0 ? "全部通过" : `未通过 ${failed} 个`}` +
      ` · ${books.length} rulebooks, ${cases} cases, ${failed === 0 ? "all hold" : `${failed} failed`}\n`,
  );
}
