/** The authoring guide: its example is sound, its tables are those of the program, and it mentions all that can be written. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Ajv2020 from "ajv/dist/2020.js";
import { load } from "js-yaml";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { rulebookFolder } from "../../server/library.ts";
import { BookReport } from "../../server/rules/book-report.ts";
import { buildLibrary } from "../../server/rules/build-library.ts";
import { citation, message } from "../../server/rules/citation-text.ts";
import { checkCondition, conditionKeys } from "../../server/rules/condition-text.ts";
import { faultKinds } from "../../server/rules/diagnostic.ts";
import { type EnumValue, type FactDefinition, type FactKind, facts, gradeValues } from "../../server/rules/facts.ts";
import { part } from "../../server/rules/operators/group.ts";
import { operators } from "../../server/rules/operators/index.ts";
import { itemTest } from "../../server/rules/operators/item-test.ts";
import { checkQuotaCases, quotaRule } from "../../server/rules/quota.ts";
import { bookSchema } from "../../server/rules/rulebook-text.ts";
import { YamlText } from "../../server/rules/yaml-text.ts";
import { zhCN } from "../../web/locales/zh-CN.ts";
import { run } from "../commands/run.ts";

const guide = await readFile(join(rulebookFolder, "README.md"), "utf8");
const yamlBlocks = [...guide.matchAll(/^```yaml\n(.*?)^```$/gms)].map((match) => match[1] ?? "");
const [example = "", ...snippets] = yamlBlocks;
const exampleId = /^id: (.+)$/m.exec(example)?.[1] ?? "";

/** From a heading to the next of the same rank or a higher one. */
function section(heading: string): string {
  const lines = guide.split("\n");
  const start = lines.indexOf(heading);
  expect(start, heading).toBeGreaterThanOrEqual(0);
  const rank = heading.indexOf(" ");
  const length = lines.slice(start + 1).findIndex((line) => new RegExp(`^#{1,${rank}} `).test(line));
  return lines.slice(start + 1, length < 0 ? undefined : start + 1 + length).join("\n");
}

