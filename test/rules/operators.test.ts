/** Every operator by itself: its probes state possible facts and reach every outcome it can have, on both sides of its threshold. */
import { describe, expect, it } from "vitest";
import { met, type Outcome, outcomeName, unknown, unmet } from "../../server/rules/kleene.ts";
import { operators } from "../../server/rules/operators/index.ts";
import { type Facts, parseFacts } from "../../server/rules/parse-facts.ts";
import { Person } from "../../server/rules/person.ts";
import type { BindContext, Term, TermSpec } from "../../server/rules/term.ts";

const interval = (day: number) => ({ from: day, to: day });
const context: BindContext = {
  year: 2024,
  target: "technician",
  dates: new Map([
    ["window.from", interval(Date.UTC(2024, 6, 1) / 86_400_000)],
    ["window.to", interval(Date.UTC(2024, 6, 31) / 86_400_000)],
    ["cutOff", { from: Date.UTC(2024, 11, 1) / 86_400_000, to: Date.UTC(2024, 11, 31) / 86_400_000 }],
  ]),
  lists: new Map([["open", ["电工", "烹饪", "保育"]]]),
  bind,
};

function bind(part: TermSpec): Term {
  const name = Object.keys(part).find((key) => operators.has(key)) ?? "";
  const operator = operators.get(name);
  if (!operator) throw new Error(`no operator in ${JSON.stringify(part)}`);
  return operator.bind(operator.schema.parse(part[name]), context);
}

const honour = { fact: "honours", where: { kind: ["modelWorker"], rank: { atLeast: "municipal" } } };
const excellent = { fact: "appraisals", in: ["excellent"] };

/** A condition and the outcomes it cannot have. */
const conditions: readonly (readonly [part: TermSpec, never: readonly Outcome[]])[] = [
  [{ value: { fact: "onPost", is: true } }, []],
  [{ value: { fact: "trade", in: "open" } }, []],
  [{ value: { fact: "education", in: ["college", "bachelor"] } }, []],
  [{ value: { fact: "transferred", is: false } }, [unknown]],
  [{ number: { fact: "papersInTrade", atLeast: 1 } }, []],
  [{ level: { is: "justBelow" } }, []],
  [{ level: { is: "below", certified: true } }, []],
  [{ level: { is: "target" } }, []],
  [{ date: { fact: "levelObtainedOn", yearAtMost: -4 } }, []],
  [{ date: { fact: "regularisedOn", notAfter: "window.to" } }, []],
  [{ date: { fact: "postLicenceValidUntil", notBefore: "Y-07-15" } }, []],
  [{ elapsed: { from: "workStartedOn", count: "day", through: "Y-12-31", atLeast: 10 } }, []],
  [{ elapsed: { from: "workStartedOn", count: "calendar", through: "Y-12-31", lessThan: 10 } }, []],
  [
    {
      elapsed: {
        from: ["militaryServiceStartedOn", "workStartedOn"],
        count: "calendar",
        throughFact: "resettledOn",
        atLeast: 10,
      },
    },
    [],
  ],
  [{ age: { on: "Y-12-31", atLeast: 45 } }, []],
  [{ age: { on: "Y-06-30", male: 50, female: 45 } }, []],
  [{ retirement: { after: "cutOff" } }, []],
  [{ retirement: { notBefore: "Y-03" } }, []],
  [{ retirement: { within: { from: "Y-03", to: "Y-12" } } }, []],
  [{ lapsed: { fact: "fraudRecordedOn", years: 3, by: "Y-07-15" } }, []],
  [{ years: { of: [{ fact: "appraisals", in: ["excellent", "qualified"] }], from: -5, through: -1, every: true } }, []],
  [{ years: { of: [{ fact: "continuingEducation" }], from: -2, through: -1, every: true } }, []],
  [{ years: { of: [excellent], from: -5, through: -1, atLeast: 2 } }, []],
  [{ years: { of: [excellent, { fact: "outstandingPartyMemberYears" }], from: -5, through: -1, atLeast: 2 } }, []],
  [{ years: { of: [excellent], from: -5, through: -1, consecutive: 2 } }, []],
  [
    {
      years: {
        of: [excellent, { fact: "militaryHonours", in: ["excellentSoldier"] }],
        consecutive: 3,
        recordsAreComplete: true,
      },
    },
    [],
  ],
  [{ years: { of: [{ fact: "failedReviewYears" }], from: -9, through: -1, atLeast: 1 } }, [unknown]],
  [{ items: honour }, []],
  [{ items: { ...honour, since: "levelObtainedOn" } }, []],
  [
    {
      items: { fact: "patents", where: { kind: ["utilityModel"], inTrade: true, position: { atMost: 5 } }, atLeast: 2 },
    },
    [],
  ],
  [{ items: { fact: "competitions", where: { tier: ["national1"], place: { atLeast: 4, atMost: 10 } } } }, []],
  [{ items: { fact: "competitions", where: { tier: ["provincial1"], title: { given: true } } } }, []],
  [{ present: { fact: "resettledOn" } }, [unknown]],
  [{ unrecorded: { fact: "appraisals", year: -1 } }, [unknown]],
  [{ unrecorded: { fact: "continuingEducation", year: -1 } }, [unknown]],
  [{ cycle: { every: 2, remainder: 0 } }, [unmet, unknown]],
  [{ cycle: { every: 2, remainder: 1 } }, [met, unknown]],
  [{ evidence: { of: { items: honour }, unless: { level: { is: "justBelow" } } } }, [met]],
  [{ all: [{ value: { fact: "education", in: ["college"] } }, { value: { fact: "educationInTrade", is: true } }] }, []],
  [{ any: [{ items: honour }, { value: { fact: "uniqueSkill", is: true } }] }, []],
  [
    {
      anyUnused: [
        { id: "honour", items: honour },
        { id: "unique-skill", value: { fact: "uniqueSkill", is: true } },
      ],
    },
    [],
  ],
];

