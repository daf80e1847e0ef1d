import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { District, QuotaRow } from "../../web/api/types.ts";
import { visibleRows } from "../../web/pages/quota/rows.ts";
import { toCsv } from "../../web/parts/csv.ts";
import { districtPath, districtTree, groupByTier } from "../../web/state/districts.ts";
import { usedRulebooks } from "../../web/state/rulebooks.ts";
import { sumQuota } from "../../web/state/sums.ts";

const district = (code: string, name: string, parent: string | null): District => ({
  code,
  name,
  parent,
  tier: parent === null ? "province" : "city",
});
const districts = [
  district("320000", "江苏省", null),
  district("320600", "南通市", "320000"),
  district("320612", "通州区", "320600"),
  district("320613", "崇川区", "320600"),
  district("320400", "常州市", "320000"),
  district("320402", "天宁区", "320400"),
];
const rows = ["320612", "320613", "320402", "320600"].map((code) => ({ district: code, workers: 1 }));
const shape = (chosen?: string): string[] =>
  groupByTier(rows, districts, chosen).map(
    ({ name, rows: own, own: isOwn }) => `${name}${isOwn ? "*" : ""} ${own.length}`,
  );

describe("districts", () => {
  test("as a tree, in the order of the codes", () => {
    expect(districtTree(districts)).toMatchObject([
      {
        value: "320000",
        children: [
          { value: "320400", children: [{}] },
          { value: "320600", children: [{}, {}] },
        ],
      },
    ]);
  });

  test("a district whose parent is not listed stands at the top", () => {
    expect(districtTree([district("350128", "平潭", "350000")])).toMatchObject([{ value: "350128" }]);
  });

  test("gathered by the tier below the chosen one", () => {
    expect(shape()).toEqual(["常州市 1", "南通市 3"]);
    expect(shape("320000")).toEqual(["常州市 1", "南通市 3"]);
    expect(shape("320600").slice(1)).toEqual(["南通市* 1", "通州区 1", "崇川区 1"]);
  });

  test("the path to a district, and none to an unknown one", () => {
    expect(districtPath(districts, "320612").map(({ name }) => name)).toEqual(["江苏省", "南通市", "通州区"]);
    expect(districtPath(districts, "999999")).toEqual([]);
  });
});

const quotaRow = (change: Partial<QuotaRow>): QuotaRow => ({
  examYear: 2024,
  district: "320612",
  districtName: "通州区",
  unit: "通州中学",
  unitName: "通州中学",
  trade: "电工",
  technicians: 0,
  generalTrade: true,
  posts: null,
  holders: null,
  quota: 0,
  appliedLastYear: 0,
  planningEligible: 0,
  exempt: 0,
  applications: 0,
  used: 0,
  left: 0,
  over: 0,
  assumed: false,
  ...change,
});

describe("quota", () => {
  test("a spare place of one unit never hides the overrun of another", () => {
    const sums = sumQuota([
      quotaRow({ quota: 2, used: 0, left: 2 }),
      quotaRow({ quota: 1, used: 3, over: 2, assumed: true }),
      quotaRow({ quota: null, left: null, over: null, used: 4, generalTrade: false }),
    ]);
    expect(sums).toMatchObject({ quota: 3, used: 7, left: 2, over: 2, within: 1, assumed: true });
  });

  test("no quota anywhere is null, not 0", () => {
    expect(sumQuota([quotaRow({ quota: null, left: null, over: null })])).toMatchObject({ quota: null, left: null });
  });

  test("rows by kind and by words", () => {
    const over = quotaRow({ technicians: 1, quota: 1, used: 2, over: 1, applications: 2 });
    const idle = quotaRow({ unitName: "崇川医院", trade: null });
    expect(visibleRows([over, idle], "relevant", "")).toEqual([over]);
    expect(visibleRows([over, idle], "overOnly", "")).toEqual([over]);
    expect(visibleRows([over, idle], "all", " 崇川 ")).toEqual([idle]);
    expect(visibleRows([over, idle], "all", "电工")).toEqual([over]);
  });
});

describe("rulebooks in the footer", () => {
  const book = (id: string, year: number) => ({
    id,
    year,
    title: { zh: id, en: id },
    levels: [],
    hash: "",
    quota: null,
  });
  const use = (rulebook: string, examYear: number, projected: boolean) => ({
    rulebook,
    examYear,
    projected,
    district: "320600",
    level: "seniorTechnician" as const,
  });
  const meta = {
    rulebooks: [book("a-2023", 2023), book("b-2020", 2020)],
    rulebooksInUse: [
      use("b-2020", 2022, true),
      use("a-2023", 2022, true),
      use("a-2023", 2022, true),
      use("a-2023", 2023, false),
    ],
  };

  test("each once, told whether it is carried on or back", () => {
    expect(usedRulebooks(meta, 2022).map(({ id, projected }) => [id, projected])).toEqual([
      ["a-2023", "back"],
      ["b-2020", "on"],
    ]);
    expect(usedRulebooks(meta, 2023).map(({ projected }) => projected)).toEqual([false]);
    expect(usedRulebooks(meta, 2022, "junior")).toEqual([]);
  });
});

describe("CSV", () => {
  test("marked as UTF-8, quoted where needed, formulas disarmed, numbers left alone", () => {
    expect(
      toCsv(
        ["a", "b"],
        [
          ["=1+1", -5],
          ['say "x", y', null],
        ],
      ),
    ).toBe('\uFEFFa,b\r\n\'=1+1,-5\r\n"say ""x"", y",\r\n');
  });

  test("one line per row, whatever the cells hold", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string(), fc.integer())), (cells) => {
        const quoted = /"(?:[^"]|"")*"/g;
        const lines = toCsv(["x", "y"], cells).replaceAll(quoted, "q").split("\r\n");
        expect(lines.length).toBe(cells.length + 2);
      }),
    );
  });
});
