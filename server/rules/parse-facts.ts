/** JSON → `Facts`: strict check against the catalogue, with an error that names the property, the value and the nearest known one. */
import { distance } from "fastest-levenshtein";
import { AppError, type Message } from "../errors.ts";
import { parseDate } from "./dates.ts";
import { type AppraisalGrade, type FactKind, facts, findFact, type Level } from "./facts.ts";

type Maybe<T> = T | null | undefined;

/** Checked facts about one worker. Absent or null is unknown; dates are "YYYY", "YYYY-MM" or "YYYY-MM-DD". */
export interface Facts {
  readonly workerId?: string;
  readonly sex?: Maybe<"male" | "female">;
  readonly birthDate?: Maybe<string>;
  readonly retirementTrack?: Maybe<"male60" | "female50" | "female55">;
  readonly retirementDate?: Maybe<string>;
  readonly employment?: Maybe<"established" | "contract" | "other">;
  readonly onPost?: Maybe<boolean>;
  readonly district?: Maybe<string>;
  readonly unit?: Maybe<string>;
  readonly trade?: Maybe<string>;
  readonly tradeSince?: Maybe<string>;
  readonly transferredOn?: Maybe<string>;
  readonly transferred?: Maybe<boolean>;
  readonly level?: Maybe<Level>;
  readonly levelObtainedOn?: Maybe<string>;
  readonly levelSource?: Maybe<"assessment" | "reverification">;
  readonly promotedSinceReverification?: Maybe<boolean>;
  readonly appointedOn?: Maybe<string>;
  readonly workStartedOn?: Maybe<string>;
  readonly regularisedOn?: Maybe<string>;
  readonly education?: Maybe<string>;
  readonly educationInTrade?: Maybe<boolean>;
  readonly adultHigherEducationCertificate?: Maybe<boolean>;
  readonly collegeEquivalent?: Maybe<boolean>;
  readonly appraisals?: Maybe<Readonly<Record<string, AppraisalGrade | null>>>;
  readonly commendedYears?: Maybe<readonly number[]>;
  readonly outstandingPartyMemberYears?: Maybe<readonly number[]>;
  readonly continuingEducation?: Maybe<Readonly<Record<string, boolean | null>>>;
  readonly disciplineClean?: Maybe<boolean>;
  readonly competenceAttested?: Maybe<boolean>;
  readonly highSkill?: Maybe<boolean>;
  readonly fraudRecordedOn?: Maybe<string>;
  readonly papersInTrade?: Maybe<number>;
  readonly thesisSubmitted?: Maybe<boolean>;
  readonly expertRecommendations?: Maybe<number>;
  readonly honours?: Maybe<readonly FactItem[]>;
  readonly techAwards?: Maybe<readonly FactItem[]>;
  readonly patents?: Maybe<readonly FactItem[]>;
  readonly competitions?: Maybe<readonly FactItem[]>;
  readonly professionalTitle?: Maybe<string>;
  readonly titleInTrade?: Maybe<boolean>;
  readonly menteesInTopTen?: Maybe<number>;
  readonly standardsContributor?: Maybe<boolean>;
  readonly uniqueSkill?: Maybe<boolean>;
  readonly drivingLicence?: Maybe<string>;
  readonly drivingLicenceValidUntil?: Maybe<string>;
  readonly safeDrivingYears?: Maybe<number>;
  readonly fleetCaptain?: Maybe<boolean>;
  readonly financeExperience?: Maybe<boolean>;
  readonly postLicenceValidUntil?: Maybe<string>;
  readonly exceptionalConditionsUsed?: Maybe<readonly string[]>;
  readonly militaryServiceStartedOn?: Maybe<string>;
  readonly resettledOn?: Maybe<string>;
  readonly militaryHonours?: Maybe<readonly FactItem[]>;
  readonly arrivedFromOtherProvince?: Maybe<boolean>;
  readonly failedReviewYears?: Maybe<readonly number[]>;
  readonly marks?: Maybe<Readonly<Record<string, number>>>;
}

/** An item of a list fact: its fields by name; null or absent is unknown. */
export type FactItem = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** A fact that cannot be taken. `property` is the top-level property at fault. */
export class FactsError extends AppError {
  constructor(
    readonly property: string | null,
    readonly value: unknown,
    text: Message,
  ) {
    super("bad-input", text, { property, value });
  }
}

