import { expect, test } from "vitest";
import { loadLibrary } from "../../server/library.ts";
import { bandPlaces } from "../../server/rules/quota.ts";
import type { District, LevelCode, QuotaInfo, RulebookInfo, RulebookUse } from "../../web/api/types.ts";
import { bandOf, quotaLevels, quotaRuleOf, quotaRulesInForce, servedPlace } from "../../web/state/quota-rules.ts";

const place = (code: string, parent: string | null): District => ({ code, name: code, parent, tier: "" });
const citation = (document: string) => ({ document, clause: "一" });
const bands = (document: string): QuotaInfo => ({
  level: "seniorTechnician",
  bands: [{ from: 1, places: 1, alternateYears: false }],
  citation: citation(document),
  sentence: { zh: "一人一名", en: "one each" },
});
const share: QuotaInfo = {
  level: "technician",
  share: { of: "posts", atMost: 0.12 },
  citation: citation("丙"),
  sentence: { zh: "不超过 12%", en: "at most 12%" },
};
const book = (id: string, quota: QuotaInfo | null): RulebookInfo => ({
  id,
  title: { zh: id, en: id },
  year: 2024,
  levels: [],
  hash: "",
  quota,
});
const use = (
  rulebook: string,
  district: string,
  level: LevelCode = "seniorTechnician",
  examYear = 2024,
): RulebookUse => ({
  rulebook,
  district,
  level,
  examYear,
  projected: false,
});
const meta = {
  districts: [
    place("32", null),
    place("3206", "32"),
    place("320612", "3206"),
    place("3204", "32"),
    place("320411", "3204"),
    place("41", null),
    place("4108", "41"),
  ],
  rulebooks: [
    book("a", bands("甲")),
    book("b", bands("乙")),
    book("again", bands("甲")),
    book("c", share),
    book("d", null),
  ],
  rulebooksInUse: [
    use("a", "3206"),
    use("b", "320411"),
    use("again", "320411", "senior"),
    use("c", "4108", "technician"),
    use("c", "4108", "seniorTechnician"),
    use("d", "41", "senior"),
    use("again", "3206", "seniorTechnician", 2023),
  ],
};

test("the levels are those of the quotas in use, and senior technicians", () => {
  expect(quotaLevels(meta, 2024)).toEqual(["technician", "seniorTechnician"]);
  expect(quotaLevels(meta, 2023)).toEqual(["seniorTechnician"]);
  expect(quotaLevels(meta, undefined)).toEqual(["seniorTechnician"]);
});

test("a district has the rule of its own rulebook or of its city's, at the level that the rule is for", () => {
  const rule = (district: string, level: LevelCode, year = 2024) =>
    quotaRuleOf(meta, { year, district, level })?.citation.document;
  expect(rule("320612", "seniorTechnician")).toBe("甲");
  expect(rule("320411", "seniorTechnician")).toBe("乙");
  expect(rule("320411", "senior")).toBeUndefined();
  expect(rule("4108", "technician")).toBe("丙");
  expect(rule("4108", "seniorTechnician")).toBeUndefined();
  expect(rule("320612", "seniorTechnician", 2022)).toBeUndefined();
  expect(rule("999999", "seniorTechnician")).toBeUndefined();
});

test("the rules in force, each once with every notice", () => {
  const inForce = (filters: { district?: string; level?: LevelCode }) =>
    quotaRulesInForce(meta, { year: 2024, ...filters }).map(({ sentence, citations }) => [
      sentence.zh,
      ...citations.map(({ document }) => document),
    ]);
  expect(inForce({})).toEqual([
    ["一人一名", "甲", "乙"],
    ["不超过 12%", "丙"],
  ]);
  expect(inForce({ level: "seniorTechnician" })).toEqual([["一人一名", "甲", "乙"]]);
  expect(inForce({ district: "32" })).toEqual([["一人一名", "甲", "乙"]]);
  expect(inForce({ district: "320612" })).toEqual([["一人一名", "甲"]]);
  expect(inForce({ district: "4108", level: "seniorTechnician" })).toEqual([]);
});

test("the band of a number is the one the rule counts by", async () => {
  const { quota } = (await loadLibrary()).get("jiangsu-2020");
  if (!quota || !("bands" in quota)) throw new Error("no bands");
  for (let technicians = 0; technicians < 40; technicians++) {
    const band = bandOf(quota.bands, technicians);
    expect(band?.places ?? 0).toBe(bandPlaces(quota, { technicians, appliedLastYear: false }));
    expect(band?.alternateYears ? 0 : (band?.places ?? 0)).toBe(
      bandPlaces(quota, { technicians, appliedLastYear: true }),
    );
    if (band) expect(technicians >= band.from && technicians <= (band.to ?? technicians)).toBe(true);
  }
  expect([0, 1, 4, 5, 9, 10, 19, 20].map((n) => bandOf(quota.bands, n)?.to)).toEqual(
    [undefined, 4, 4, 9, 9, 19, 19, undefined], // none, then the borders
  );
});

test("a rulebook serves the smallest place that is all its own", () => {
  const at = (rulebook: string, level: LevelCode) => servedPlace(meta, { rulebook, level, year: 2024 });
  expect(at("c", "technician")).toBe("4108");
  expect(at("a", "seniorTechnician")).toBe("3206");
  expect(at("d", "technician")).toBeUndefined();
  const shared = { ...meta, rulebooksInUse: [use("a", "3206"), use("a", "3204"), use("b", "320411")] };
  expect(servedPlace(shared, { rulebook: "a", level: "seniorTechnician", year: 2024 })).toBeUndefined();
  const whole = { ...meta, rulebooksInUse: [use("a", "3206"), use("a", "3204"), use("c", "4108")] };
  expect(servedPlace(whole, { rulebook: "a", level: "seniorTechnician", year: 2024 })).toBe("32");
});
