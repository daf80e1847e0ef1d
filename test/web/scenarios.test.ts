import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { beginsAtZero, differenceLines, whiskers } from "../../web/charts/options/difference-lines.ts";
import { type Draft, draftText, emptyDraft, isSame, readDraft, sameChanges } from "../../web/pages/scenarios/draft.ts";
import { readResultState } from "../../web/pages/scenarios/result-state.ts";
import { directionOf, doubtOf, type Figure } from "../../web/pages/scenarios/rows.ts";

const drafts = fc.record({
  name: fc.string({ unit: "grapheme", maxLength: 20 }),
  note: fc.string({ unit: "grapheme", maxLength: 40 }),
  version: fc.option(fc.nat(99), { nil: null }),
  changes: fc.array(fc.record({ kind: fc.constant("hiring" as const), factor: fc.integer({ min: 0, max: 10 }) }), {
    maxLength: 4,
  }),
});

describe("draft in the address", () => {
  test("a short draft comes back as it was, in letters that need no escape; a long one is not put there", () => {
    fc.assert(
      fc.property(drafts, (draft: Draft) => {
        const text = draftText(draft);
        expect(text).toMatch(/^[\w-]+$/);
        expect(readDraft(text ?? "")).toEqual(draft);
      }),
    );
    expect(draftText({ ...emptyDraft, note: "长".repeat(600) })).toBeUndefined();
  });

  test("what is cut or made up is no draft", () => {
    const text = draftText({ ...emptyDraft, name: "放宽", changes: [{ kind: "hiring", factor: 2 }] }) ?? "";
    for (const wrong of [null, "", "%", text.slice(0, -9), btoa("{}"), btoa('["a","b",[1],null]')])
      expect(readDraft(wrong)).toBeUndefined();
  });

  test("the order of keys makes no other change, another value does", () => {
    const one = { kind: "passing", factor: 1.5, level: "technician" } as const;
    const again = { level: "technician", factor: 1.5, kind: "passing" } as const;
    expect(sameChanges([one], [again])).toBe(true);
    expect(sameChanges([one], [{ ...again, factor: 1.4 }])).toBe(false);
    expect(isSame({ ...emptyDraft, name: " a " }, { ...emptyDraft, name: "a", version: 7 })).toBe(true);
  });
});

test("the address of a result leaves out what cannot be", () => {
  const read = (text: string) => readResultState(new URLSearchParams(text));
  expect(read("measure=passes&by=unit&at=2027&district=320600&year=2024")).toEqual({
    ...{ measure: "passes", by: "unit", at: 2027, where: { district: "320600" } },
  });
  expect(read("measure=x&by=x&at=soon&level=x")).toEqual({
    ...{ measure: "applicants", by: "level", at: undefined, where: {} },
  });
});

const figure: Figure = { base: 10, scenario: 12, difference: 2, low80: 1, high80: 3, low95: -1, high95: 5 };

test("a difference is more, fewer, none or not known; its interval may leave the sign open, or whether there is one", () => {
  expect(directionOf(figure)).toBe("more");
  expect(directionOf({ ...figure, difference: -2 })).toBe("fewer");
  expect(directionOf({ ...figure, difference: 0.04 })).toBe("same");
  expect(directionOf({ ...figure, difference: null })).toBe("open");
  expect([doubtOf(figure), doubtOf({ ...figure, low80: -1 }), doubtOf({ ...figure, low80: 0 })]).toEqual([
    undefined,
    "sign",
    "none",
  ]);
});

describe("difference chart", () => {
  const point = { base: 10, scenario: 12, difference: 2, inner: [1, 3], outer: [0, 4] } as const;
  const option = differenceLines({
    points: [
      { name: "2025", ...point },
      { name: "2026", base: 11, scenario: null, difference: null, inner: null, outer: null },
    ],
    chosen: 0,
    names: {
      base: "基准",
      scenario: "<方案>",
      difference: "相差",
      inner: "80% 区间",
      outer: "95% 区间",
      axis: "相差（人）",
    },
    unit: "人",
    format: String,
    signed: String,
  });

  test("two lines above, bars with whiskers below; a year that is not known has none", () => {
    expect(option.series).toMatchObject([
      { name: "基准", type: "line", data: [{ value: 10 }, { value: 11 }] },
      { name: "<方案>", type: "line", data: [{ value: 12 }, { value: null }] },
      { name: "相差", type: "bar", xAxisIndex: 1, data: [2, null] },
      {
        name: "80% 区间",
        data: [
          [0, 1],
          [0, 3],
          [0, null],
        ],
      },
      {
        name: "95% 区间",
        data: [
          [0, 0],
          [0, 4],
          [0, null],
        ],
      },
    ]);
    expect(whiskers([null, [-1, 2]])).toEqual([
      [1, -1],
      [1, 2],
      [1, null],
    ]);
  });

  test("names stay text in the tooltip", () => {
    const { tooltip } = option;
    const formatter = tooltip && !Array.isArray(tooltip) ? tooltip.formatter : undefined;
    const text = typeof formatter === "function" ? Reflect.apply(formatter, undefined, [[{ name: "2025" }], ""]) : "";
    expect(text).toContain("相差：2 人");
    expect(text).toContain("&#60;方案&#62;：12 人");
  });

  test("the lines begin at 0 unless they lie close together far above it", () => {
    expect([[], [0, 0], [3, 9], [300, 310], [-1, 5]].map(beginsAtZero)).toEqual([true, true, true, false, true]);
  });
});
