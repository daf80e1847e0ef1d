import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jurisdiction } from "../../server/eligibility/index.ts";
import { loadLibrary } from "../../server/library.ts";
import { bindLevel } from "../../server/rules/bind.ts";
import { evaluate } from "../../server/rules/evaluate.ts";
import type { targetLevels } from "../../server/rules/facts.ts";
import type { Facts } from "../../server/rules/parse-facts.ts";
import { LevelPeople, RandomPeople, randomNumbers } from "./people.ts";

const library = await loadLibrary();
const changzhou = library.get("changzhou-2024");
const jiangsu = library.get("jiangsu-2020");
const person = (seed: number, year: number) => new RandomPeople(randomNumbers(seed), year).next(seed);
const seeds = fc.integer({ min: 1, max: 1_000_000 });
const day = (year: number, month: number, date: number) =>
  `${year}-${String(month).padStart(2, "0")}-${String(date).padStart(2, "0")}`;

describe("properties of the rules", () => {
  it("normal and early exclude each other", () => {
    fc.assert(
      fc.property(seeds, fc.constantFrom("intermediate", "senior"), (seed, level) => {
        const { pathways } = evaluate(changzhou, level, 2024, person(seed, 2024));
        const outcome = (id: string) => pathways.find((one) => one.id === id)?.outcome;
        return !(outcome("normal") === "met" && outcome("early") === "met");
      }),
      { numRuns: 500 },
    );
  });

  it("Jiangsu's year thresholds do not see month and day", () => {
    const date = fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }));
    fc.assert(
      fc.property(
        seeds,
        fc.integer({ min: 1990, max: 2020 }),
        fc.integer({ min: 2010, max: 2020 }),
        date,
        date,
        (seed, start, certificate, a, b) => {
          const base: Facts = { ...person(seed, 2020), resettledOn: null };
          const decide = (m: number, d: number) =>
            evaluate(jiangsu, "intermediate", 2020, {
              ...base,
              workStartedOn: day(start, m, d),
              levelObtainedOn: day(certificate, m, d),
            }).decision;
          expect(decide(...a)).toBe(decide(...b));
        },
      ),
      { numRuns: 300 },
    );
  });

  it.each(["levelObtainedOn", "workStartedOn"] as const)(
    "an earlier year of %s never turns eligible into ineligible",
    (fact) => {
      let random = randomNumbers(1);
      // Jiaozuo's junior level is left out: it asks for fewer than ten years of work.
      const levels = [...library.books.values()].flatMap((book) =>
        [...book.levels.keys()]
          .filter((level) => level !== "junior")
          .map((level) => ({ book, level, people: new LevelPeople(() => random(), bindLevel(book, level), {}) })),
      );
      fc.assert(
        fc.property(
          seeds,
          fc.integer({ min: 1985, max: 2023 }),
          fc.constantFrom(...levels),
          (seed, year, { book, level, people }) => {
            random = randomNumbers(seed);
            const base = people.next(seed);
            const decide = (text: string) => evaluate(book, level, book.year, { ...base, [fact]: text }).decision;
            if (decide(String(year)) === "eligible") expect(decide(String(year - 1))).toBe("eligible");
          },
        ),
        { numRuns: 1_000 },
      );
    },
  );

  it("learning one more fact never turns a decided case undetermined", () => {
    fc.assert(
      fc.property(seeds, fc.constantFrom(...library.books.values()), (seed, book) => {
        const known = person(seed, book.year);
        const [level] = [...book.levels.keys()].slice(-1);
        const keys = Object.keys(known).filter((key) => key !== "trade");
        const hidden = keys[seed % keys.length] ?? "";
        const before = evaluate(book, level ?? "", book.year, { ...known, [hidden]: null }).decision;
        const after = evaluate(book, level ?? "", book.year, known).decision;
        const absentMeansNo = [
          "transferred",
          "fraudRecordedOn",
          "exceptionalConditionsUsed",
          "resettledOn",
          "arrivedFromOtherProvince",
          "retirementDate",
          "retirementTrack",
          "levelSource",
          "failedReviewYears",
        ];
        if (before !== "undetermined" && !absentMeansNo.includes(hidden)) expect(after).toBe(before);
      }),
      { numRuns: 1_000 },
    );
  });

  it("a decided worker misses no fact, an undetermined one only unknown or partial ones", () => {
    fc.assert(
      fc.property(seeds, fc.constantFrom(...library.books.values()), (seed, book) => {
        const facts = person(seed, book.year);
        for (const level of book.levels.keys()) {
          const { decision, missing, blocking } = evaluate(book, level, book.year, facts);
          if (decision !== "undetermined") expect(missing).toEqual([]);
          if (decision !== "ineligible") expect(blocking).toEqual([]);
          else expect(blocking.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("first eligible year", () => {
  /** The person as of an exam year, every year from `from` on without record having brought qualified and training passed. */
  function asOf(facts: Facts, from: number, examYear: number): Facts {
    const appraisals = { ...facts.appraisals };
    const continuingEducation = { ...facts.continuingEducation };
    for (let year = from; year < examYear; year++) {
      appraisals[year] ??= "qualified";
      continuingEducation[year] ??= true;
    }
    return { ...facts, appraisals, continuingEducation };
  }

  it.each(
    [...library.books.values()].flatMap((book) => [...book.levels.keys()].map((level) => [book.id, level] as const)),
  )("%s %s: the first year whose own evaluation plans for the worker", (id, level) => {
    const book = library.get(id);
    const people = new RandomPeople(randomNumbers(level.length), book.year);
    for (let index = 0; index < 80; index++) {
      const facts = people.next(index);
      const now = evaluate(book, level, book.year, facts);
      const years = Array.from({ length: 15 }, (_, later) => book.year + 1 + later);
      const plans = (year: number) =>
        evaluate(book, level, year, asOf(facts, book.year, year)).planningDecision === "eligible";
      const found = now.planningDecision === "eligible" ? book.year : (years.find(plans) ?? null);
      expect(now.firstEligibleYear, JSON.stringify(facts)).toBe(found);
    }
  });
});

describe("jurisdiction", () => {
  const serves = (district: string, level: (typeof targetLevels)[number], year: number) => {
    const found = jurisdiction(library, district, level, year);
    return found && [found.rulebook.id, found.projected, found.projectedBack];
  };

  it("takes the district's own rulebook from its year on", () => {
    expect(serves("320612", "seniorTechnician", 2023)).toEqual(["nantong-2023", false, false]);
    expect(serves("320612", "seniorTechnician", 2025)).toEqual(["nantong-2023", true, false]);
    expect(serves("320402", "senior", 2024)).toEqual(["changzhou-2024", false, false]);
    expect(serves("321012", "junior", 2020)).toEqual(["jiangdu-2020", false, false]);
  });

  it("leaves Nantong's other levels, and places without a notice of their own, to the province", () => {
    expect(serves("3206SZ", "technician", 2023)).toEqual(["jiangsu-2020", true, false]);
    expect(serves("321002", "junior", 2020)).toEqual(["jiangsu-2020", false, false]);
  });

  it("projects the first rulebook back, and has none where none covers the level", () => {
    expect(serves("410822", "senior", 2019)).toEqual(["jiaozuo-2023", true, true]);
    expect(serves("320612", "seniorTechnician", 2022)).toEqual(["nantong-2023", true, true]);
    expect(serves("320402", "junior", 2018)).toEqual(["changzhou-2024", true, true]);
    expect(serves("321002", "junior", 2018)).toEqual(["jiangsu-2020", true, true]);
    expect(serves("350102", "junior", 2020)).toBeUndefined();
    expect(serves("110101", "junior", 2020)).toBeUndefined();
  });
});
