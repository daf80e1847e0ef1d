/** The sentences that operators make of what a rulebook asks, as a planner reads them. */
import { describe, expect, it } from "vitest";
import { loadLibrary } from "../../server/library.ts";
import { bindLevel } from "../../server/rules/bind.ts";
import { facts } from "../../server/rules/facts.ts";
import { statementAsked, statementFound } from "../../server/rules/operators/statements.ts";
import { Person } from "../../server/rules/person.ts";
import type { TermSpec } from "../../server/rules/term.ts";

const library = await loadLibrary();
const jiaozuo = bindLevel(library.get("jiaozuo-2023"), "senior");

describe("sentences of the operators", () => {
  it.each<[TermSpec, string, string]>([
    [
      { lapsed: { fact: "fraudRecordedOn", years: 2, by: "window.from" } },
      "应无弄虚作假记录，或该记录至2023-03-10已满2年",
      "no fraud record, or one made at least 2 years before 2023-03-10",
    ],
    [{ level: { is: "justBelow" } }, "现技术等级应为中级工", "present level must be intermediate worker"],
    [
      { level: { is: "below" } },
      "现技术等级应低于高级工（无等级也可）",
      "present level must be below senior worker (none will do)",
    ],
    [
      { level: { is: "below", certified: true } },
      "现技术等级应低于高级工（须已有等级）",
      "present level must be a grade below senior worker",
    ],
    [
      { value: { fact: "education", in: ["college", "bachelor", "master"] } },
      "学历应为大专、本科或硕士",
      "education must be college, bachelor or master",
    ],
    [{ value: { fact: "titleInTrade", is: true } }, "职称应与工种相关", "the professional title must be in the trade"],
    [{ number: { fact: "papersInTrade", atLeast: 2 } }, "本工种论文应不少于2篇", "papers in the trade: at least 2"],
    [
      { elapsed: { from: "workStartedOn", count: "day", through: "Y-12-31", lessThan: 10 } },
      "自参加工作起至2023-12-31应不满10年（按日计）",
      "fewer than 10 years from the start of work to 2023-12-31 (counted by day)",
    ],
    [
      {
        elapsed: {
          from: ["militaryServiceStartedOn", "workStartedOn"],
          count: "calendar",
          throughFact: "resettledOn",
          atLeast: 7,
        },
      },
      "自入伍或参加工作（取早者）起至退役安置应满7年（按年度计）",
      "at least 7 years from the date of enlistment or start of work, whichever is earlier, to the date of resettlement (counted by calendar years)",
    ],
    [
      { date: { fact: "postLicenceValidUntil", notBefore: "window.to" } },
      "上岗证有效期应至少到2023-03-28",
      "post licence must be valid until 2023-03-28 or later",
    ],
    [
      { years: { of: [{ fact: "appraisals", in: ["excellent", "qualified"] }], from: -5, through: -1, every: true } },
      "2018—2022年每年年度考核应为优秀或合格（称职）",
      "annual appraisal excellent or qualified in every year 2018–2022",
    ],
    [
      { years: { of: [{ fact: "continuingEducation" }], from: -1, through: -1, every: true } },
      "2022年继续教育应合格",
      "continuing education passed in 2022",
    ],
    [
      {
        years: {
          of: [{ fact: "appraisals", in: ["excellent"] }, { fact: "outstandingPartyMemberYears" }],
          from: -5,
          through: -1,
          atLeast: 2,
        },
      },
      "2018—2022年中应有至少2年年度考核为优秀，或优秀共产党员",
      "annual appraisal excellent, or outstanding Party member in at least 2 years within 2018–2022",
    ],
    [
      { years: { of: [{ fact: "failedReviewYears" }], from: -1, through: -1, atLeast: 1 } },
      "2022年省综合评审未通过",
      "failed review in 2022",
    ],
    [
      {
        items: { fact: "honours", where: { kind: ["modelWorker", "technicalExpert"], rank: { atLeast: "municipal" } } },
      },
      "应有荣誉称号（劳动模范或技术能手，市级及以上）",
      "honours: at least 1 (model worker or technical expert; municipal or above)",
    ],
    [
      {
        items: {
          fact: "patents",
          where: { kind: ["utilityModel"], position: { atMost: 5 } },
          atLeast: 2,
          since: "levelObtainedOn",
        },
      },
      "应有专利不少于2项（实用新型，前5名，取得现等级之日起）",
      "patents: at least 2 (utility model; among the first 5; since the date of the present level)",
    ],
    [
      { items: { fact: "competitions", where: { prize: { atMost: 3 }, place: { atLeast: 4, atMost: 10 } } } },
      "应有技能竞赛（三等及以上，第4至第10名）",
      "skills competitions: at least 1 (prize 3 or better; place 4 to 10)",
    ],
    [
      { age: { on: "Y-12-31", male: 50, female: 45 } },
      "至2023-12-31男应年满50周岁、女应年满45周岁",
      "must be at least 50 (men) or 45 (women) on 2023-12-31",
    ],
  ])("%o", (part, zh, en) => {
    expect(jiaozuo.bind(part).sentence).toEqual({ zh, en });
  });

  it("without a level to hold", () => {
    const junior = bindLevel(library.get("jiaozuo-2023"), "junior");
    const none = { zh: "应无技术等级", en: "must hold no skill grade" };
    expect(junior.bind({ level: { is: "justBelow" } }).sentence).toEqual(none);
    expect(junior.bind({ level: { is: "below" } }).sentence).toEqual(none);
  });

  it("what is found and how far short it is carry their units", () => {
    const papers = jiaozuo.bind({ number: { fact: "papersInTrade", atLeast: 3 } });
    const person = new Person({ papersInTrade: 2, onPost: false });
    expect(papers.found(person).words.zh).toBe("2篇");
    expect(papers.shortfall(person)).toEqual({ zh: "还差 1 篇", en: "1 short" });
    expect(jiaozuo.bind({ value: { fact: "onPost", is: true } }).found(person).words).toEqual({
      zh: "不在岗",
      en: "no",
    });
  });

  it("every fact that is true or false is asked for and found in its own words", () => {
    for (const { name, type } of facts.filter((one) => one.type.kind === "boolean")) {
      expect(type.kind).toBe("boolean");
      expect(statementAsked(name, true).zh, name).not.toContain("“");
      expect(statementFound(name, false), name).not.toBe(statementFound(name, true));
      expect(statementFound(name, false), name).not.toContain("|");
    }
  });
});
