/**
 * Date arithmetic of the notices by worked vectors. Each departs from the eligible person of its level in the rulebook and
 * states what the clause makes of it: the modules gained or the conditions in the way.
 */
import { describe, expect, it } from "vitest";
import { loadLibrary } from "../../server/library.ts";
import { type EvaluationResult, evaluate } from "../../server/rules/evaluate.ts";
import { parseFacts } from "../../server/rules/parse-facts.ts";

const library = await loadLibrary(undefined, { cases: true });

interface Vector {
  readonly book: string;
  readonly level: "junior" | "intermediate" | "senior" | "technician" | "seniorTechnician";
  readonly year?: number;
  readonly name: string;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly modules?: readonly string[];
  readonly blocking?: readonly string[];
  readonly planning?: EvaluationResult["planningDecision"];
  readonly pathways?: Readonly<Record<string, string>>;
  readonly conditions?: Readonly<Record<string, string>>;
}

const vectorOf =
  (book: string) =>
  (level: Vector["level"], name: string, facts: Vector["facts"], expected: Partial<Vector>): Vector => ({
    book,
    level,
    name,
    facts,
    ...expected,
  });
const changzhou = vectorOf("changzhou-2024");
const jiaozuo = vectorOf("jiaozuo-2023");
const fujian = vectorOf("fujian-2020");
const nantong = vectorOf("nantong-2023");

const years = (workStartedOn: string, levelObtainedOn: string) => ({ workStartedOn, levelObtainedOn });
const normal = { modules: ["normal"] };
const early = { modules: ["early"] };
const blocked = (...blocking: string[]) => ({ modules: [], blocking });
const veteran = (start: string, placed: string) => ({
  level: "none",
  levelObtainedOn: null,
  militaryServiceStartedOn: start,
  workStartedOn: placed,
  resettledOn: placed,
});

