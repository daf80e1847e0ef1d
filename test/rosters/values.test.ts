import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nearestWord, similarity } from "../../server/rosters/suggest.ts";
import { compact, isNothing, isRepeat, readNumber, tidy, tidyName } from "../../server/rosters/values.ts";

describe("texts", () => {
  it("are compared half-width and without spaces of any kind", () => {
    expect(compact("１９８５．０７")).toBe("1985.07");
    expect(compact(" 江 都\u00a0区\u3000\u200b\ufeff\n")).toBe("江都区");
    expect(compact("ＡＢ（甲）")).toBe("AB(甲)");
  });

  it("keep one space in running text, and none between two Chinese characters of a name", () => {
    expect(tidy("甲 \n\u00a0 乙")).toBe("甲 乙");
    expect(tidyName("张　三")).toBe("张三");
    expect(tidyName("某某市\n第一 中学")).toBe("某某市第一中学");
    expect(tidyName("A  B 中学")).toBe("A B 中学");
    expect(tidyName("第１中学Ａ区（东）")).toBe("第1中学A区（东）");
  });

  it("say nothing, or what the cell above says", () => {
    expect(["/", "-", "—", "——", "N/A", "。"].every(isNothing)).toBe(true);
    expect(["无", "0", "A", "否", "不详"].some(isNothing)).toBe(false);
    expect(["同上", "〃", "″", "”", '"', "同前", "(同上)", "同　上"].every(isRepeat)).toBe(true);
    expect(["同", "上", "同上海", "一"].some(isRepeat)).toBe(false);
  });

  it("are numbers only in digits", () => {
    expect(["１２", "-1.5", "80.25"].map(readNumber)).toEqual([12, -1.5, 80.25]);
    expect(["1,234", "5%", "1e3", "", "0x10"].map(readNumber)).toEqual(Array(5).fill(undefined));
  });

  it("never make the readers throw", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(typeof compact(text) + typeof tidyName(text) + typeof isNothing(text)).toBe("stringstringboolean");
        expect(tidyName(tidyName(text))).toBe(tidyName(text));
      }),
    );
  });
});

describe("likeness", () => {
  it("is 1 for the same text in any width, and 0 for nothing in common", () => {
    expect(similarity("Ａ工", "a 工")).toBe(1);
    expect(similarity("电工", "厨师")).toBe(0);
  });

  it("is the same both ways and between 0 and 1", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        const score = similarity(a, b);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(1);
        expect(similarity(b, a)).toBeCloseTo(score, 10);
      }),
    );
  });

  it("finds the word that was meant, or none", () => {
    const words = ["汽车驾驶与管理", "汽车修理", "计算机信息处理", "电工"];
    expect(nearestWord("汽车驾驶和管理", words)).toBe("汽车驾驶与管理");
    expect(nearestWord("计算机信息", words)).toBe("计算机信息处理");
    expect(nearestWord("飞行员", words)).toBeUndefined();
    expect(nearestWord("电".repeat(100), words)).toBeUndefined();
  });
});
