/** How many places a unit has at a level: by bands, or by the share of its posts that may hold the level. */
import { z } from "zod";
import type { CaseDifference } from "./cases.ts";
import { citation, citationOf } from "./citation-text.ts";
import { type TargetLevel, targetLevels } from "./facts.ts";
import type { Citation } from "./rulebook.ts";
import { floorOfShare, shareSchema } from "./share.ts";
import { addFault, type SpecFault } from "./spec-fault.ts";

const count = z.int().min(0);
const caseFields = {
  technicians: count.optional(),
  appliedLastYear: z.boolean().optional(),
  posts: count.optional(),
  holders: count.optional(),
};
const factsOfBands = ["technicians", "appliedLastYear"] as const;
const factsOfShare = ["posts", "holders"] as const;

const oneForm: SpecFault = {
  name: "wrongValue",
  message: { zh: "指标应写 bands（分档）或 share（比例）之一", en: "a quota has either bands or a share" },
  suggestion: { zh: "请保留其中之一", en: "write one of the two" },
};
const strangeFact = (name: string, own: readonly string[]): SpecFault => ({
  name: "unknownKey",
  message: { zh: `此指标的案例没有 ${name}`, en: `a case of this quota has no ${name}` },
  suggestion: { zh: `可用：${own.join("、")}`, en: `known: ${own.join(", ")}` },
});
const missingFact = (name: string): SpecFault => ({
  name: "missingKey",
  message: { zh: `缺少 ${name}`, en: `${name} is missing` },
  suggestion: { zh: `请补上 ${name}: 人数`, en: `add ${name}: a number of people` },
});

/** `quota:` of a rulebook text. */
export const quotaSchema = z
  .strictObject({
    level: z.enum(targetLevels),
    bands: z
      .array(z.strictObject({ from: z.int().min(1), places: count, alternateYears: z.boolean().optional() }))
      .min(1)
      .optional(),
    share: z.strictObject({ of: z.literal("posts"), atMost: shareSchema }).optional(),
    cite: citation,
    cases: z.array(z.strictObject({ name: z.string().optional(), ...caseFields, places: count })).optional(),
  })
  .superRefine(({ bands, share, cases = [] }, context) => {
    if (!bands === !share) return addFault(context, bands ? ["share"] : [], oneForm);
    const [own, strange] = bands ? [factsOfBands, factsOfShare] : [factsOfShare, factsOfBands];
    for (const [index, one] of cases.entries()) {
      const name = strange.find((fact) => one[fact] !== undefined);
      if (name) addFault(context, ["cases", index, name], strangeFact(name, own));
      else if (one[own[0]] === undefined) addFault(context, ["cases", index], missingFact(own[0]));
    }
  });
export type QuotaText = z.infer<typeof quotaSchema>;
export type QuotaCase = NonNullable<QuotaText["cases"]>[number];

export interface QuotaBand {
  /** At least this many technicians: workers on post in the unit and trade whose present level is the one below. */
  readonly from: number;
  readonly places: number;
  /** Only when no quota-using application was made in the year before. */
  readonly alternateYears: boolean;
}

/** Places per unit and general trade. */
export interface QuotaByBands {
  readonly level: TargetLevel;
  /** From high to low. */
  readonly bands: readonly QuotaBand[];
  readonly citation: Citation;
}

/** Places per unit, whatever the trade. */
export interface QuotaByShare {
  readonly level: TargetLevel;
  readonly share: { readonly of: "posts"; readonly atMost: number };
  readonly citation: Citation;
}

export type QuotaRule = QuotaByBands | QuotaByShare;

/** `document` is that of the rulebook the text stands in. */
export function quotaRule({ level, bands, share, cite }: QuotaText, document: string): QuotaRule {
  const citation = citationOf(cite, document);
  if (share) return { level, share, citation };
  const ordered = [...(bands ?? [])].sort((a, b) => b.from - a.from);
  return {
    level,
    bands: ordered.map((band) => ({ ...band, alternateYears: band.alternateYears ?? false })),
    citation,
  };
}

/** Places of a unit in a general trade. `appliedLastYear`: a quota-using application was made there in the year before. */
export function bandPlaces(
  { bands }: QuotaByBands,
  { technicians, appliedLastYear }: { readonly technicians: number; readonly appliedLastYear: boolean },
): number {
  const band = bands.find(({ from }) => technicians >= from);
  return !band || (band.alternateYears && appliedLastYear) ? 0 : band.places;
}

/** Places of a unit: how many more of its posts may hold the level. `holders`: workers on post who hold it. */
export function sharePlaces(
  { share }: QuotaByShare,
  { posts, holders }: { readonly posts: number; readonly holders: number },
): number {
  return Math.max(0, floorOfShare(share.atMost, posts) - holders);
}

function placesOf(rule: QuotaRule, { technicians = 0, appliedLastYear = false, posts = 0, holders = 0 }: QuotaCase) {
  return "share" in rule ? sharePlaces(rule, { posts, holders }) : bandPlaces(rule, { technicians, appliedLastYear });
}

/** A case beside the quota rule that does not hold. */
export interface QuotaCaseFault {
  readonly name: string;
  readonly differences: readonly CaseDifference[];
}

/** The cases beside the quota rule of a rulebook that do not hold, each with what differs. */
export function checkQuotaCases(book: {
  readonly quota: QuotaRule | undefined;
  readonly quotaCases: readonly QuotaCase[];
}): QuotaCaseFault[] {
  const { quota } = book;
  if (!quota) return [];
  return book.quotaCases.flatMap((one) => {
    const { name, places, ...facts } = one;
    const found = placesOf(quota, one);
    if (found === places) return [];
    const title =
      name ??
      Object.entries(facts)
        .map(([fact, value]) => `${fact} ${value}`)
        .join(", ");
    return [{ name: title, differences: [{ path: ["places"], expected: places, found }] }];
  });
}
