import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { generateDemonstration } from "../../server/demo/generate.ts";
import { jurisdiction } from "../../server/eligibility/jurisdiction.ts";
import { loadLibrary, type RulebookLibrary } from "../../server/library.ts";
import { type EvaluationResult, evaluate } from "../../server/rules/evaluate.ts";
import { facts, gradeValues, levelValues, type TargetLevel } from "../../server/rules/facts.ts";
import { type Facts, parseFacts } from "../../server/rules/parse-facts.ts";

type Row = Readonly<Record<string, string>>;

const byHeading = new Map(facts.flatMap((fact) => [fact.name, ...fact.headings].map((heading) => [heading, fact])));

const truth = (text: string): boolean => text === "是" || text === "合格";

/** A roster row as facts, by the catalogue alone: what the office knows on 31 December. */
function factsOf(row: Row): Facts {
  const found: Record<string, unknown> = { appraisals: {}, continuingEducation: {} };
  const appraisals: Record<string, string> = {};
  const training: Record<string, boolean> = {};
  for (const [heading, text] of Object.entries(row)) {
    if (text === "") continue;
    const year = heading.slice(0, 4);
    if (heading.endsWith("年度考核")) {
      appraisals[year] = gradeValues.find(({ zh }) => zh.includes(text))?.code ?? text;
      continue;
    }
    if (heading.endsWith("年继续教育")) {
      training[year] = truth(text);
      continue;
    }
    const fact = byHeading.get(heading);
    if (!fact) continue;
    switch (fact.type.kind) {
      case "enum":
        found[fact.name] = fact.type.values.find(({ zh }) => zh.includes(text))?.code ?? text;
        break;
      case "boolean":
        found[fact.name] = truth(text);
        break;
      case "integer":
        found[fact.name] = Number(text);
        break;
      case "string":
      case "date":
        found[fact.name] = text;
        break;
      default:
        found[fact.name] = JSON.parse(text);
    }
  }
  return parseFacts({ ...found, appraisals, continuingEducation: training });
}

describe("promotions of the demonstration", () => {
  let library: RulebookLibrary;
  let folder = "";
  const people = new Map<string, Row>();
  const applications: Row[] = [];
  const read = async (name: string): Promise<Row[]> =>
    parse(await readFile(join(folder, `演示数据-${name}.csv`)), { columns: true, bom: true });

  const decide = (row: Row): EvaluationResult | undefined => {
    const level = levelValues.find(({ zh }) => zh.includes(row.申报等级 ?? ""))?.code as TargetLevel;
    const year = Number(row.考评年度);
    const person = people.get(`${year - 1} ${row.人员编号}`);
    const ruling = jurisdiction(library, row.地区 ?? "", level, year);
    if (!ruling || !person) return undefined;
    return evaluate(ruling.rulebook, level, year, factsOf(person));
  };

  beforeAll(async () => {
    library = await loadLibrary();
    folder = await mkdtemp(join(tmpdir(), "gongkao-demo-"));
    await generateDemonstration({ seed: 11, workers: 6000, outDir: folder });
    for (let year = 2016; year <= 2023; year++) {
      for (const row of await read(`人员名册-${year}`)) people.set(`${year} ${row.人员编号}`, row);
      applications.push(...(await read(`申报与考评名册-${year + 1}`)));
    }
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  const promoted = (module: string) => applications.filter((row) => row.申报类别 === module && row.结果 === "合格");

  it.each(["正常", "提前一年"])("by %s: nobody was ineligible on the roster of the year before", (module) => {
    const wrong: string[] = [];
    let decided = 0;
    for (const row of promoted(module)) {
      const result = decide(row);
      if (!result) continue;
      decided++;
      if (result.decision === "ineligible") {
        wrong.push(`${result.rulebook} ${row.考评年度} ${row.人员编号} ${row.申报等级}: ${result.blocking.join(", ")}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(decided).toBeGreaterThan(module === "正常" ? 1500 : 20);
  });

  it.each(["破格", "转岗", "复核", "直接确认"])("by %s: the pathway of that module was not unmet", (module) => {
    const wrong: string[] = [];
    for (const row of promoted(module)) {
      const result = decide(row);
      const modules = { 破格: "exceptional", 转岗: "transfer", 复核: "reverification", 直接确认: "direct" };
      const pathways = result?.pathways.filter((one) => one.module === modules[module as keyof typeof modules]) ?? [];
      if (result && !pathways.some(({ outcome }) => outcome !== "unmet")) {
        wrong.push(
          `${result.rulebook} ${row.考评年度} ${row.人员编号} ${row.申报等级}: ${pathways.flatMap(({ conditions }) => conditions.filter(({ outcome }) => outcome === "unmet").map(({ id }) => id)).join(", ")}`,
        );
      }
    }
    expect(wrong).toEqual([]);
  });

  it("comes forward mostly as the rules allow, with a few who were refused", () => {
    const refused = applications.filter((row) => row.单位审核 === "不合格" || row.工考部门复核 === "不合格");
    expect(refused.length).toBeGreaterThan(50);
    expect(refused.length).toBeLessThan(applications.length * 0.08);
  });
});
