import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { loadLibrary } from "../../server/library.ts";
import { decimal, rounded, sum, toNumber } from "../../server/rules/decimal.ts";
import type { FactItem, Facts } from "../../server/rules/parse-facts.ts";
import { type ScoreResult, score } from "../../server/rules/score.ts";
import { type Reading, readings } from "../../server/rules/score-text.ts";

const library = await loadLibrary();
const asked = fc.constantFrom(
  { book: library.get("nantong-2023"), level: "seniorTechnician", year: 2023 },
  { book: library.get("changzhou-2024"), level: "technician", year: 2024 },
  { book: library.get("changzhou-2024"), level: "seniorTechnician", year: 2025 },
);
type Asked = typeof asked extends fc.Arbitrary<infer T> ? T : never;
const scoreOf = ({ book, level, year }: Asked, facts: Facts, reading?: Reading) =>
  score(book, level, year, facts, { reading });

const year = fc.integer({ min: 2015, max: 2026 });
const two = (value: number) => String(value).padStart(2, "0");
const day = fc
  .tuple(year, fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
  .map(([y, m, d]) => `${y}-${two(m)}-${two(d)}`);
const date = fc.tuple(day, fc.constantFrom(4, 7, 10, 10, 10)).map(([text, length]) => text.slice(0, length));
const dated = fc.option(date, { freq: 8 });
const matter = fc.option(fc.constantFrom("甲", "乙"), { freq: 2 });
const rank = fc.constantFrom("unit", "county", "municipal", "provincial", "national");

const honourOf = (kind: fc.Arbitrary<string>) => fc.record({ kind, rank, awardedOn: dated, matter });
const otherHonour = honourOf(
  fc.constantFrom("modelWorker", "advancedWorker", "technicalExpert", "labourMedal", "commendation"),
);
const partyHonour = honourOf(fc.constant("outstandingPartyMember"));
const patent = fc.record({
  kind: fc.constantFrom("invention", "utilityModel", "design"),
  inTrade: fc.option(fc.boolean(), { freq: 4 }),
  grantedOn: dated,
  matter,
});
const award = fc.record({ rank, grade: fc.integer({ min: 1, max: 3 }), awardedOn: dated, matter });
const mapOf = <T>(value: fc.Arbitrary<T>) => fc.dictionary(year.map(String), value, { maxKeys: 8 });
const mark = fc.oneof(fc.integer({ min: 0, max: 100 }), fc.double({ min: 0, max: 100, noNaN: true }));

interface Scored extends Facts {
  readonly honours: FactItem[];
  readonly patents: FactItem[];
  readonly techAwards: FactItem[];
  readonly commendedYears: number[];
  readonly outstandingPartyMemberYears: number[];
}

const worker: fc.Arbitrary<Scored> = fc.record({
  levelObtainedOn: date,
  appraisals: mapOf(fc.constantFrom("excellent", "qualified", "ungraded")),
  commendedYears: fc.array(year, { maxLength: 5 }),
  outstandingPartyMemberYears: fc.array(year, { maxLength: 5 }),
  continuingEducation: mapOf(fc.boolean()),
  honours: fc.array(fc.oneof(otherHonour, partyHonour), { maxLength: 6 }),
  patents: fc.array(patent, { maxLength: 4 }),
  techAwards: fc.array(award, { maxLength: 3 }),
  marks: fc.option(fc.record({ theory: mark, skills: mark, defence: mark, lecture: mark }), { nil: {} }),
});

const parts = ({ daily, honours, continuingEducation }: ScoreResult) => [daily, honours, continuingEducation];
const anyReading = fc.constantFrom<Reading>(...readings);
/** Under `topTier` a first higher honour may take the place of several lower ones. */
const growing = fc.constantFrom<Reading>("single", "sum");
const many = { numRuns: 1_000 };

describe("properties of the quantified score", () => {
  test("no part is above its cap; raw is the sum of what counts; what does not count says why", () => {
    fc.assert(
      fc.property(asked, worker, anyReading, (where, facts, reading) => {
        const result = scoreOf(where, facts, reading);
        for (const { points, raw, cap, items } of parts(result)) {
          const counted = items.filter((one) => one.counted);
          expect(raw).toBe(counted.reduce((total, one) => total + one.points, 0));
          expect(points).toBe(Math.min(raw, cap));
          for (const one of items) expect(one.counted).toBe(one.reason === null);
        }
        expect(result.ability?.points ?? 0).toBeLessThanOrEqual(70);
        expect(result.total).toBeLessThanOrEqual(result.cap);
      }),
      many,
    );
  });

  test("the total is the sum of the parts, rounded once", () => {
    fc.assert(
      fc.property(asked, worker, (where, facts) => {
        const result = scoreOf(where, facts);
        const marks = Object.entries(facts.marks ?? {}).map(([name, value]) => ({
          value,
          weight: /^[ts]/.test(name) ? 30 : 5,
        }));
        // the marks are multiplied out here once more, in integers of the marks' own decimals
        const ability = marks.map(({ value, weight }) => ({
          units: decimal(value).units * BigInt(weight),
          scale: decimal(value).scale + 2,
        }));
        const whole = parts(result).reduce((total, { points }) => total + points, 0);
        expect(result.ability === null).toBe(marks.length === 0);
        expect(result.total).toBe(toNumber(rounded(sum([decimal(whole), ...ability]), 2)));
        expect(Math.abs(result.total - whole - (result.ability?.points ?? 0))).toBeLessThan(0.005 + 1e-9);
      }),
      many,
    );
  });

  test("the order of items and years is irrelevant", () => {
    const shuffled = worker.chain((facts) =>
      fc.record({
        facts: fc.constant(facts),
        other: fc.record({
          honours: fc.shuffledSubarray(facts.honours, { minLength: facts.honours.length }),
          patents: fc.shuffledSubarray(facts.patents, { minLength: facts.patents.length }),
          techAwards: fc.shuffledSubarray(facts.techAwards, { minLength: facts.techAwards.length }),
          commendedYears: fc.constant([...facts.commendedYears].reverse()),
          outstandingPartyMemberYears: fc.constant([...facts.outstandingPartyMemberYears].reverse()),
        }),
      }),
    );
    fc.assert(
      fc.property(asked, shuffled, anyReading, (where, { facts, other }, reading) => {
        expect(scoreOf(where, { ...facts, ...other }, reading)).toEqual(scoreOf(where, facts, reading));
      }),
      many,
    );
  });

  test("one more item never lowers the score", () => {
    const more = fc.oneof(
      otherHonour.map((one) => (facts: Scored) => ({ ...facts, honours: [...facts.honours, one] })),
      patent.map((one) => (facts: Scored) => ({ ...facts, patents: [...facts.patents, one] })),
      award.map((one) => (facts: Scored) => ({ ...facts, techAwards: [...facts.techAwards, one] })),
      year.map((one) => (facts: Scored) => ({ ...facts, commendedYears: [...facts.commendedYears, one] })),
      year.map((one) => (facts: Scored) => ({
        ...facts,
        outstandingPartyMemberYears: [...facts.outstandingPartyMemberYears, one],
      })),
      year.map((one) => (facts: Scored) => ({
        ...facts,
        appraisals: { ...facts.appraisals, [one]: "excellent" as const },
      })),
      year.map((one) => (facts: Scored) => ({
        ...facts,
        continuingEducation: { ...facts.continuingEducation, [one]: true },
      })),
      // a Party member's honour in a year already listed is no further item: it only says more about that year
      partyHonour.map((one) => (facts: Scored) => {
        const listed = facts.outstandingPartyMemberYears.includes(Number(one.awardedOn?.slice(0, 4)));
        return listed ? facts : { ...facts, honours: [...facts.honours, one] };
      }),
    );
    fc.assert(
      fc.property(asked, worker, more, growing, (where, facts, add, reading) => {
        const [before, after] = [scoreOf(where, facts, reading), scoreOf(where, add(facts), reading)];
        parts(before).forEach(({ raw }, index) => {
          expect(parts(after)[index]?.raw).toBeGreaterThanOrEqual(raw);
        });
        expect(after.total).toBeGreaterThanOrEqual(before.total);
      }),
      { numRuns: 3_000 },
    );
  });

  test("an earlier certificate never lowers the score", () => {
    fc.assert(
      fc.property(asked, worker, day, day, growing, (where, facts, a, b, reading) => {
        const [early, late] = a < b ? [a, b] : [b, a];
        const total = (levelObtainedOn: string) => scoreOf(where, { ...facts, levelObtainedOn }, reading).total;
        expect(total(early)).toBeGreaterThanOrEqual(total(late));
      }),
      many,
    );
  });

  test("all honours give at least what the highest tier gives, and that at least what the highest one gives", () => {
    fc.assert(
      fc.property(asked, worker, (where, facts) => {
        const [single, topTier, all] = (["single", "topTier", "sum"] as const).map((reading) =>
          scoreOf(where, facts, reading),
        );
        expect(topTier?.honours.points).toBeGreaterThanOrEqual(single?.honours.points ?? 0);
        expect(all?.honours.points).toBeGreaterThanOrEqual(topTier?.honours.points ?? 0);
        expect(all?.daily).toEqual(single?.daily);
        expect(all?.continuingEducation).toEqual(single?.continuingEducation);
      }),
      many,
    );
  });

  test("of one year and matter one item counts, and a Party member once a year", () => {
    fc.assert(
      fc.property(asked, worker, (where, facts) => {
        for (const { items } of [scoreOf(where, facts, "sum").daily, scoreOf(where, facts, "sum").honours]) {
          const counted = items.filter((one) => one.counted);
          const matters = counted.filter((one) => one.matter !== null).map((one) => `${one.year} ${one.matter}`);
          expect(new Set(matters).size).toBe(matters.length);
          const party = counted.filter(({ item }) => item === "outstanding-party-member").map((one) => one.year);
          expect(new Set(party).size).toBe(party.length);
          // the one that counts is the highest of its matter
          for (const one of items.filter(({ reason }) => reason?.en.startsWith("of the same matter"))) {
            const best = counted.find(({ year, matter }) => year === one.year && matter === one.matter);
            expect(best?.points).toBeGreaterThanOrEqual(one.points);
          }
        }
      }),
      many,
    );
  });
});
