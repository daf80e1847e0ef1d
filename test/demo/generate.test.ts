import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { generateDemonstration } from "../../server/demo/generate.ts";
import { checkDigit } from "../../server/demo/identity.ts";

type Row = Readonly<Record<string, string>>;
const levels = ["无", "初级工", "中级工", "高级工", "技师", "高级技师"];
const folders: string[] = [];

async function generate(seed: number, workers: number): Promise<string> {
  const outDir = await mkdtemp(join(tmpdir(), "gongkao-demo-"));
  folders.push(outDir);
  await generateDemonstration({ seed, workers, outDir });
  return outDir;
}

async function digest(folder: string): Promise<string> {
  const hash = createHash("sha256");
  for (const name of (await readdir(folder)).sort()) hash.update(name).update(await readFile(join(folder, name)));
  return hash.digest("hex");
}

const read = async (folder: string, name: string): Promise<Row[]> =>
  parse(await readFile(join(folder, `演示数据-${name}.csv`)), { columns: true, bom: true });

afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

describe("a demonstration of 3,000 workers", () => {
  let folder = "";
  const workers = new Map<number, Row[]>();
  const applications = new Map<number, Row[]>();

  beforeAll(async () => {
    folder = await generate(7, 3000);
    for (let year = 2016; year <= 2024; year++) workers.set(year, await read(folder, `人员名册-${year}`));
    for (let year = 2017; year <= 2024; year++) applications.set(year, await read(folder, `申报与考评名册-${year}`));
  });

  const roster = (year: number): Row[] => workers.get(year) ?? [];
  const allWorkers = () => [...workers.values()].flat();
  const allApplications = () => [...applications.values()].flat();

  it("is the same, byte by byte, for the same seed and another one for another seed", async () => {
    const [first, again, other] = await Promise.all([generate(3, 300), generate(3, 300), generate(4, 300)]);
    expect(await digest(again)).toBe(await digest(first));
    expect(await digest(other)).not.toBe(await digest(first));
  });

  it("has exactly the workers asked for on the newest roster, and more on the older ones", () => {
    expect(roster(2024)).toHaveLength(3000);
    for (const row of allWorkers()) expect(row.主管部门).toMatch(/^演示数据·/);
    expect(roster(2016).length).toBeGreaterThan(3300);
    expect(roster(2016).length).toBeLessThan(4200);
    expect(new Set(roster(2024).map((row) => row.单位名称)).size).toBeGreaterThan(70);
  });

  it("refuses an impossible number of workers", async () => {
    await expect(generateDemonstration({ workers: 0, outDir: folder })).rejects.toThrow(
      /number of demonstration workers/,
    );
  });

  it("gives identity numbers of the unused area 999999 that agree with birth date and sex", () => {
    const owners = new Map<string, string>();
    for (const row of allWorkers()) {
      const { 身份证号: number = "", 出生日期: birth = "", 性别: sex, 人员编号: id = "" } = row;
      expect(number).toMatch(/^999999\d{11}[\dX]$/);
      expect(number.slice(6, 14)).toBe(birth.replaceAll("-", ""));
      expect(Number(number[16]) % 2 === 1).toBe(sex === "男");
      expect(number[17]).toBe(checkDigit(number.slice(0, 17)));
      expect(owners.get(number) ?? id).toBe(id);
      owners.set(number, id);
    }
  });

  it("knows the check digits of the published examples", () => {
    for (const number of ["999999198507060016", "99999919780315002X", "999999196811010137", "99999919750315001X"]) {
      expect(checkDigit(number.slice(0, 17))).toBe(number[17]);
    }
  });

  it("names every worker once a year and lets nobody fall in level", () => {
    const last = new Map<string, number>();
    for (let year = 2016; year <= 2024; year++) {
      const seen = new Set<string>();
      for (const {
        人员编号: id = "",
        现技术等级: level = "",
        取得现等级时间: obtained = "",
        参加工作时间: started = "",
      } of roster(year)) {
        expect(seen.has(id)).toBe(false);
        seen.add(id);
        expect(obtained.slice(0, 4) <= String(year)).toBe(true);
        expect(started.slice(0, 4) <= String(year)).toBe(true);
        if (level === "") continue;
        const number = levels.indexOf(level);
        expect(number).toBeGreaterThanOrEqual(last.get(id) ?? 0);
        last.set(id, number);
      }
    }
  });

  it("shows the level of a passed exam on the roster of 31 December, an early one a year later", () => {
    let checked = 0;
    for (const row of allApplications()) {
      const {
        考评年度: year,
        人员编号: id,
        申报等级: target = "",
        申报类别: module,
        结果: result,
        发证日期: date = "",
      } = row;
      expect(date !== "").toBe(result === "合格");
      if (result !== "合格") continue;
      const shown = Number(year) + (module === "提前一年" ? 1 : 0);
      expect(date.slice(0, 4)).toBe(String(shown));
      const after = roster(shown).find((worker) => worker.人员编号 === id);
      if (!after || after.现技术等级 === "") continue;
      expect(levels.indexOf(after.现技术等级 ?? "")).toBeGreaterThanOrEqual(levels.indexOf(target));
      checked++;
    }
    expect(checked).toBeGreaterThan(1000);
  });

  it("takes applications from people of the roster before, in the trade and unit they have there, once a year", () => {
    for (const [year, rows] of applications) {
      const before = new Map(roster(year - 1).map((worker) => [worker.人员编号, worker]));
      expect(new Set(rows.map((row) => row.人员编号)).size).toBe(rows.length);
      for (const row of rows) {
        const worker = before.get(row.人员编号);
        expect(worker?.工种).toBe(row.申报工种);
        expect(worker?.单位名称).toBe(row.单位名称);
      }
    }
  });

  it("registers grade workers of Changzhou in even years only", () => {
    const grades = new Set(["初级工", "中级工", "高级工"]);
    const ofChangzhou = allApplications().filter(
      (row) => row.地区?.startsWith("3204") && grades.has(row.申报等级 ?? ""),
    );
    expect(ofChangzhou.length).toBeGreaterThan(100);
    for (const row of ofChangzhou) expect(Number(row.考评年度) % 2).toBe(0);
    expect(ofChangzhou.some((row) => row.申报类别 === "提前一年")).toBe(true);
  });

  it("returns those who got no quota place, never more places than rows say", () => {
    for (const row of allApplications().filter(({ 结果: result }) => result === "退回")) {
      expect(row).toMatchObject({ 申报等级: "高级技师", 是否占指标: "否", 单位审核: "合格" });
    }
  });

  it("lets people retire", () => {
    const oldest = (year: number) =>
      Math.min(
        ...roster(year)
          .filter((row) => row.性别 === "男")
          .map((row) => Number(row.出生日期?.slice(0, 4))),
      );
    expect(oldest(2016)).toBeGreaterThanOrEqual(1956);
    expect(oldest(2024)).toBeGreaterThanOrEqual(1964);
  });

  it("grades about one appraisal in eight as excellent and leaves a few unknown", () => {
    const grades = roster(2024).map((row) => row["2023年度考核"]);
    const share = (grade: string) => grades.filter((found) => found === grade).length / grades.length;
    expect(share("优秀")).toBeGreaterThan(0.07);
    expect(share("优秀")).toBeLessThan(0.18);
    expect(share("")).toBeGreaterThan(0.003);
    expect(share("")).toBeLessThan(0.09);
    expect(share("合格")).toBeGreaterThan(0.75);
  });
});

