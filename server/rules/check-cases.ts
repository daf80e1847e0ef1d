/** The cases of a rulebook: that every level has some, that they can be, and that they hold. */
import { AppError } from "../errors.ts";
import { firstExamYear, lastExamYear } from "./bind.ts";
import type { RulebookCase } from "./case-schema.ts";
import { type CaseDifference, caseDifferences, differenceText } from "./cases.ts";
import { reportExpectedNames } from "./check-expectations.ts";
import { factFaults } from "./check-facts.ts";
import { type EvaluationResult, evaluate } from "./evaluate.ts";
import type { TargetLevel } from "./facts.ts";
import { type Facts, parseFacts } from "./parse-facts.ts";
import { checkQuotaCases } from "./quota.ts";
import { notCovered, type ResolvedBook } from "./resolve-book.ts";
import { checkScoreCase } from "./score-cases.ts";
import type { ScoreCase } from "./score-text.ts";
import { type SpecFault, shown } from "./spec-fault.ts";
import type { Path } from "./yaml-text.ts";

/** A case that does not hold. */
export interface CaseFailure {
  readonly rulebook: string;
  readonly level: string;
  readonly case: string;
  readonly differences: readonly string[];
}

/** A case that can be run, with its facts. */
export interface RunnableCase {
  readonly stated: RulebookCase;
  readonly facts: Facts;
  readonly path: Path;
}

export const caseCount = ({ book }: ResolvedBook): number =>
  book.cases.length + book.quotaCases.length + book.scoreCases.length;

/** Reports what is wrong with the text of the cases; gives those that can be run. */
export function checkCaseTexts(resolved: ResolvedBook): RunnableCase[] {
  const { book, merged } = resolved;
  const { report, text } = merged.parsed;
  reportMissingCases(resolved);
  const areLevelsKnown = !merged.mayHoldMore("levels") && !report.isFaulty(["levels"]) && !report.isFaulty(["covers"]);
  const covered = [...book.levels.keys()];
  for (const [target, person] of Object.entries(book.people)) {
    if (areLevelsKnown && !covered.includes(target as TargetLevel))
      report.add(["people", target], notCovered(target, covered), "key");
    for (const { path, at, fault } of factFaults(person)) report.add(["people", target, ...path], fault, at);
  }
  const seen = new Set<string>();
  return book.cases.flatMap((stated, index) => {
    const path: Path = ["cases", index];
    const mark = `${stated.level} ${stated.name}`;
    if (seen.has(mark)) report.add([...path, "name"], duplicateName(stated));
    seen.add(mark);
    for (const one of factFaults(stated.facts ?? {})) report.add([...path, "facts", ...one.path], one.fault, one.at);
    if (!book.levels.has(stated.level)) {
      if (areLevelsKnown) report.add([...path, "level"], notCovered(stated.level, covered));
      return [];
    }
    const { year } = stated;
    if (year !== undefined && (year < firstExamYear || year > lastExamYear))
      report.add([...path, "year"], badYear(year));
    reportExpectedNames(resolved, stated, path);
    if (report.isFaulty(path) || report.isFaulty(["people", stated.level])) return [];
    const facts = { ...text.people?.[stated.level], ...stated.facts } as Facts;
    return [{ stated, facts, path }];
  });
}

function reportMissingCases({ book, merged }: ResolvedBook): void {
  const { report, text } = merged.parsed;
  if (report.isFaulty(["cases"])) return;
  for (const target of book.levels.keys()) {
    const isEmpty = merged.levels.get(target)?.pathways.length === 0;
    if (isEmpty || book.cases.some(({ level }) => level === target)) continue;
    const path: Path = text.levels?.[target] ? ["levels", target] : text.covers ? ["covers"] : ["extends"];
    report.add([...path, ...(text.levels?.[target] ? [] : [target])], noCases(target), "key");
  }
}

/** Runs cases on the evaluator; what does not hold is reported at the expectation. */
export function runCases(resolved: ResolvedBook, cases: readonly RunnableCase[]): CaseFailure[] {
  const { book, merged } = resolved;
  const { report } = merged.parsed;
  const faulty = cases.flatMap((one): FaultyCase[] => {
    const differences = caseDifferences(book, one.stated, one.facts);
    return differences.length > 0 ? [{ ...one, differences }] : [];
  });
  const levels = new Set(faulty.map(({ stated }) => stated.level));
  const without = new Set([...levels].filter((target) => reportPerson(resolved, target)));
  return [
    ...faulty.map(({ stated, facts, path, differences }) => {
      const { level, name } = stated;
      if (!without.has(level)) {
        const nearest = nearestPathway(book, stated, facts, differences);
        report.add([...path, "expect", ...(differences[0]?.path ?? [])], failed(name, differences, nearest));
      }
      return failure(book.id, level, name, differences.map(differenceText));
    }),
    ...runQuotaCases(resolved),
    ...runScoreCases(resolved),
  ];
}

interface FaultyCase extends RunnableCase {
  readonly differences: readonly CaseDifference[];
}

/** Cases that fail because the person they depart from is missing or not eligible: that is told, and not each of them. */
function reportPerson({ book, merged }: ResolvedBook, target: TargetLevel): boolean {
  const { report, text } = merged.parsed;
  const person = text.people?.[target];
  if (!person) {
    report.add(text.levels?.[target] ? ["levels", target] : ["cases"], noPerson(target), "key");
    return true;
  }
  const { decision, blocking, missing } = evaluate(book, target, undefined, parseFacts(person), { explained: false });
  if (decision === "eligible") return false;
  const names = decision === "ineligible" ? blocking : missing;
  report.add(["people", target], notEligible(target, decision === "ineligible", names), "key");
  return true;
}