/** The known name nearest to a misspelt one, when it is near enough to be meant. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const scored = known
    .map((candidate) => ({ candidate, steps: distance(name.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.steps - b.steps)[0];
  return scored && scored.steps <= Math.max(2, Math.floor(name.length / 2)) ? scored.candidate : undefined;
}

const show = (value: unknown): string => {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

class Checker {
  constructor(readonly property: string) {}

  fail(value: unknown, zh: string, en: string, path = this.property): never {
    const label = findFact(this.property)?.label.zh ?? this.property;
    throw new FactsError(this.property, value, {
      zh: `${label}（${path}）的值 ${show(value)} 无效：${zh}`,
      en: `invalid ${path}: ${show(value)} (${en})`,
    });
  }

  /** Known names only; suggests the nearest. */
  known(name: string, names: readonly string[], path: string): void {
    if (names.includes(name)) return;
    const hint = nearest(name, names);
    this.fail(
      name,
      hint ? `没有这一项，是否指 ${hint}？` : `可用的有：${names.join("、")}`,
      hint ? `unknown; did you mean ${hint}?` : `expected one of ${names.join(", ")}`,
      path,
    );
  }

  check(value: unknown, type: FactKind, path = this.property): void {
    switch (type.kind) {
      case "string":
        if (typeof value !== "string") this.fail(value, "应为文字", "expected a string", path);
        return;
      case "boolean":
        if (typeof value !== "boolean") this.fail(value, "应为 true 或 false", "expected true or false", path);
        return;
      case "integer": {
        const { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = type;
        if (typeof value !== "number" || !Number.isInteger(value) || value < min || value > max) {
          const range = `${min === Number.MIN_SAFE_INTEGER ? "" : min}…${max === Number.MAX_SAFE_INTEGER ? "" : max}`;
          this.fail(value, `应为整数（${range}）`, `expected an integer ${range}`, path);
        }
        return;
      }
      case "number":
        if (typeof value !== "number" || value < type.min || value > type.max) {
          this.fail(value, `应为 ${type.min}…${type.max} 的数`, `expected a number ${type.min}…${type.max}`, path);
        }
        return;
      case "enum":
        if (typeof value !== "string") this.fail(value, "应为文字代码", "expected a code", path);
        if (!type.values.some(({ code }) => code === value)) {
          const codes = type.values.map(({ code }) => code);
          const hint = nearest(value, codes);
          this.fail(
            value,
            `可用的值：${codes.join("、")}${hint ? `；是否指 ${hint}？` : ""}`,
            `expected one of ${codes.join(", ")}${hint ? `; did you mean ${hint}?` : ""}`,
            path,
          );
        }
        return;
      case "date":
        if (typeof value !== "string" || !parseDate(value)) {
          this.fail(
            value,
            "应为真实存在的日期 YYYY-MM-DD、YYYY-MM 或 YYYY",
            "expected a possible date YYYY-MM-DD, YYYY-MM or YYYY",
            path,
          );
        }
        return;
      case "grades":
      case "flags": {
        if (!isRecord(value)) this.fail(value, "应为按年度的对照表", "expected an object by year", path);
        const entry: FactKind = type.kind === "flags" ? { kind: "boolean" } : { kind: "enum", values: gradeEnum };
        for (const [year, found] of Object.entries(value)) {
          if (!/^\d{4}$/.test(year)) this.fail(year, "年度应为四位数字", "expected a four-digit year", path);
          if (found !== null) this.check(found, entry, `${path}.${year}`);
        }
        return;
      }
      case "years":
      case "strings": {
        if (!Array.isArray(value)) this.fail(value, "应为列表", "expected a list", path);
        const entry: FactKind = type.kind === "years" ? { kind: "integer" } : { kind: "string" };
        for (const [index, found] of value.entries()) this.check(found, entry, `${path}[${index}]`);
        return;
      }
      case "list": {
        if (!Array.isArray(value)) this.fail(value, "应为列表", "expected a list", path);
        const names = type.fields.map(({ name }) => name);
        value.forEach((item: unknown, index) => {
          const at = `${path}[${index}]`;
          if (!isRecord(item)) this.fail(item, "应为对象", "expected an object", at);
          for (const name of Object.keys(item)) this.known(name, names, at);
          for (const field of type.fields) {
            const found = item[field.name];
            if (found === null || found === undefined) {
              if (field.required) this.fail(item, `缺少 ${field.name}`, `${field.name} is required`, at);
            } else this.check(found, field, `${at}.${field.name}`);
          }
        });
        return;
      }
      case "marks":
        if (!isRecord(value)) this.fail(value, "应为对象", "expected an object", path);
        for (const [name, mark] of Object.entries(value)) {
          this.known(name, type.fields, path);
          this.check(mark, { kind: "number", min: 0, max: 100 }, `${path}.${name}`);
        }
        return;
    }
  }
}

const gradeEnum = (["excellent", "qualified", "basicallyQualified", "unqualified", "ungraded"] as const).map(
  (code) => ({ code, zh: [], en: code }),
);
const factNames = facts.map(({ name }) => name);

/** Checks one JSON value. Throws `FactsError` at the first fault. */
export function parseFacts(json: unknown): Facts {
  if (!isRecord(json)) {
    throw new FactsError(null, json, {
      zh: `一名工人的信息应为 JSON 对象，而不是 ${show(json)}`,
      en: `facts must be a JSON object, not ${show(json)}`,
    });
  }
  for (const [name, value] of Object.entries(json)) {
    const definition = findFact(name);
    if (!definition) {
      const hint = nearest(name, factNames);
      throw new FactsError(name, value, {
        zh: `没有属性 ${name}${hint ? `，是否指 ${hint}？` : ""}`,
        en: `unknown property ${name}${hint ? ` (did you mean ${hint}?)` : ""}`,
      });
    }
    if (value === null && name !== "workerId") continue;
    new Checker(name).check(value, definition.type);
  }
  return json as Facts;
}