describe("the demonstration of 30,000 workers", () => {
  let folder = "";
  const files = async (kind: string, from: number) => {
    const all: Row[][] = [];
    for (let year = from; year <= 2024; year++) all.push(await read(folder, `${kind}-${year}`));
    return all;
  };

  beforeAll(async () => {
    folder = await generate(2024, 30_000);
  }, 300_000);

  it("holds about 900 units, all 56 trades, every city, every module and every result", async () => {
    const newest = await read(folder, "人员名册-2024");
    expect(newest).toHaveLength(30_000);
    const units = new Set(newest.map((row) => row.单位名称)).size;
    expect(units).toBeGreaterThan(850);
    expect(units).toBeLessThanOrEqual(900);
    const count = new Map<string, number>();
    for (const { 工种: trade = "" } of newest) count.set(trade, (count.get(trade) ?? 0) + 1);
    expect(count.size).toBe(56);
    expect([...count].sort((a, b) => b[1] - a[1])[0]?.[0]).toBe("汽车驾驶与管理");
    const cities = new Set(newest.map((row) => row.地区?.slice(0, 4)));
    for (const city of ["3206", "3204", "3210", "4108", "3501", "3502", "3505", "3509"]) expect(cities).toContain(city);
    const applications = (await files("申报与考评名册", 2017)).flat();
    const values = (column: string) => new Set(applications.map((row) => row[column]));
    expect([...values("申报类别")]).toEqual(
      expect.arrayContaining(["正常", "提前一年", "破格", "转岗", "复核", "直接确认"]),
    );
    expect([...values("结果")]).toEqual(expect.arrayContaining(["合格", "不合格", "缺考", "违纪", "延期", "退回"]));
    expect(applications.length).toBeGreaterThan(20_000);
    expect(applications.length).toBeLessThan(50_000);
  });

  it("has units of every quota band in general trades of Jiangsu, and more who come forward than places", async () => {
    const bands = new Set<number>();
    const roster = await read(folder, "人员名册-2023");
    const groups = new Map<string, number>();
    for (const row of roster) {
      if (row.现技术等级 !== "技师" || row.在岗 !== "是" || !row.地区?.startsWith("32")) continue;
      if (row.工种 !== "汽车驾驶与管理") continue;
      groups.set(row.单位名称 ?? "", (groups.get(row.单位名称 ?? "") ?? 0) + 1);
    }
    for (const count of groups.values()) bands.add(count >= 20 ? 20 : count >= 10 ? 10 : count >= 5 ? 5 : 1);
    expect([...bands].sort((a, b) => a - b)).toEqual([1, 5, 10, 20]);
    const applications = await read(folder, "申报与考评名册-2024");
    expect(applications.filter((row) => row.结果 === "退回").length).toBeGreaterThan(5);
  });
});
