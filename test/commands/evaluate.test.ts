import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { lines, run } from "./run.ts";

const asked = ["evaluate", "--rulebook", "nantong-2023", "--level", "seniorTechnician", "--facts", "-"];
const evaluate = (input: string) => run(asked, input);

interface Example {
  readonly id: string;
  readonly rulebook: string;
  readonly level: string;
  readonly year?: number;
  readonly form?: string;
  readonly batch?: readonly unknown[];
  readonly expect: {
    readonly exit: number;
    readonly items: readonly {
      readonly decision?: string;
      readonly error?: { readonly property: string; readonly mentions: readonly string[] };
    }[];
  };
}

describe("evaluate", () => {
  test("one object", async () => {
    const { code, out, errors } = await evaluate('{\n "workerId": "a",\n "onPost": false\n}');
    expect({ code, errors }).toEqual({ code: 0, errors: [] });
    expect(lines(out)).toMatchObject([{ rulebook: "nantong-2023", workerId: "a", decision: "ineligible" }]);
  });

  test("a list, and one a line, with a byte order mark and empty lines", async () => {
    for (const input of ['[{"workerId":"a"},{"workerId":"b"}]', '\uFEFF{"workerId":"a"}\r\n\r\n{"workerId":"b"}\n']) {
      const { code, out } = await evaluate(input);
      expect(code).toBe(0);
      expect(lines(out).map(({ workerId }) => workerId)).toEqual(["a", "b"]);
    }
  });

  test("one item alone that is bad: one line on stderr, exit 2", async () => {
    for (const input of ['{"sexx":1}', '[{"sexx":1}]', '{"sexx":1}\n', "7"]) {
      const { code, out, errors } = await evaluate(input);
      expect({ code, out, errors: errors.length }, input).toEqual({ code: 2, out: "", errors: 1 });
    }
  });

  test("in a batch the error stands in the item's place, exit 2", async () => {
    const ndjson = await evaluate('{"workerId":"a"}\n\nno json\n{"workerId":"c","birthDate":"2015-02-30"}\n');
    expect(ndjson.code).toBe(2);
    expect(lines(ndjson.out)).toMatchObject([
      { workerId: "a", rulebook: "nantong-2023" },
      { line: 3, workerId: null, error: { code: "bad-input", property: null, message: { en: expect.any(String) } } },
      { line: 4, workerId: "c", error: { property: "birthDate", value: "2015-02-30" } },
    ]);
    const list = await evaluate('[{"workerId":"a"},{"workerId":"b","onPost":"yes"}]');
    expect(list.code).toBe(2);
    expect(lines(list.out)).toMatchObject([
      { workerId: "a" },
      { line: 2, workerId: "b", error: { property: "onPost" } },
    ]);
  });

  test("a single line that is no JSON is answered in its place", async () => {
    const { code, out } = await evaluate("no json");
    expect(code).toBe(2);
    expect(lines(out)).toMatchObject([{ line: 1, error: { code: "bad-input" } }]);
  });

  test.each([
    [["--rulebook", "nantong"], /nantong-2023/],
    [["--level", "junior"], /seniorTechnician/],
    [["--level", "x"], /seniorTechnician/],
    [["--year", "1066"], /1066/],
    [["--year", "20a"], /20a/],
    [["--facts", "/nonexistent.json"], /nonexistent/],
    [["--rulebooks", "/nonexistent"], /nonexistent/],
    [["--colour", "red"], /--colour/],
  ])("%o: one line on stderr, exit 2, even for a batch", async (more, message) => {
    const { code, out, errors } = await run([...asked, ...more], '[{"workerId":"a"},{"sexx":1}]');
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(message);
  });

  test("nesting without end is bad input", async () => {
    const deep = "[".repeat(50_000) + "]".repeat(50_000);
    for (const input of [deep, `{"honours":${deep}}`]) {
      expect(await evaluate(input)).toMatchObject({
        code: 2,
        out: "",
        errors: [expect.stringMatching(/嵌套.*nested/)],
      });
    }
    const { code, out } = await evaluate(`{"workerId":"a"}\n{"workerId":"b","honours":${deep}}`);
    expect(code).toBe(2);
    expect(lines(out)).toMatchObject([{ workerId: "a" }, { line: 2, workerId: "b", error: {} }]);
  });

  test("an empty input", async () => {
    expect(await evaluate("")).toMatchObject({ code: 2, out: "" });
    expect(await evaluate("[]")).toMatchObject({ code: 0, out: "" });
  });

  test("the worked batches: items in order, each bad one with its property, and the exit code", async () => {
    const text = await readFile(new URL("../rules/examples.ndjson", import.meta.url), "utf8");
    const examples = lines(text) as unknown as Example[];
    const batches = examples.filter(({ batch }) => batch !== undefined);
    expect(batches.length).toBeGreaterThan(0);
    for (const { rulebook, level, year, batch = [], form, expect: expected, id } of batches) {
      const input = form === "array" ? JSON.stringify(batch) : batch.map((one) => JSON.stringify(one)).join("\n");
      const years = year === undefined ? [] : ["--year", String(year)];
      const ended = await run(["evaluate", "--rulebook", rulebook, "--level", level, ...years, "--facts", "-"], input);
      expect(ended.code, id).toBe(expected.exit);
      const results = lines(ended.out);
      expect(results).toHaveLength(expected.items.length);
      expected.items.forEach(({ error, decision }, index) => {
        const result = results[index];
        if (decision) expect(result?.decision, `${id} ${index}`).toBe(decision);
        if (!error) return;
        expect(result, `${id} ${index}`).toMatchObject({ line: index + 1, error: { property: error.property } });
        for (const mention of error.mentions) expect(JSON.stringify(result)).toContain(mention);
      });
    }
  });
});

test("usage errors: one line, exit 2; help: exit 0", async () => {
  for (const args of [["nothing"], ["eligibility"], ["report"], ["token"]]) {
    expect((await run(args)).code, args.join(" ")).toBe(2);
  }
  expect(await run(["evaluate", "--help"])).toMatchObject({ code: 0, errors: [] });
});
