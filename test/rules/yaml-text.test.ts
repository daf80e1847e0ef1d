import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { load } from "js-yaml";
import { expect, test } from "vitest";
import { rulebookFolder } from "../../server/library.ts";
import { YamlText } from "../../server/rules/yaml-text.ts";

test("the data are those of the parser", async () => {
  for (const name of await readdir(rulebookFolder)) {
    if (!name.endsWith(".yaml")) continue;
    const text = await readFile(join(rulebookFolder, name), "utf8");
    const { data, faults } = new YamlText(text);
    expect(faults).toEqual([]);
    expect(data).toEqual(load(text));
  }
});

const text = `# 说明
一: &shared
  b: "quoted"
  c: [1, two, { d: 'e' }]
f: *shared
empty:
`;

test.each([
  ["\n", ""],
  ["\r\n", ""],
  ["\n", "\uFEFF"],
])("places of keys and values; what is not there stands where it would", (end, mark) => {
  const yaml = new YamlText(mark + text.replaceAll("\n", end));
  const at = (path: (string | number)[], of?: "key") => Object.values(yaml.place(path, of)).join(":");
  expect(at(["一"], "key")).toBe("2:1");
  expect(at(["一", "b"], "key")).toBe("3:3");
  expect(at(["一", "b"])).toBe("3:6");
  expect(at(["一", "c", 1])).toBe("4:10");
  expect(at(["一", "c", 2, "d"])).toBe("4:20");
  expect(at(["f"])).toBe("5:4");
  // inside an alias: where it is written
  expect(at(["f", "c", 1])).toBe("4:10");
  expect(at(["f", "none"])).toBe("3:3");
  expect(at(["empty"])).toBe("6:1");
  expect(at(["一", "none"], "key")).toBe("2:1");
  expect(at(["none"])).toBe("2:1");
});

test("a key that stands twice is told each time; the last one holds", () => {
  const { data, faults } = new YamlText("a: 1\nb: { c: 1, c: 2 }\na: 3\na: 4\n");
  expect(data).toEqual({ a: 4, b: { c: 2 } });
  expect(faults.map(({ path, line, column }) => [path.join("."), line, column])).toEqual([
    ["b.c", 2, 12],
    ["a", 3, 1],
    ["a", 4, 1],
  ]);
});

test("aliases that repeat themselves, or too much, are told where they stand", () => {
  const doubling = Array.from({ length: 30 }, (_, n) => `a${n + 1}: &a${n + 1} [*a${n}, *a${n}]`).join("\n");
  for (const [endless, line] of [
    ["a: &a { b: *a }", 1],
    ["a: &a\n  - [*a]", 2],
    [`a0: &a0 [x]\n${doubling}`, 21],
  ] as const) {
    const { data, faults } = new YamlText(endless);
    expect(data).toBeUndefined();
    expect(faults).toMatchObject([{ name: "syntax", line }]);
  }
  expect(new YamlText("a: &a [1]\nb: [*a, *a]").data).toEqual({ a: [1], b: [[1], [1]] });
});