const named = conditions.map(([part, never]) => [JSON.stringify(part), bind(part), never] as const);
const outcomesOf = (term: Term, people: readonly Facts[]) =>
  new Set(people.map((facts) => term.evaluate(new Person(facts))));

describe("probes of operators", () => {
  it("there is a condition here for every operator", () => {
    const used = conditions.flatMap(([part]) => Object.keys(part));
    expect([...operators.keys()].filter((name) => !used.includes(name))).toEqual([]);
  });

  it.each(named)("%s: possible facts, and not too many", (_, term) => {
    const probes = term.probes();
    for (const probe of probes) parseFacts(probe);
    expect(probes.length).toBeGreaterThan(0);
    expect(probes.length).toBeLessThan(150);
    expect(new Set(probes.map((probe) => JSON.stringify(probe))).size).toBe(probes.length);
  });

  it.each(named)("%s: every outcome it can have", (_, term, never) => {
    const reached = outcomesOf(term, term.probes());
    const possible = ([unmet, unknown, met] as const).filter((outcome) => !never.includes(outcome));
    expect([...reached].sort().map(outcomeName)).toEqual(possible.map(outcomeName));
  });

  it.each(named)("%s: only its own facts, and what counts as used", (_, term) => {
    const names = new Set(term.probes().flatMap((probe) => Object.keys(probe)));
    expect([...names].filter((name) => !term.facts.includes(name) && name !== "exceptionalConditionsUsed")).toEqual([]);
  });
});

