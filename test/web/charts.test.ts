import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { eligibilityBar, eligibilityParts, openRest, topBars } from "../../web/charts/options/eligibility-bars.ts";
import { quotaBar, quotaParts } from "../../web/charts/options/quota-bars.ts";
import { type Bar, barsHeight, escapeHtml, stackedBars } from "../../web/charts/options/stacked-bars.ts";
import { palette } from "../../web/charts/palette.ts";

const plain = String;
const counts = fc
  .record({ eligible: fc.nat(500), expected: fc.nat(500), open: fc.nat(500) })
  .map(({ eligible, expected, open }) => ({
    eligible,
    planningEligible: eligible + expected,
    undetermined: expected + open,
  }));

describe("eligibility bars", () => {
  test("the parts of a bar add up to eligible and undetermined", () => {
    fc.assert(
      fc.property(counts, (row) => {
        const { values } = eligibilityBar("320600", "南通市", row, plain);
        expect((values[0] ?? 0) + (values[1] ?? 0)).toBe(row.eligible + row.undetermined);
        expect(openRest(row)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test("the bars beyond the top are one more, and nobody is lost", () => {
    fc.assert(
      fc.property(fc.array(counts, { maxLength: 40 }), fc.integer({ min: 1, max: 20 }), (rows, top) => {
        const bars = rows.map((row, index) => eligibilityBar(String(index), String(index), row, plain));
        const cut = topBars(bars, top, "其他", plain);
        const sum = (list: readonly Bar[], part: number): number =>
          list.reduce((total, bar) => total + (bar.values[part] ?? 0), 0);
        expect(cut.length).toBe(Math.min(bars.length, top + (bars.length > top ? 1 : 0)));
        expect([sum(cut, 0), sum(cut, 1)]).toEqual([sum(bars, 0), sum(bars, 1)]);
        if (bars.length > top) expect(cut.at(-1)?.key).toBeNull();
      }),
    );
  });
});

describe("quota bars", () => {
  test("within and left make the quota, over stands beyond it", () => {
    const bar = quotaBar("320600", "南通市", { within: 3, left: 2, over: 4 }, (within, quota, over) =>
      [within, quota, over].join("/"),
    );
    expect(bar).toEqual({ key: "320600", name: "南通市", values: [3, 2, 4], label: "3/5/4" });
  });
});

describe("stacked bars", () => {
  const option = stackedBars({
    parts: eligibilityParts({ expected: "预计可申报", open: "其余待核" }),
    bars: [
      eligibilityBar("320612", "通州区", { eligible: 2, planningEligible: 5, undetermined: 6 }, plain),
      eligibilityBar("320613", "崇川区", { eligible: 0, planningEligible: 0, undetermined: 0 }, plain),
    ],
    format: plain,
    unit: "人",
    totalName: "合计",
  });

  test("one series per part, one value per bar, names in order", () => {
    expect(option.series).toMatchObject([
      { name: "预计可申报", type: "bar", data: [5, 0] },
      { name: "其余待核", type: "bar", data: [3, 0] },
    ]);
    expect(option.yAxis).toMatchObject({ data: ["通州区", "崇川区"], inverse: true });
  });

  test("names out of files stay text in the tooltip", () => {
    const tooltip = option.tooltip;
    const formatter = tooltip && !Array.isArray(tooltip) ? tooltip.formatter : undefined;
    const hostile = stackedBars({
      parts: [{ name: "a", color: palette.primary }],
      bars: [{ key: null, name: "<img src=x onerror=alert(1)>", values: [1], label: "1" }],
      format: plain,
      unit: "人",
      totalName: "合计",
    }).tooltip;
    const write = hostile && !Array.isArray(hostile) ? hostile.formatter : undefined;
    expect(typeof formatter).toBe("function");
    const html: unknown = typeof write === "function" ? Reflect.apply(write, undefined, [[{ dataIndex: 0 }]]) : "";
    expect(html).not.toContain("<img");
    expect(escapeHtml(`<a href="x">'&`)).not.toMatch(/[<>"']/);
  });

  test("the picture grows with its bars, within bounds", () => {
    expect(barsHeight(0)).toBe(180);
    expect(barsHeight(10)).toBeGreaterThan(barsHeight(5));
    expect(barsHeight(500)).toBe(680);
  });
});

/** Relative luminance of sRGB (WCAG 2). */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
const contrast = (a: string, b: string): number => {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
};

describe("palette", () => {
  test("neighbours in a stack differ in grey or by a pattern", () => {
    for (const parts of [
      eligibilityParts({ expected: "", open: "" }),
      quotaParts({ within: "", left: "", over: "" }),
    ]) {
      parts.slice(1).forEach((part, index) => {
        expect(contrast(part.color, parts[index]?.color ?? "#ffffff")).toBeGreaterThan(2);
        expect(part.decal).toBeDefined();
      });
    }
  });

  test("text is readable on white", () => {
    for (const color of [palette.ink, palette.muted, palette.primary, palette.over]) {
      expect(contrast(color, "#ffffff"), color).toBeGreaterThan(4.5);
    }
  });
});