/** What stands in backticks, as YAML says it. */
const codeIn = (text: string): string[] => [...text.matchAll(/`([^`\n]+)`/g)].map((match) => match[1] ?? "");

/** The words in backticks. */
const wordsIn = (text: string): Set<string> => new Set(codeIn(text).flatMap((code) => code.match(/[\w-]+/g) ?? []));

/** Names of properties and fixed values in a JSON Schema, however nested. */
function namesIn(schema: unknown): string[] {
  if (typeof schema !== "object" || schema === null) return [];
  if (Array.isArray(schema)) return schema.flatMap(namesIn);
  return Object.entries(schema).flatMap(([key, inner]): string[] => {
    if (key === "properties") return [...Object.keys(inner), ...Object.values(inner).flatMap(namesIn)];
    if (key === "enum" || key === "const") return [inner].flat().filter((one) => typeof one === "string");
    return namesIn(inner);
  });
}

const wordsOf = (schema: z.ZodType): string[] =>
  namesIn(z.toJSONSchema(schema, { unrepresentable: "any", io: "input" }));

const lacking = (words: readonly string[], text: string): string[] => {
  const known = wordsIn(text);
  return [...new Set(words)].filter((word) => !known.has(word));
};

describe("the example", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "gongkao-guide-"));
    await writeFile(join(folder, `${exampleId}.yaml`), example);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("has no diagnostic, and its cases hold and leave no gap", async () => {
    const { code, out, errors } = await run(["rulebooks", "check", folder, "--coverage", "--json"]);
    expect({ code, errors }).toEqual({ code: 0, errors: [] });
    const { diagnostics, failures, coverage, cases } = JSON.parse(out);
    expect({ diagnostics, failures }).toEqual({ diagnostics: [], failures: [] });
    expect(cases).toBeGreaterThan(20);
    expect(coverage.length).toBeGreaterThan(10);
    expect(coverage.filter((row: { gaps: readonly string[] }) => row.gaps.length > 0)).toEqual([]);
  });

  it("names the published schema for editors, and is as it asks", async () => {
    const [, name = ""] = /^# yaml-language-server: \$schema=(\S+)\n/.exec(example) ?? [];
    const validate = new Ajv2020({ strictRequired: false, strictTypes: false }).compile(
      JSON.parse(await readFile(join(rulebookFolder, name), "utf8")),
    );
    validate(load(example));
    expect(validate.errors ?? []).toEqual([]);
  });

  it("decides the person it describes, as the guide says how", async () => {
    const command = guide.match(/npx gongkao (evaluate .+)/)?.[1]?.split(" ") ?? [];
    const { people } = load(example) as { people: Record<string, unknown> };
    const level = command[command.indexOf("--level") + 1] ?? "";
    const args = command.map((word) => (word === "文件夹" ? folder : word === "人员.json" ? "-" : word));
    const { code, out } = await run(args, JSON.stringify(people[level]));
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ rulebook: exampleId, targetLevel: level, decision: "eligible" });
  });
});

describe("what can be written is in the guide", () => {
  const book = bookSchema.shape;

  it("keys of a rulebook", () => {
    expect(lacking(Object.keys(book), section("## 文件"))).toEqual([]);
  });

  // told of once: labels, citations, what may be asked of records, what every part of a condition may have
  const common = [message, citation, itemTest, part].flatMap(wordsOf);
  const ownWords = (schema: z.ZodType) => wordsOf(schema).filter((word) => !common.includes(word));

  it("keys of a condition", () => {
    const words = [...conditionKeys, "noneMet", "assume", "exclude", ...[message, citation].flatMap(wordsOf)];
    expect(lacking(words, section("## 条件").split("\n###")[0] ?? "")).toEqual([]);
  });

  const levels = ownWords(book.levels);
  // in the order of the schema: what a level has, then its pathways
  const [ofLevel, ofPathway] = [levels.slice(0, levels.indexOf("module")), levels.slice(levels.indexOf("module"))];

  it("keys and values of levels and pathways", () => {
    expect(ofLevel).toContain("cutOff");
    expect(lacking(ofLevel, section("## 等级") + section("## 文件"))).toEqual([]);
    expect(ofPathway).toContain("relieve");
    expect(lacking(ofPathway, section("## 途径") + section("## 等级"))).toEqual([]);
  });

  const measures = "## 指标、均衡、公示、量化考评";
  it.each([
    ["quota", [measures]],
    ["balance", [measures]],
    ["publicity", [measures]],
    ["scores", [measures]],
    ["people", ["## 文件"]],
    ["cases", ["## 人员与案例"]],
    ["scoreCases", ["## 人员与案例", measures]],
  ] as const)("keys and values below %s", (key, headings) => {
    const text = [...headings, "## 文件"].map(section).join("\n");
    expect(lacking(ownWords(book[key]), text)).toEqual([]);
  });

  const bullets = new Map(
    section("### 条件写法")
      .split(/^- /m)
      .map((text) => [/^\*\*`(\w+)`\*\*/.exec(text)?.[1] ?? "", text]),
  );

  it("every operator, and none that there is not", () => {
    bullets.delete("");
    expect([...bullets.keys()].sort()).toEqual([...operators.keys()].sort());
    expect(lacking(wordsOf(part), bullets.get("all") ?? "")).toEqual([]);
    expect(lacking(wordsOf(itemTest), bullets.get("items") ?? "")).toEqual([]);
  });

  it.each([...operators.values()])("every key of $name", ({ name, schema }) => {
    expect(lacking(ownWords(schema), bullets.get(name) ?? "")).toEqual([]);
  });

  it("every example of an operator is as it may be written", () => {
    const examples = codeIn(section("### 条件写法") + section("### 通知的说法")).filter((code) =>
      operators.has(/^(\w+): [{[]/.exec(code)?.[1] ?? ""),
    );
    for (const code of examples) {
      const report = new BookReport("README.md", new YamlText(code));
      checkCondition(load(code) as Record<string, unknown>, [], report);
      expect(report.diagnostics, code).toEqual([]);
    }
    expect(new Set(examples.map((code) => code.split(":")[0]))).toEqual(new Set(operators.keys()));
  });
});

describe("the tables of the guide are those of the program", () => {
  const rowsIn = (heading: string) =>
    section(heading)
      .split("\n")
      .filter((line) => line.startsWith("|"))
      .slice(2);

  it("facts", () => {
    expect(rowsIn("## 信息一览")).toEqual(facts.map(factRow));
  });

  it("diagnostic codes", () => {
    expect(rowsIn("## 诊断代码")).toEqual(
      Object.values(faultKinds).map(
        ({ code, severity, meaning }) => `| ${code} | ${severity === "error" ? "错误" : "提醒"} | ${meaning.zh} |`,
      ),
    );
  });

  it("words the pages have", () => {
    const listed = (kind: string) =>
      [
        ...(new RegExp(`^- ${kind}：(.+)$`, "m").exec(section("## 编号"))?.[1] ?? "").matchAll(/`([^`]+)` ([^；`]+)/g),
      ].map((match) => [match[1] ?? "", match[2] ?? ""] as const);
    for (const [kind, words] of [
      ["条件", zhCN.condition],
      ["途径", zhCN.pathway],
      ["选项", zhCN.alternative],
      ["提示", zhCN.check.remark],
    ] as const) {
      const pairs = listed(kind);
      expect(pairs.length, kind).toBeGreaterThan(3);
      expect(Object.fromEntries(pairs), kind).toEqual(
        Object.fromEntries(pairs.map(([id]) => [id, words[id as keyof typeof words]])),
      );
    }
  });

  it("ids that planning never counts on", () => {
    const unique = "value: { fact: uniqueSkill, is: true }";
    const text = (id: string, asked: string) => `
id: example-2024
title: { zh: 例, en: Example }
document: 例
conditions: { ${id}: { cite: 一, ${asked} } }
levels: { senior: { pathways: [{ id: normal, module: normal, add: [${id}] }] } }
`;
    const conditionOf = (id: string, asked = `any: [{ ${unique} }]`) => {
      const book = buildLibrary([{ name: "example-2024.yaml", text: text(id, asked) }]).get("example-2024");
      return book.levels.get("senior")?.pathways[0]?.conditions[0];
    };
    const [exceptional, others] = rowsIn("## 编号").map((row) => codeIn(row.split("|")[1] ?? ""));
    expect(exceptional).toEqual(["exceptional"]);
    expect(conditionOf("exceptional")?.part.any).toEqual([expect.objectContaining({ planning: "exclude" })]);
    expect(conditionOf("exceptional")?.planning).toBeUndefined();
    expect(conditionOf("exceptional", unique)?.planning).toBe("exclude");
    expect(others?.length).toBe(4);
    for (const id of others ?? []) expect(conditionOf(id)?.planning, id).toBe("exclude");
    expect(conditionOf("education")?.planning).toBeUndefined();
  });

  it("a quota by share", () => {
    const { quota } = bookSchema.pick({ quota: true }).parse(load(snippets[0] ?? ""));
    if (!quota) throw new Error("no quota in the guide");
    expect(checkQuotaCases({ quota: quotaRule(quota, ""), quotaCases: quota.cases ?? [] })).toEqual([]);
    expect(quota.cases?.length).toBeGreaterThan(0);
  });
});

const codes = (values: readonly EnumValue[]): string =>
  values.map(({ code, zh }) => (zh[0] === code ? `\`${code}\`` : `\`${code}\` ${zh[0]}`)).join("、");

/** Type and values of a fact in words. */
function kindText(type: FactKind): string {
  switch (type.kind) {
    case "enum":
      return codes(type.values);
    case "boolean":
      return "是否";
    case "integer":
      return type.max === undefined ? "整数" : `${type.min}…${type.max}`;
    case "number":
      return `${type.min}…${type.max}`;
    case "string":
      return "文字";
    case "date":
      return "日期";
    case "grades":
      return `逐年等次：${codes(gradeValues)}`;
    case "flags":
      return "逐年是否合格";
    case "years":
      return "年度列表";
    case "strings":
      return "文字列表";
    case "list":
      return `记录列表：${type.fields.map((one) => `\`${one.name}\`${one.required ? "*" : ""} ${one.label.zh}（${kindText(one)}）`).join("；")}`;
    case "marks":
      return `成绩 0…100：${type.fields.map((name) => `\`${name}\``).join("、")}`;
  }
}

function factRow({ name, label, type, absent }: FactDefinition): string {
  const meaning = absent === undefined ? "" : `；未登记＝${absent === "none" ? "没有" : "否"}`;
  return `| \`${name}\` | ${label.zh} | ${kindText(type)}${meaning} |`;
}
