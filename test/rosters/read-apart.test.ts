import { describe, expect, it } from "vitest";
import { AppError } from "../../server/errors.ts";
import type { ImportOptions } from "../../server/rosters/load.ts";
import type { FoundProblem } from "../../server/rosters/report.ts";
import { dirtyWorkbooks } from "../fixtures/dirt-families.ts";
import { fixture, type Ground, ground, roster } from "./ground.ts";

const apart = { apartFromBytes: 0 };
const here = { apartFromBytes: Number.POSITIVE_INFINITY };

/** What an import says and tells of a file. */
async function check(at: Ground, path: string, options: Partial<ImportOptions>) {
  const found: FoundProblem[] = [];
  const onProblem = (problem: FoundProblem) => void found.push(problem);
  const report = await at.load(path, { ...options, dryRun: true, onProblem });
  return { report, found };
}

const failure = (load: Promise<unknown>): Promise<unknown> =>
  load.then(
    () => "no error",
    (error: unknown) => {
      if (!(error instanceof AppError)) throw error;
      const { code, status, text, details } = error;
      return { code, status, text, details };
    },
  );

describe("a file read in a thread of its own", () => {
  it("gives the same report and the same problems", async () => {
    const at = await ground();
    const families = dirtyWorkbooks.filter((_, index) => index % 3 === 0);
    for (const { name, kind } of families) {
      const path = fixture(`dirt/${name}.xlsx`);
      const options = { kind, fileName: `${name}.csv` };
      expect(await check(at, path, { ...options, ...apart })).toEqual(await check(at, path, { ...options, ...here }));
    }
    expect(families.length).toBeGreaterThan(3);
  });

  it("gives the same rows, whatever the number of batches", async () => {
    const lines = Array.from({ length: 5_000 }, (_, row) => `2022,A${row},江都,甲,${row % 10 === 0 ? "飞" : "电工"}`);
    const [one, other] = [await ground(), await ground()];
    const content = roster([...lines, "2022,,江都,甲,电工"], ",工种");
    const progress: number[] = [];
    const onProgress = ({ phase, rows }: { phase: string; rows: number }) => {
      if (phase === "read") progress.push(rows);
    };
    expect(await one.loadContent(content, { ...apart, onProgress })).toEqual(await other.loadContent(content, here));
    expect(await one.rows("workers")).toEqual(await other.rows("workers"));
    expect(progress.length).toBeGreaterThan(3);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
  });

  it("knows the workers that applications name by their identity numbers", async () => {
    const at = await ground();
    await at.loadContent(roster(["2021,A1,江都,甲,999999196811010137"], ",身份证号"));
    const content =
      "考评年度,姓名,身份证号,地区,单位名称,申报工种,申报等级\n2022,张三,999999196811010137,江都,甲,电工,技师";
    const report = await at.loadContent(content, { kind: "applications", ...apart });
    expect(report).toMatchObject({ rowsLoaded: 1 });
    expect(report.counts).toContainEqual({ code: "worker-id-taken", severity: "warning", count: 1 });
    expect(await at.rows("applications")).toMatchObject([{ workerId: "A1" }]);
  });

  it.each([
    ["no roster at all", "今天,天气\n很,好"],
    ["an empty file", ""],
    ["no text", Buffer.from("d0cf11e0a1b11ae1", "hex")],
  ])("fails alike: %s", async (_, content) => {
    const at = await ground();
    const failed = await failure(at.loadContent(content, apart));
    expect(failed).toMatchObject({ status: 400 });
    expect(failed).toEqual(await failure(at.loadContent(content, here)));
  });

  it("fails alike where there are too many rows or no file", async () => {
    const at = await ground();
    const content = roster(["2022,A1,江都,甲", "2022,A2,江都,甲", "2022,A3,江都,甲"]);
    const limits = { limitRows: 2 };
    const failed = await failure(at.loadContent(content, { ...limits, ...apart }));
    expect(failed).toMatchObject({ code: "too-large" });
    expect(failed).toEqual(await failure(at.loadContent(content, { ...limits, ...here })));
  });

  it("is given up when it is cancelled, and nothing is written", async () => {
    const at = await ground();
    const lines = Array.from({ length: 20_000 }, (_, row) => `2022,A${row},江都,甲`);
    const stop = new AbortController();
    const load = at.loadContent(roster(lines), { ...apart, signal: stop.signal, onProgress: () => stop.abort() });
    expect(await failure(load)).toMatchObject({ code: "cancelled" });
    expect(await at.rows("workers")).toEqual([]);
    expect(await at.loadContent(roster(lines), apart)).toMatchObject({ rowsLoaded: 20_000 });
  });
});