describe("thresholds that probes tell apart", () => {
  /** The probes of a condition that give an outcome, as values of one fact. */
  const valuesOf = (part: TermSpec, fact: string, outcome: Outcome) => {
    const term = bind(part);
    return term
      .probes()
      .filter((probe) => term.evaluate(new Person(probe)) === outcome)
      .map((probe) => probe[fact as keyof Facts]);
  };

  it("the last day of the year and the first of the next", () => {
    const seniority = { date: { fact: "levelObtainedOn", yearAtMost: -4 } };
    expect(valuesOf(seniority, "levelObtainedOn", met)).toEqual(
      expect.arrayContaining(["2020-12-30", "2020-12-31", "2020-12", "2020"]),
    );
    expect(valuesOf(seniority, "levelObtainedOn", unmet)).toEqual(
      expect.arrayContaining(["2021-01-01", "2021-01", "2021"]),
    );
  });

  it("a month and a year that lie on both sides of a day", () => {
    const licence = { date: { fact: "postLicenceValidUntil", notBefore: "Y-07-15" } };
    expect(valuesOf(licence, "postLicenceValidUntil", unknown)).toEqual(["2024-07", "2024", null]);
    expect(valuesOf(licence, "postLicenceValidUntil", unmet)).toEqual(["2024-07-14"]);
  });

  it("ten years by day through 31 December, and ten years less a day", () => {
    const service = { elapsed: { from: "workStartedOn", count: "day", through: "Y-12-31", atLeast: 10 } };
    expect(valuesOf(service, "workStartedOn", met)).toContain("2015-01-01");
    expect(valuesOf(service, "workStartedOn", unmet)).toContain("2015-01-02");
    expect(valuesOf(service, "workStartedOn", unknown)).toEqual(["2015-01", "2015", null]);
  });

  it("the month before, of and after the cut-off, for every retirement track", () => {
    const inService = bind({ retirement: { after: "cutOff" } });
    const reached = (test: (facts: Facts) => boolean) => outcomesOf(inService, inService.probes().filter(test)).size;
    expect(reached(({ sex, retirementTrack }) => sex === "male" && !retirementTrack)).toBe(3);
    expect(reached(({ sex, retirementTrack }) => sex === "female" && !retirementTrack)).toBe(3);
    expect(reached(({ retirementTrack }) => retirementTrack === "female55")).toBe(3);
    expect(reached(({ retirementDate }) => typeof retirementDate === "string")).toBe(3);
  });

  it("the rank just below, and every place around the range", () => {
    const ranks = valuesOf({ items: honour }, "honours", unmet).flatMap((list) =>
      (list as { rank: string; kind: string }[]).filter(({ kind }) => kind === "modelWorker").map(({ rank }) => rank),
    );
    expect(ranks).toEqual(["unit", "county"]);
    const placed = {
      items: { fact: "competitions", where: { tier: ["national1"], place: { atLeast: 4, atMost: 10 } } },
    };
    const places = (outcome: Outcome) =>
      valuesOf(placed, "competitions", outcome).flatMap((list) =>
        ((list ?? []) as { tier: string; place: number | null }[])
          .filter(({ tier }) => tier === "national1")
          .map(({ place }) => place),
      );
    expect(places(met)).toEqual(expect.arrayContaining([4, 5, 9, 10]));
    expect(places(unmet)).toEqual(expect.arrayContaining([3, 11]));
    expect(places(unknown)).toEqual([null]);
  });

  it("a run in the window, broken, and with one year just outside it", () => {
    const run = bind({ years: { of: [excellent], from: -5, through: -1, consecutive: 2 } });
    const goodYears = (outcome: Outcome) =>
      run
        .probes()
        .filter((probe) => run.evaluate(new Person(probe)) === outcome)
        .map(({ appraisals }) =>
          Object.entries(appraisals ?? {})
            .filter(([, grade]) => grade === "excellent")
            .map(([year]) => Number(year)),
        );
    expect(goodYears(met)).toEqual(
      expect.arrayContaining([
        [2019, 2020],
        [2022, 2023],
      ]),
    );
    expect(goodYears(unmet)).toEqual(expect.arrayContaining([[2019, 2021], [2018, 2019], [2023, 2024], []]));
  });
});
