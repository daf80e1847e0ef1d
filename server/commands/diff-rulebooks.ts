/** `rulebooks diff`: what two rulebooks ask differently, and how many workers of the roster it concerns. */
import type { Command } from "commander";
import type { Population } from "../eligibility/index.ts";
import { loadLibrary } from "../library.ts";
import { workingDays } from "../reference/working-days.ts";
import { diffRulebooks } from "../rules/diff.ts";
import { type Rulebook, RulebookLibrary } from "../rules/rulebook.ts";
import { command, dataOption, write, yearArgument } from "./command.ts";
import { diffLines } from "./diff-text.ts";

interface DiffOptions {
  readonly json?: boolean;
  readonly rulebooks?: string;
  readonly year?: number;
  readonly population?: boolean;
  readonly data?: string;
}

/** A folder's rulebooks and the product's own, which they may extend. */
const withOwn = (library: RulebookLibrary, own: RulebookLibrary) =>
  new RulebookLibrary(new Map([...own.books, ...library.books]));

export const diffRulebooksCommand = (): Command =>
  command("diff", "比较两个规则库 · what two rulebooks ask differently")
    .argument("<a>", "规则库 · rulebook")
    .argument("<b>", "另一规则库 · the other one")
    .option("--json", "JSON 输出 · print JSON")
    .option("--rulebooks <dir>", "规则库目录 · folder of rulebooks (default: data/rulebooks)")
    .option("--year <year>", "考评年度 · exam year of both (default: each rulebook's own)", yearArgument)
    .option("--population", "统计名册中结论变化的人数 · count the workers whose decision changes")
    .addOption(dataOption())
    .action(async (idA: string, idB: string, _own: unknown, self: Command) => {
      // `--json` and `--rulebooks` are options of `rulebooks` too, which takes them wherever they stand
      const options = self.optsWithGlobals<DiffOptions>();
      const library = withOwn(await loadLibrary(options.rulebooks), await loadLibrary());
      const a = library.get(idA);
      const b = library.get(idB);
      const diff = diffRulebooks(a, b, options.year, workingDays);
      const population = options.population ? await populationOf(a, b, options) : null;
      if (options.json) return write(`${JSON.stringify({ ...diff, population })}\n`);
      await write(`${diffLines(diff, population).join("\n")}\n`);
    });

/** Only this needs the database, and what belongs to it. */
async function populationOf(a: Rulebook, b: Rulebook, options: DiffOptions): Promise<Population> {
  const [{ fullScope }, { comparePopulation }, { examYearOrNewest }, { withStore }] = await Promise.all([
    import("../access/scope.ts"),
    import("../eligibility/index.ts"),
    import("../tables.ts"),
    import("./database.ts"),
  ]);
  return withStore(options, { create: false }, (store) =>
    store.read(async (c) => {
      const examYear = await examYearOrNewest(c, options.year);
      return comparePopulation(c, a, b, { examYear, scope: fullScope });
    }),
  );
}
