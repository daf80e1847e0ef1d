import { expect, test } from "vitest";
import { lines, run } from "./run.ts";

const asked = ["score", "--rulebook", "changzhou-2024", "--level", "technician", "--facts", "-"];
const facts = {
  workerId: "a",
  levelObtainedOn: "2019-07",
  honours: [
    { kind: "technicalExpert", rank: "municipal", awardedOn: "2021" },
    { kind: "technicalExpert", rank: "county", awardedOn: "2020-05-01" },
  ],
};
const score = (input: unknown, ...more: string[]) =>
  run([...asked, ...more], typeof input === "string" ? input : JSON.stringify(input));

test("one worker", async () => {
  const { code, out, errors } = await score(facts);
  expect({ code, errors }).toEqual({ code: 0, errors: [] });
  expect(lines(out)).toMatchObject([
    {
      rulebook: "changzhou-2024",
      examYear: 2024,
      workerId: "a",
      daily: { points: 0, raw: 0, items: [] },
      honours: { points: 2, reading: "single" },
      continuingEducation: { points: 0 },
      ability: null,
      total: 2,
    },
  ]);
});

test("another reading, another year", async () => {
  const { out } = await score(facts, "--reading", "sum", "--year", "2026");
  expect(lines(out)).toMatchObject([{ examYear: 2026, projected: true, honours: { points: 3, reading: "sum" } }]);
});

test("a list, and one a line: the error of one in its place, exit 2", async () => {
  const batch = [facts, { workerId: "b" }, facts];
  for (const input of [JSON.stringify(batch), batch.map((one) => JSON.stringify(one)).join("\n")]) {
    const { code, out, errors } = await score(input);
    expect({ code, errors: errors.length }).toEqual({ code: 2, errors: 1 });
    expect(lines(out)).toMatchObject([
      { total: 2 },
      { line: 2, workerId: "b", error: { code: "bad-input", property: "levelObtainedOn", value: null } },
      { total: 2 },
    ]);
  }
});

test("one worker alone that cannot be scored: one line on stderr, exit 2", async () => {
  const { code, out, errors } = await score({ workerId: "b" });
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(errors).toEqual([expect.stringMatching(/levelObtainedOn.* · levelObtainedOn/)]);
});

test.each([
  [["--level", "senior"], /technician, seniorTechnician/],
  [["--rulebook", "jiangdu-2020"], /nantong-2023 \(seniorTechnician\)/],
  [["--rulebook", "changzhou"], /changzhou-2024/],
  [["--reading", "double"], /single/],
  [["--year", "1066"], /1066/],
  [["--facts", "/nonexistent.json"], /nonexistent/],
])("%o: one line on stderr, exit 2", async (more, message) => {
  const { code, out, errors } = await score([facts, {}], ...more);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(errors).toHaveLength(1);
  expect(errors[0]).toMatch(message);
});
