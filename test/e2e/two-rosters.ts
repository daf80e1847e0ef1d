/** The example roster of 2022, and one of 2023 made of it in which people come, go, move, rise — and some cannot be right. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const fixture = (name: string): string => fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));

export interface RosterFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

const csv = (name: string, lines: readonly (readonly string[])[]): RosterFile => ({
  name,
  mimeType: "text/csv",
  buffer: Buffer.from(`\ufeff${lines.map((cells) => cells.join(",")).join("\r\n")}\r\n`),
});

async function example(): Promise<{ readonly heading: readonly string[]; readonly people: readonly string[][] }> {
  const text = (await readFile(fixture("workers-2022.csv"), "utf8")).replace(/^\ufeff/, "").trimEnd();
  const [heading = [], ...people] = text.split(/\r?\n/).map((line) => line.split(","));
  return { heading, people };
}

export async function roster2022(): Promise<RosterFile> {
  return { name: "名册-2022.csv", mimeType: "text/csv", buffer: await readFile(fixture("workers-2022.csv")) };
}

export async function applications2022(): Promise<RosterFile> {
  const type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  return { name: "申报-2022.xlsx", mimeType: type, buffer: await readFile(fixture("applications-2022.xlsx")) };
}

/** What becomes of a person by the number in the roster; null: not on the later roster. */
const fates: Readonly<Record<number, null | Readonly<Record<string, string>>>> = {
  ...{ 4: null, 7: null, 11: null },
  14: { 单位名称: "演示数据·示例第一中学" },
  15: { 地区: "江都区" },
  16: { 单位名称: "演示数据·示例水利站", 地区: "江都区" },
  17: { 工种: "农艺" },
  19: { 现技术等级: "高级技师", 取得现等级时间: "2023-11-30" },
  20: { 现技术等级: "高级技师", 取得现等级时间: "2023-11-30" },
  // Impossible: these need a row without identity number, which would contradict them.
  22: { 身份证号: "", 出生日期: "1990-01-05" },
  23: { 身份证号: "", 性别: "女" },
  25: { 现技术等级: "初级工" },
  26: { 现技术等级: "高级技师", 取得现等级时间: "2016-05-01" },
  29: { 学历: "初中" },
  // Missing facts.
  31: { 学历: "" },
  32: { 学历: "", 取得现等级时间: "" },
};

export async function roster2023(): Promise<RosterFile> {
  const { heading, people } = await example();
  const stay = people.flatMap((cells, index) => {
    const fate = fates[index + 1];
    if (fate === null) return [];
    return [cells.map((cell, at) => (at === 0 ? "2023" : (fate?.[heading[at] ?? ""] ?? cell)))];
  });
  const come = people.slice(0, 5).map((cells, index) =>
    cells.map((cell, at) => {
      const made: Readonly<Record<string, string>> = {
        年度: "2023",
        人员编号: `YS9000${index}`,
        姓名: `演示新${index}`,
        身份证号: "",
      };
      return made[heading[at] ?? ""] ?? cell;
    }),
  );
  // A cell that is wrong, so that the report has something to say.
  const wrong = (people[5] ?? []).map((cell, at) =>
    at === 0 ? "2023" : heading[at] === "人员编号" ? "YS90009" : heading[at] === "出生日期" ? "1966-02-31" : cell,
  );
  return csv("名册-2023.csv", [heading, ...stay, ...come, wrong]);
}

/** Two people of 2023 with another trade: an import that only updates. */
export async function correction2023(): Promise<RosterFile> {
  const { heading, people } = await example();
  const corrected = people.slice(0, 2).map((cells) => cells.map((cell, at) => (at === 0 ? "2023" : cell)));
  return csv(
    "更正-2023.csv",
    [heading, ...corrected].map((cells, line) =>
      line === 0 ? cells : cells.map((cell, at) => (heading[at] === "工种" ? "花卉园艺" : cell)),
    ),
  );
}
