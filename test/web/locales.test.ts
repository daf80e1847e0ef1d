import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { facts } from "../../server/rules/facts.ts";
import { en } from "../../web/locales/en.ts";
import { zhCN } from "../../web/locales/zh-CN.ts";

const web = fileURLToPath(new URL("../../web", import.meta.url));

/** "common.retry" → text, for a whole locale. */
function flatten(value: object, path = ""): Map<string, string> {
  const entries = Object.entries(value).flatMap(([key, item]: [string, unknown]) => {
    const at = path === "" ? key : `${path}.${key}`;
    return typeof item === "object" && item !== null ? [...flatten(item, at)] : [[at, String(item)] as const];
  });
  return new Map(entries);
}

const chinese = flatten(zhCN);
const english = flatten(en);
const places = (text: string): string[] => [...text.matchAll(/\{\{\w+\}\}/g)].map(([place]) => place).sort();

async function sources(folder = web): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const lists = await Promise.all(
    entries.map((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? sources(path) : Promise.resolve(/\.tsx?$/.test(entry.name) ? [path] : []);
    }),
  );
  return lists.flat();
}

describe("locales", () => {
  test("both languages have the same keys, and no text is empty", () => {
    expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort());
    for (const [key, text] of [...chinese, ...english]) expect(text.trim(), key).not.toBe("");
  });

  test("a text and its translation fill in the same places", () => {
    for (const [key, text] of chinese) expect(places(english.get(key) ?? ""), key).toEqual(places(text));
  });

  test("English texts hold no Chinese characters", () => {
    for (const [key, text] of english) expect(text, key).not.toMatch(/[\u4e00-\u9fff]/);
  });

  test("every key a page asks for exists", async () => {
    for (const path of await sources()) {
      const text = await readFile(path, "utf8");
      for (const [, key] of text.matchAll(/\bt\(\s*"([\w.-]+)"/g))
        expect(chinese.has(key ?? ""), `${path}: ${key}`).toBe(true);
    }
  });

  test("pages hold no Chinese text of their own", async () => {
    const own = (await sources()).filter((path) => !path.includes("locales"));
    for (const path of own) {
      const code = (await readFile(path, "utf8")).replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
      // The switch names each language in itself.
      const texts = code.replaceAll('"中文"', "").match(/["'`>][^"'`<>\n]*[\u4e00-\u9fff][^"'`<>\n]*/g);
      expect(texts ?? [], path).toEqual([]);
    }
  });

  test("every level, module and grade of the rules has a name", () => {
    const level = facts.find(({ name }) => name === "level");
    const codes = level?.type.kind === "enum" ? level.type.values.map(({ code }) => code) : [];
    expect(Object.keys(zhCN.level).sort()).toEqual([...codes].sort());
  });
});
