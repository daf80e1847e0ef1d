/**
 * A province the program has never heard of, written from the authoring guide alone: its rulebook is sound, decides alike in both
 * back ends, and serves its districts once the tables of the office name them, with no line of the program knowing of it.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { appendFile, cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadLibrary } from "../../server/library.ts";
import { bindLevel } from "../../server/rules/bind.ts";
import { caseFacts } from "../../server/rules/cases.ts";
import { possibleOutcomes } from "../../server/rules/coverage.ts";
import { evaluate } from "../../server/rules/evaluate.ts";
import { outcomeName } from "../../server/rules/kleene.ts";
import { parseFacts } from "../../server/rules/parse-facts.ts";
import { checkQuotaCases } from "../../server/rules/quota.ts";
import { openStore, type Store } from "../../server/store/index.ts";
import { lines, run } from "../commands/run.ts";
import { agree } from "./agree.ts";
import { LevelPeople, randomNumbers } from "./people.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const rulebooks = join(root, "test", "rulebooks");
const library = await loadLibrary(rulebooks, { cases: true });
const [book] = library.books.values();
if (!book) throw new Error("no rulebook");
const levels = [...book.levels.keys()];
const peoplePerLevel = 2_000;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "gongkao-seventh-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it("stands alone in its folder", () => {
  expect(library.books.size).toBe(1);
  expect(levels).toEqual(["intermediate", "senior", "technician"]);
});

describe("rulebooks check", () => {
  it("finds nothing, and the cases show all there is to show", async () => {
    const { code, out, errors } = await run(["rulebooks", "check", rulebooks, "--coverage", "--json"]);
    expect({ code, errors }).toEqual({ code: 0, errors: [] });
    const { diagnostics, failures, coverage, cases } = JSON.parse(out) as {
      diagnostics: unknown[];
      failures: unknown[];
      coverage: { level: string; possible: string[]; gaps: string[] }[];
      cases: number;
    };
    expect({ diagnostics, failures }).toEqual({ diagnostics: [], failures: [] });
    expect(cases).toBe(book.cases.length + book.quotaCases.length);
    expect(coverage.length).toBeGreaterThan(20);
    for (const row of coverage) {
      expect(row).toMatchObject({ possible: ["met", "unmet", "unknown", "decides"], gaps: [] });
    }
  });

  it.each(levels)("%s has eight cases or more", (level) => {
    expect(book.cases.filter((one) => one.level === level).length).toBeGreaterThanOrEqual(8);
  });

  it("every condition has its clause in the notice", () => {
    const notice = "云人社发〔2026〕1号";
    const conditions = levels.flatMap((level) => bindLevel(book, level).conditions.map(({ condition }) => condition));
    for (const { citation } of conditions) {
      expect(citation).toEqual({ document: notice, clause: expect.stringMatching(/^[一二三四五六](\([一二三]\))?$/) });
    }
  });
});

describe("both back ends agree", () => {
  let store: Store;
  beforeAll(async () => {
    store = await openStore(join(folder, "agreement"));
  });
  afterAll(() => store.close());

  it.each(levels)("%s: on its cases", async (level) => {
    const people = book.cases.filter((one) => one.level === level).map((one) => caseFacts(book, one));
    const found = await agree(store, book, level, book.year, people, { readBack: true });
    expect(found).toMatchObject({ people: people.length, differing: 0, differences: [] });
  });

  it.each(levels)("%s: on random people, who come out every way they can", async (level) => {
    const bound = bindLevel(book, level);
    const base = parseFacts(book.people[level] ?? {});
    const people = new LevelPeople(randomNumbers(book.year + levels.indexOf(level)), bound, base).take(peoplePerLevel);
    const found = await agree(store, book, level, book.year, people);
    expect(found).toMatchObject({ people: peoplePerLevel, differing: 0, differences: [] });
    const ways = bound.pathways.flatMap(({ id }) => ["met", "unmet", "unknown"].map((outcome) => `${id} ${outcome}`));
    expect([...found.pathways].sort()).toEqual(ways.sort());
    const missed = bound.conditions.flatMap((item) =>
      [...possibleOutcomes(item, [{}, base])]
        .filter((outcome) => !found.conditions.has(`${item.bit} ${outcomeName(outcome)}`))
        .map((outcome) => `${item.condition.key} ${outcomeName(outcome)}`),
    );
    expect(missed).toEqual([]);
  });
});

describe("the sentence of the notice, person by person", () => {
  const person = {
    sex: "male",
    birthDate: "1988-05-06",
    onPost: true,
    trade: "园林绿化工",
    professionalTitle: "none",
    appraisals: { 2024: "qualified", 2025: "qualified" },
  };
  // ten years of service are full from 1 January 2017 on, five of the certificate from 1 January 2022 on
  const telling = [
    {
      what: "ten years and the lower certificate, got last month",
      facts: { level: "intermediate", workStartedOn: "2017-01-01", levelObtainedOn: "2025-12-20" },
      expected: { decision: "eligible", blocking: [], modules: ["normal"] },
    },
    {
      what: "thirty years, but two levels below",
      facts: { level: "junior", workStartedOn: "1996-08-01", levelObtainedOn: "2010-08-01" },
      expected: { decision: "ineligible", blocking: ["level"], modules: [] },
    },
    {
      what: "six years, the certificate for five",
      facts: { level: "intermediate", workStartedOn: "2020-07-01", levelObtainedOn: "2022-01-01" },
      expected: { decision: "eligible", blocking: [], modules: ["normal"] },
    },
    {
      what: "a day short of both",
      facts: { level: "intermediate", workStartedOn: "2017-01-02", levelObtainedOn: "2022-01-02" },
      expected: { decision: "ineligible", blocking: ["service"], modules: [] },
    },
    {
      what: "short of both, with a title of the second class",
      facts: {
        level: "intermediate",
        workStartedOn: "2023-07-01",
        levelObtainedOn: "2025-12-20",
        professionalTitle: "intermediate",
      },
      expected: { decision: "eligible", blocking: [], modules: ["exceptional"] },
    },
    {
      what: "the title waives service, nothing else",
      facts: {
        level: "intermediate",
        workStartedOn: "2023-07-01",
        levelObtainedOn: "2025-12-20",
        professionalTitle: "senior",
        fraudRecordedOn: "2024-03-02",
      },
      expected: { decision: "ineligible", blocking: ["fraud-ban"], modules: [] },
    },
    {
      what: "started work in some year of which the last day is too late, the first not",
      facts: { level: "intermediate", workStartedOn: "2017", levelObtainedOn: "2025-12-20" },
      expected: { decision: "undetermined", blocking: [], modules: [] },
    },
  ] as const;

  it("is decided so by the program on its own", async () => {
    const input = telling.map(({ facts }) => JSON.stringify({ ...person, ...facts })).join("\n");
    const asked = ["evaluate", "--rulebooks", rulebooks, "--rulebook", book.id, "--level", "senior", "--facts", "-"];
    const { code, out, errors } = await run(asked, input);
    expect({ code, errors }).toEqual({ code: 0, errors: [] });
    const found = lines(out).map(({ decision, blocking, modules }, index) => ({
      what: telling[index]?.what,
      decision,
      blocking,
      modules,
    }));
    expect(found).toEqual(telling.map(({ what, expected }) => ({ what, ...expected })));
  });

  it("is told in detail with the rulebook's own names of the pathways", () => {
    const { pathways } = evaluate(book, "senior", undefined, {}, { detail: true });
    expect(pathways.map(({ label }) => label?.zh)).toEqual(["按工作年限", "按持证年限", "二类职称免工作年限"]);
  });
});

/** Every file of a folder, however deep. */
async function filesOf(path: string): Promise<string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

