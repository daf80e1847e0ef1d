/** Workers' rosters that name their people by identity number only. */
import { expect, test } from "vitest";
import { codes, type Ground, ground, roster } from "./ground.ts";

const [one, two, three] = ["999999198507060016", "99999919780315002X", "999999196811010137"];
const bare = (at: Ground, ...lines: string[]) =>
  at.loadContent(["年度,姓名,身份证号,地区,单位名称", ...lines].join("\n"));
const numbered = (at: Ground, ...lines: string[]) => at.loadContent(roster(lines, ",身份证号"));
const people = async (at: Ground) =>
  (await at.rows("workers"))
    .map(({ rosterYear, workerId, unit }) => `${rosterYear} ${String(workerId).replace(/[0-9a-f]{12}/, "#")} ${unit}`)
    .sort();

test("are loaded: the number is made of the identity number, the same every time, and said once", async () => {
  const at = await ground();
  const lines = [`2022,张三,${one},江都,甲`, `2022,李四,${two},江都,甲`] as const;
  const report = await bare(at, ...lines);
  expect(report).toMatchObject({ rowsRead: 2, rowsLoaded: 2, rowsRejected: 0 });
  expect(report.problems.filter(({ code }) => code === "worker-id-derived")).toMatchObject([
    {
      row: 2,
      column: "身份证号",
      cell: "C2",
      cells: 2,
      addresses: ["C2:C3"],
      unit: "甲",
    },
  ]);
  expect(await people(at)).toEqual(["2022 身份-# 甲", "2022 身份-# 甲"]);
  expect(await bare(at, ...[...lines].reverse())).toMatchObject({ rowsUnchanged: 2, importId: null });
  const twice = await bare(at, `2023,张三,${one},江都,甲`, `2023,张三,${one},江都,甲`, "2023,王五,,江都,甲");
  expect(codes(twice).filter((code) => !code.includes("id-number"))).toEqual([
    "2:worker-id-derived",
    "3:duplicate-worker",
    "4:required-missing",
  ]);
  expect(JSON.stringify([report, twice])).not.toMatch(/\d{15}/);
});

test("take the number of the same year, else of the nearest one; never one that is another person's that year", async () => {
  const at = await ground();
  await numbered(
    at,
    `2018,A1,江都,甲,${one}`,
    `2020,A2,江都,甲,${one}`,
    `2022,A3,江都,甲,${one}`,
    `2022,B1,江都,甲,${two}`,
  );
  const report = await bare(at, `2022,张三,${one},江都,新`, `2019,张三,${one},江都,甲`, `2024,李四,${two},江都,甲`);
  expect(report).toMatchObject({ rowsLoaded: 2, rowsUpdated: 1, rowsRejected: 0 });
  expect(report.counts).toContainEqual({ code: "worker-id-taken", severity: "warning", count: 3 });
  expect(await people(at)).toEqual([
    ...["2018 A1 甲", "2019 A1 甲", "2020 A2 甲", "2022 A3 新", "2022 B1 甲", "2024 B1 甲"],
  ]);
  await numbered(at, `2025,B1,江都,乙,${three}`);
  await bare(at, `2025,李四,${two},江都,甲`);
  expect((await people(at)).slice(-2)).toEqual(["2025 B1 乙", "2025 身份-# 甲"]);
});

test("nobody stands twice in a year: a later number corrects the row that was there first, and says so", async () => {
  const at = await ground();
  await bare(at, `2022,张三,${one},江都,甲`);
  const line = `2022,A1,江都,乙,${one}`;
  const report = await numbered(at, line);
  expect(report).toMatchObject({ rowsLoaded: 0, rowsUpdated: 1, rowsRejected: 0 });
  const kept = report.problems.find(({ code }) => code === "worker-id-kept");
  expect(kept).toMatchObject({ row: 2, cell: "B2", value: "A1", taken: expect.stringMatching(/^身份-/) });
  expect(kept?.message.zh).toMatch(/^此人在 2022 年名册中已按身份证号编为 身份-\S+：更正该行，未采用人员编号 A1/);
  expect(await people(at)).toEqual(["2022 身份-# 乙"]);
  expect(await numbered(at, line)).toMatchObject({ rowsUnchanged: 1, importId: null });
  // the next year goes by its own number, and says that the years are not joined
  const next = await numbered(at, `2023,A1,江都,乙,${one}`);
  expect(codes(next)).toContain("2:worker-id-was-derived");
  // a second real number in one year is for somebody to look at
  const second = await numbered(at, `2023,A9,江都,乙,${one}`);
  expect(second.problems.find(({ code }) => code === "id-number-repeated")?.message.zh).toBe(
    "与 2023 年名册中人员 A1 的身份证号相同，可能是同一人",
  );
  expect(codes(await numbered(at, `2023,A9,江都,丙,${one}`))).not.toContain("2:id-number-repeated");
});

test("a row without a number beside one of the same person, or of the number found, is left out", async () => {
  const at = await ground();
  await numbered(at, `2021,B1,江都,甲,${two}`);
  const report = await numbered(
    at,
    ...[`2022,A1,江都,甲,${one}`, `2022,,江都,甲,${one}`, "2022,B1,江都,乙,", `2022,,江都,甲,${two}`],
  );
  expect(report).toMatchObject({ rowsRead: 4, rowsLoaded: 2, rowsRejected: 2, errors: 2 });
  expect(report.problems.filter(({ severity }) => severity === "error")).toMatchObject([
    { row: 3, code: "duplicate-worker", message: { zh: expect.stringContaining("与第 2 行（人员编号 A1）重复") } },
    { row: 5, code: "duplicate-worker", message: { zh: expect.stringContaining("与第 4 行（人员编号 B1）重复") } },
  ]);
});
