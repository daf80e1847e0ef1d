/** Which quota rules hold where: the rulebooks in use tell, nothing is known here of any place. */
import type { QuotaBand } from "../../server/rules/quota.ts";
import { type Citation, type LevelCode, levelCodes, type Message, type Meta, type QuotaInfo } from "../api/types.ts";
import { districtPath } from "./districts.ts";

type Known = Pick<Meta, "rulebooks" | "rulebooksInUse" | "districts">;

const quotaOf = (meta: Known, rulebook: string): QuotaInfo | undefined =>
  meta.rulebooks.find(({ id }) => id === rulebook)?.quota ?? undefined;

/** The levels that the quota table lists: senior technicians always, others where a rulebook in use has a quota for them. */
export function quotaLevels(meta: Known, year: number | undefined): readonly LevelCode[] {
  const ruled = meta.rulebooksInUse.filter(
    (use) => use.examYear === year && quotaOf(meta, use.rulebook)?.level === use.level,
  );
  return levelCodes.filter((code) => code === "seniorTechnician" || ruled.some(({ level }) => level === code));
}

/** The quota rule for a level in a district; a rulebook in use is named for the district or for a place it lies in. */
export function quotaRuleOf(
  meta: Known,
  { year, district, level }: { readonly year: number; readonly district: string; readonly level: LevelCode },
): QuotaInfo | undefined {
  const path = districtPath(meta.districts, district).map(({ code }) => code);
  const use = meta.rulebooksInUse.find(
    (one) => one.examYear === year && one.level === level && (one.district === district || path.includes(one.district)),
  );
  const quota = use && quotaOf(meta, use.rulebook);
  return quota?.level === level ? quota : undefined;
}

export interface RuleInForce {
  readonly sentence: Message;
  readonly citations: readonly Citation[];
  /** Ids of the rulebooks with this rule. */
  readonly rulebooks: readonly string[];
}

/** The quota rules in force in a place (everywhere when none is given), the same rule once, with every notice that states it. */
export function quotaRulesInForce(
  meta: Known,
  {
    year,
    district,
    level,
  }: { readonly year: number; readonly district?: string | undefined; readonly level?: LevelCode | undefined },
): readonly RuleInForce[] {
  const pathOf = (code: string): readonly string[] => districtPath(meta.districts, code).map((place) => place.code);
  const isThere = (place: string): boolean =>
    district === undefined || pathOf(place).includes(district) || pathOf(district).includes(place);
  const ids = meta.rulebooksInUse
    .filter((use) => use.examYear === year && (level === undefined || use.level === level) && isThere(use.district))
    .filter((use) => quotaOf(meta, use.rulebook)?.level === use.level)
    .map(({ rulebook }) => rulebook);
  const rules = new Map<string, RuleInForce>();
  for (const id of [...new Set(ids)].sort()) {
    const quota = quotaOf(meta, id);
    if (!quota) continue;
    const { sentence, citation } = quota;
    const before = rules.get(sentence.zh) ?? { sentence, citations: [], rulebooks: [] };
    const isCited = before.citations.some(
      ({ document, clause }) => document === citation.document && clause === citation.clause,
    );
    rules.set(sentence.zh, {
      sentence,
      citations: isCited ? before.citations : [...before.citations, citation],
      rulebooks: [...before.rulebooks, id],
    });
  }
  return [...rules.values()];
}

export interface Band extends QuotaBand {
  /** The last number of the band; undefined in the highest. */
  readonly to: number | undefined;
}

/** The band that so many people fall in; undefined below the lowest. */
export function bandOf(bands: readonly QuotaBand[], people: number): Band | undefined {
  const index = bands.findIndex(({ from }) => people >= from);
  const band = bands[index];
  const above = bands[index - 1];
  return band && { ...band, to: above && above.from - 1 };
}

/**
 * The smallest place that holds everything a rulebook decides at a level in a year and nothing that another one decides;
 * undefined where there is none.
 */
export function servedPlace(
  meta: Known,
  { rulebook, level, year }: { readonly rulebook: string; readonly level: LevelCode; readonly year: number },
): string | undefined {
  const uses = meta.rulebooksInUse.filter((use) => use.examYear === year && use.level === level);
  const pathOf = (code: string): readonly string[] => districtPath(meta.districts, code).map((place) => place.code);
  const own = uses.filter((use) => use.rulebook === rulebook).map((use) => pathOf(use.district));
  const [first] = own;
  const place = first?.findLast((code) => own.every((path) => path.includes(code)));
  if (place === undefined) return undefined;
  const others = uses.filter((use) => use.rulebook !== rulebook).map((use) => pathOf(use.district));
  return others.some((path) => path.includes(place)) ? undefined : place;
}