it("no file of the program or of the pages names it", async () => {
  const files = (await Promise.all(["server", "web", "queries"].map((name) => filesOf(join(root, name))))).flat();
  expect(files.filter((file) => file.endsWith(".ts")).length).toBeGreaterThan(100);
  const texts = await Promise.all(files.map(async (file) => ({ file, text: await readFile(file, "utf8") })));
  const [name = ""] = book.id.split("-");
  const naming = texts.filter(({ text }) => text.includes(name) || text.includes(book.document));
  expect(naming.map(({ file }) => file)).toEqual([]);
});

/** The program put up elsewhere: its code as it is, and data of its own that an office would write. */
describe("served by tables the office edits", () => {
  let home: string;
  let data: string;

  /** As test/commands/run.ts does, with the program put up here. */
  const here = (args: readonly string[]): Promise<{ code: number | null; out: string; errors: string }> =>
    new Promise((done, fail) => {
      const child: ChildProcess = spawn(process.execPath, [join(home, "server", "gongkao.cjs"), ...args]);
      let out = "";
      let errors = "";
      child.stdout?.setEncoding("utf8").on("data", (text: string) => {
        out += text;
      });
      child.stderr?.setEncoding("utf8").on("data", (text: string) => {
        errors += text;
      });
      child.on("error", fail);
      child.on("close", (code) => done({ code, out, errors }));
    });

  const table = async (name: string, ...options: string[]): Promise<Record<string, unknown>[]> => {
    const { code, out, errors } = await here([name, "--data", data, "--year", "2026", ...options]);
    expect({ code, errors }).toEqual({ code: 0, errors: "" });
    return JSON.parse(out);
  };

  beforeAll(async () => {
    home = join(folder, "home");
    data = join(folder, "data");
    for (const name of ["server", "queries", "package.json", "data/reference", "data/rulebooks"])
      await cp(join(root, name), join(home, name), { recursive: true });
    await symlink(join(root, "node_modules"), join(home, "node_modules"), "junction");
    await cp(join(rulebooks, `${book.id}.yaml`), join(home, "data", "rulebooks", `${book.id}.yaml`));
    const reference = join(home, "data", "reference");
    const add = (name: string, rows: readonly string[]) =>
      appendFile(join(reference, `${name}.csv`), `${rows.join("\n")}\n`);
    await add("jurisdictions", [`980000,intermediate senior technician,2026,${book.id}`]);
    await add("districts", [
      "980000,云岭省,,province,false,,",
      "980100,青川市,980000,city,false,,",
      "980102,临江区,980100,district,false,,",
      "980103,茶山县,980100,district,false,,",
    ]);
    await add("trades", ["茶园工,农业,false,true", "水利闸门运行工,水利,false,true"]);

    const rows: string[] = [];
    const people = (count: number, place: string, level: string, { trade = "电工", onPost = "是" } = {}) => {
      for (let n = 0; n < count; n++)
        rows.push(
          `2025,Y${rows.length},李四,女,1985-03-02,${place},${onPost},${trade},${level},2018-12-01,2012-07-01,合格,合格`,
        );
    };
    // 25 posts in two trades and nobody at the level
    people(20, "茶山县,茶场", "中级工", { trade: "茶园工" });
    people(5, "茶山县,茶场", "中级工");
    // 25 posts of which two are held; those off post have no post
    people(23, "临江区,水闸所", "中级工", { trade: "水利闸门运行工" });
    people(2, "临江区,水闸所", "高级工");
    people(4, "临江区,水闸所", "高级工", { onPost: "否" });
    // too few for one
    people(8, "临江区,茶馆", "初级工");
    // a district under a notice with bands
    people(3, "崇川区,小学", "技师");
    const heading =
      "年度,人员编号,姓名,性别,出生日期,地区,单位名称,在岗,工种,现技术等级,取得现等级时间,参加工作时间,2024年度考核,2025年度考核";
    const roster = join(folder, "workers.csv");
    await mkdir(data);
    await writeFile(roster, [heading, ...rows, ""].join("\n"));
    expect(await here(["init", "--data", data])).toMatchObject({ code: 0 });
    const imported = await here(["import", roster, "--kind", "workers", "--data", data, "--json"]);
    expect(imported.errors).toBe("");
    expect(JSON.parse(imported.out)).toMatchObject({ rowsLoaded: rows.length, rowsRejected: 0 });
  });

  it("the cases beside the quota hold, 0.12 of 25 being 3", () => {
    expect(book.quotaCases).toContainEqual(expect.objectContaining({ posts: 25, holders: 0, places: 3 }));
    expect(checkQuotaCases(book)).toEqual([]);
  });

  it("every unit has its places, over all trades", async () => {
    const rows = await table("quota", "--level", "senior", "--by", "unit,trade");
    const at = (unit: string) => rows.filter((row) => row.unit === unit);
    expect(at("茶场")).toMatchObject([
      { trade: "全部工种", posts: 25, holders: 0, technicians: 25, quota: 3, left: 3 },
    ]);
    expect(at("水闸所")).toMatchObject([
      { trade: "全部工种", posts: 25, holders: 2, technicians: 23, quota: 1, left: 1 },
    ]);
    expect(at("茶馆")).toMatchObject([{ trade: "全部工种", posts: 8, holders: 0, technicians: 0, quota: 0, left: 0 }]);
    expect(at("小学")).toEqual([]);
  });

  it("the districts sum their units, and other notices keep theirs", async () => {
    expect(await table("quota", "--level", "senior", "--by", "district", "--district", "980000")).toMatchObject([
      { district: "980102", districtName: "临江区", posts: 33, holders: 2, quota: 1 },
      { district: "980103", districtName: "茶山县", posts: 25, holders: 0, quota: 3 },
    ]);
    expect(await table("quota", "--level", "seniorTechnician", "--district", "320000")).toMatchObject([
      { technicians: 3, posts: null, holders: null },
    ]);
  });

  it("decides the people of its districts", async () => {
    const rows = await table("eligibility", "--by", "level", "--district", "980000");
    const counted = rows.map(({ targetLevel, eligible, normal, undetermined }) => [
      targetLevel,
      eligible,
      normal,
      undetermined,
    ]);
    expect(counted).toEqual([
      ["intermediate", 8, 8, 0],
      ["senior", 48, 48, 0],
      // any lower certificate of five years will do; the papers are handed in with the application
      ["technician", 0, 0, 58],
    ]);
  });
});