const vectors: readonly Vector[] = [
  changzhou("intermediate", "work 2015-12, certificate 2019-12", years("2015-12", "2019-12"), normal),
  changzhou("intermediate", "work 2016-01, certificate 2019-05", years("2016-01", "2019-05"), early),
  changzhou("intermediate", "work 2012-03, certificate 2020-11", years("2012-03", "2020-11"), early),
  changzhou("intermediate", "work 2016-09, certificate 2020-12-31", years("2016-09", "2020-12-31"), early),
  changzhou("intermediate", "work 2017-01, certificate 2019-01", years("2017-01", "2019-01"), blocked("service")),
  changzhou("intermediate", "work 2010-01, certificate 2021-01", years("2010-01", "2021-01"), blocked("seniority")),
  changzhou("senior", "work 2005-12-31, certificate 2019-12-31", years("2005-12-31", "2019-12-31"), normal),
  changzhou("senior", "work 2006-01-01, certificate 2015", years("2006-01-01", "2015"), early),
  changzhou("senior", "work 2007, certificate 2015", years("2007", "2015"), blocked("service")),
  changzhou("senior", "work 2000, certificate 2020", years("2000", "2020"), early),
  changzhou(
    "junior",
    "work 2023-12, probation over on 2024-04-01",
    { workStartedOn: "2023-12", regularisedOn: "2024-04-01" },
    normal,
  ),
  changzhou("junior", "work 2024-01", { workStartedOn: "2024-01", regularisedOn: "2024-04-01" }, blocked("service")),
  changzhou(
    "senior",
    "first promotion after re-verification: only the working years count",
    { ...years("2004-12", "2022-06"), levelSource: "reverification", promotedSinceReverification: false },
    { ...normal, pathways: { normal: "unmet", "reverified-first-promotion": "met" } },
  ),
  changzhou(
    "senior",
    "second promotion after re-verification: the certificate years count again",
    { ...years("2004-12", "2022-06"), levelSource: "reverification", promotedSinceReverification: true },
    blocked("seniority"),
  ),
  changzhou("technician", "certificate 2020-12-31", { levelObtainedOn: "2020-12-31", education: "college" }, normal),
  changzhou("technician", "certificate 2021-01-01", { levelObtainedOn: "2021-01-01" }, blocked("seniority")),
  nantong("seniorTechnician", "certificate 2019-12-31", { levelObtainedOn: "2019-12-31" }, normal),
  nantong("seniorTechnician", "certificate 2020-01-01", { levelObtainedOn: "2020-01-01" }, blocked("seniority")),

  changzhou("intermediate", "veteran 2015-09 … 2024: ten years, both ends counted", veteran("2015-09", "2024-02"), {
    modules: ["reverification"],
  }),
  changzhou("senior", "veteran 2015-09 … 2024: no twenty years", veteran("2015-09", "2024-02"), {
    conditions: { "reverification.service-years": "unmet" },
  }),
  changzhou(
    "intermediate",
    "veteran 2000 … 2010, registered in 2024: eleven years at resettlement",
    { ...veteran("2000", "2010"), levelSource: null },
    { modules: ["reverification"] },
  ),
  changzhou("senior", "veteran 2000 … 2010, registered in 2024: not the years since", veteran("2000", "2010"), {
    conditions: { "reverification.service-years": "unmet", "reverification-relaxed.service-years": "unmet" },
  }),
  changzhou(
    "intermediate",
    "veteran 2018 … 2024 with merit in two years running: seven years",
    {
      ...veteran("2018", "2024"),
      militaryHonours: [
        { kind: "thirdClassMerit", year: 2022 },
        { kind: "thirdClassMerit", year: 2023 },
      ],
    },
    { modules: ["reverification"], pathways: { reverification: "unmet", "reverification-relaxed": "met" } },
  ),

  jiaozuo(
    "intermediate",
    "work 2014-01-01 without a certificate: ten years",
    { level: "none", workStartedOn: "2014-01-01", levelObtainedOn: null },
    {
      ...normal,
      pathways: { "by-level": "unmet", "by-service": "met" },
    },
  ),
  jiaozuo(
    "intermediate",
    "work 2014-01-02 without a certificate: ten years less a day",
    { level: "none", workStartedOn: "2014-01-02", levelObtainedOn: null },
    {
      modules: [],
      conditions: { "by-service.service": "unmet" },
    },
  ),
  jiaozuo(
    "junior",
    "work 2014-01-02 without a certificate: still fewer than ten years",
    { workStartedOn: "2014-01-02", regularisedOn: "2015-01-02" },
    normal,
  ),
  jiaozuo(
    "junior",
    "work 2014-01-01 without a certificate: no longer",
    { workStartedOn: "2014-01-01", regularisedOn: "2015-01-01" },
    { modules: [] },
  ),
  jiaozuo("intermediate", "certificate 2018-12-20, work 2017", years("2017", "2018-12-20"), {
    ...normal,
    pathways: { "by-level": "met", "by-service": "unmet" },
  }),
  jiaozuo(
    "senior",
    "work 2006-01-01 without a certificate: eighteen years",
    { level: "none", workStartedOn: "2006-01-01", levelObtainedOn: null },
    {
      ...normal,
      pathways: { "by-service": "met" },
    },
  ),
  jiaozuo("senior", "work 2008, certificate 2019-06: neither", years("2008", "2019-06"), {
    modules: [],
    conditions: { "by-level.seniority": "unmet", "by-service.service": "unmet" },
  }),
  jiaozuo(
    "technician",
    "a man of 50 on the last day of the year with nine years of school, skill to be attested",
    { sex: "male", birthDate: "1973-12-31", education: "juniorSecondary", levelObtainedOn: "2015", highSkill: null },
    { modules: [], planning: "eligible", conditions: { "normal.education": "unknown" } },
  ),
  jiaozuo(
    "technician",
    "the same attested",
    { sex: "male", birthDate: "1973-12-31", education: "juniorSecondary", levelObtainedOn: "2015", highSkill: true },
    normal,
  ),
  jiaozuo(
    "technician",
    "a woman of 44 with nine years of school",
    { sex: "female", birthDate: "1979-01-01", education: "juniorSecondary", highSkill: true },
    blocked("education"),
  ),
  jiaozuo(
    "seniorTechnician",
    "an excellent year and another as outstanding Party member",
    {
      appraisals: { 2018: "qualified", 2019: "excellent", 2020: "qualified", 2021: "qualified", 2022: "qualified" },
      outstandingPartyMemberYears: [2021],
    },
    normal,
  ),
  jiaozuo(
    "seniorTechnician",
    "both in the same year",
    {
      appraisals: { 2018: "qualified", 2019: "qualified", 2020: "qualified", 2021: "excellent", 2022: "qualified" },
      outstandingPartyMemberYears: [2021],
    },
    blocked("excellence"),
  ),
  jiaozuo(
    "seniorTechnician",
    "nine years of school and an invention, fifth of its inventors, after the certificate",
    {
      education: "juniorSecondary",
      workStartedOn: "1998-01-01",
      levelObtainedOn: "2017-05-01",
      appointedOn: "2017-09-01",
      patents: [{ kind: "invention", inTrade: true, position: 5, grantedOn: "2019-06-01" }],
    },
    { modules: ["exceptional"] },
  ),
  jiaozuo(
    "seniorTechnician",
    "the same without an appointment, which nothing waives",
    {
      education: "juniorSecondary",
      workStartedOn: "1998-01-01",
      levelObtainedOn: "2017-05-01",
      appointedOn: "2024-01-01",
      patents: [{ kind: "invention", inTrade: true, position: 5, grantedOn: "2019-06-01" }],
    },
    { modules: [], conditions: { "exceptional.appointed": "unmet", "exceptional.exceptional": "met" } },
  ),

  fujian(
    "seniorTechnician",
    "appointed three years, thirty of work",
    { appointedOn: "2018-01-01", workStartedOn: "1991-01-01" },
    normal,
  ),
  fujian(
    "seniorTechnician",
    "appointed four years, twenty-nine of work",
    { appointedOn: "2017-01-01", workStartedOn: "1992-01-01" },
    blocked("tenure"),
  ),
  fujian(
    "seniorTechnician",
    "a woman of 48 with three excellent years, appointed two",
    {
      sex: "female",
      retirementTrack: "female55",
      birthDate: "1972-12-31",
      appointedOn: "2019-01-01",
      appraisals: { 2015: "excellent", 2016: "qualified", 2017: "excellent", 2018: "qualified", 2019: "excellent" },
    },
    { modules: ["exceptional"], pathways: { normal: "unmet", "waive-tenure": "met" } },
  ),

  nantong(
    "seniorTechnician",
    "a man born 1964-04 retires the month before the cut-off",
    { birthDate: "1964-04" },
    blocked("in-service"),
  ),
  nantong(
    "seniorTechnician",
    "a man born 1964-05 retires in the month of the cut-off",
    { birthDate: "1964-05" },
    {
      modules: [],
      conditions: { "normal.in-service": "unknown" },
    },
  ),
  nantong("seniorTechnician", "a man born 1964-06 retires after it", { birthDate: "1964-06" }, normal),

  ...([2024, 2025, 2026, 2027] as const).map((year) => ({
    ...nantong(
      "seniorTechnician",
      "fraud of 2023-07-01 bars three years, to the window of June",
      { fraudRecordedOn: "2023-07-01" },
      {
        conditions: { "normal.fraud-ban": year < 2027 ? "unmet" : "met" },
      },
    ),
    year,
  })),
  ...([2024, 2025, 2026] as const).map((year) => ({
    ...jiaozuo(
      "intermediate",
      "fraud of 2023-04-01 bars two years, to the window of March",
      { fraudRecordedOn: "2023-04-01" },
      {
        conditions: { "by-level.fraud-ban": year < 2026 ? "unmet" : "met" },
      },
    ),
    year,
  })),
];

describe("vectors of date arithmetic", () => {
  it.each(vectors)("$book $level $year: $name", ({ book: id, level, year, facts, ...expected }) => {
    const book = library.get(id);
    const result = evaluate(book, level, year, parseFacts({ ...book.people[level], ...facts }));
    if (expected.modules) expect(result.modules).toEqual(expected.modules);
    if (expected.blocking) expect(result.blocking).toEqual(expected.blocking);
    if (expected.planning) expect(result.planningDecision).toBe(expected.planning);
    const found = new Map(
      result.pathways.flatMap((pathway) => [
        [pathway.id, pathway.outcome] as const,
        ...pathway.conditions.map((one) => [`${pathway.id}.${one.id}`, one.outcome] as const),
      ]),
    );
    for (const [name, outcome] of Object.entries({ ...expected.pathways, ...expected.conditions }))
      expect(found.get(name), name).toBe(outcome);
  });
});