/** The pathway whose unmet conditions are those found to block: the authors may have had another one in mind. */
function nearestPathway(
  book: ResolvedBook["book"],
  { level, year }: RulebookCase,
  facts: Facts,
  differences: readonly CaseDifference[],
): string | undefined {
  const found = differences.find(({ path }) => path[0] === "blocking")?.found;
  if (!Array.isArray(found) || found.length === 0) return undefined;
  const { pathways } = evaluate(book, level, year, facts, { explained: false });
  const blocks = (conditions: EvaluationResult["pathways"][number]["conditions"]) => {
    const unmet = conditions.filter(({ outcome, advisory }) => outcome === "unmet" && !advisory).map(({ id }) => id);
    return unmet.length === found.length && unmet.every((id) => found.includes(id));
  };
  return pathways.find(({ conditions }) => blocks(conditions))?.id;
}

const failure = (rulebook: string, level: string, name: string, differences: readonly string[]): CaseFailure => ({
  rulebook,
  level,
  case: name,
  differences,
});

function runQuotaCases({ book, merged }: ResolvedBook): CaseFailure[] {
  const { quota } = book;
  return book.quotaCases.flatMap((one, index) =>
    checkQuotaCases({ quota, quotaCases: [one] }).map(({ name, differences }) => {
      merged.parsed.report.add(["quota", "cases", index, "places"], failed(name, differences));
      return failure(book.id, quota?.level ?? "", name, differences.map(differenceText));
    }),
  );
}

function runScoreCases({ book, merged }: ResolvedBook): CaseFailure[] {
  return book.scoreCases.flatMap((one, index) => {
    const found = scoreFault(book, one);
    if (!found) return [];
    merged.parsed.report.add(["scoreCases", index, "expect"], found.fault);
    return [failure(book.id, one.level, one.name, found.differences)];
  });
}

/** What is wrong with a score case; a level that has no score is a case that does not hold. */
function scoreFault(book: ResolvedBook["book"], one: ScoreCase) {
  try {
    const differences = checkScoreCase(book, one);
    if (differences.length === 0) return undefined;
    return { fault: failed(one.name, differences), differences: differences.map(differenceText) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { fault: noScore(one.name, error.text), differences: [`${error.text.zh} · ${error.text.en}`] };
  }
}

const noCases = (target: TargetLevel): SpecFault => ({
  name: "noCases",
  message: { zh: `等级 ${target} 没有案例`, en: `level ${target} has no case` },
  suggestion: {
    zh: `请在 cases 中写 - { name: …, level: ${target}, expect: { decision: eligible } }`,
    en: `write below cases - { name: …, level: ${target}, expect: { decision: eligible } }`,
  },
});

const duplicateName = ({ level, name }: RulebookCase): SpecFault => ({
  name: "duplicateId",
  message: { zh: `等级 ${level} 的案例“${name}”重名`, en: `level ${level} has two cases "${name}"` },
  suggestion: { zh: "请另取案例名", en: "give it another name" },
});

const badYear = (year: number): SpecFault => ({
  name: "wrongValue",
  message: { zh: `年度 ${year} 不对`, en: `the year ${year} cannot be` },
  suggestion: {
    zh: `请写 ${firstExamYear}…${lastExamYear} 的年度`,
    en: `write a year ${firstExamYear}…${lastExamYear}`,
  },
});

/** `nearest`: the pathway that blocks, where it is not the expected conditions that do. */
function failed(name: string, differences: readonly CaseDifference[], nearest?: string): SpecFault {
  const pathway = nearest === undefined ? undefined : { zh: `（途径 ${nearest}）`, en: ` (pathway "${nearest}")` };
  const found = differences.map((one) => `${one.path.join(".")}: ${shown(one.found)}`).join(", ");
  const expected = differences.map((one) => `${one.path.join(".")}: ${shown(one.expected)}`).join(", ");
  return {
    name: "failedCase",
    message: {
      zh: `案例“${name}”不成立：期望 ${expected}，得到 ${found}`,
      en: `case "${name}" does not hold: expected ${expected}, found ${found}`,
    },
    suggestion: {
      zh: `请改正规则，或改写期望：${found}${pathway?.zh ?? ""}`,
      en: `correct the rules, or expect ${found}${pathway?.en ?? ""}`,
    },
  };
}

const noScore = (name: string, { zh, en }: SpecFault["message"]): SpecFault => ({
  name: "failedCase",
  message: { zh: `案例“${name}”不成立：${zh}`, en: `case "${name}" does not hold: ${en}` },
  suggestion: { zh: "请改正规则，或改写期望", en: "correct the rules, or what is expected" },
});

const noPerson = (target: TargetLevel): SpecFault => ({
  name: "missingPerson",
  message: {
    zh: `people 中没有等级 ${target} 的人，案例不成立`,
    en: `level ${target} has no person in people: its cases fail`,
  },
  suggestion: {
    zh: `请在 people 中写一名符合条件的 ${target}: { sex: male, … }`,
    en: `write one who is eligible below people: ${target}: { sex: male, … }`,
  },
});

const notEligible = (target: TargetLevel, isUnmet: boolean, names: readonly string[]): SpecFault => {
  const list = { zh: names.join("、"), en: names.join(", ") };
  return {
    name: "ineligiblePerson",
    message: isUnmet
      ? { zh: `people.${target} 本人不符合：差 ${list.zh}`, en: `people.${target} is not eligible: ${list.en}` }
      : { zh: `people.${target} 本人待核：缺 ${list.zh}`, en: `people.${target} is undetermined: ${list.en} missing` },
    suggestion: {
      zh: "案例都从他出发，请先改正他（或规则）",
      en: "all cases depart from this person: correct that first, or the rules",
    },
  };
};
