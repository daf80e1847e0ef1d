/** One cell → the values of its table columns, or what is wrong with it. */
import type { Message } from "../errors.ts";
import { clip, tooDeep } from "../json-bounds.ts";
import { type ColumnValue, encodeFact } from "../rules/columns.ts";
import { type EnumValue, type FactKind, findFact, gradeValues } from "../rules/facts.ts";
import { FactsError, parseFacts } from "../rules/parse-facts.ts";
import { hashIdentity, type Identity, parseIdentity } from "./identity.ts";
import type { Target } from "./match.ts";
import type { Places } from "./places.ts";
import {
  compact,
  readBoolean,
  readChoice,
  readDate,
  readLevelNumber,
  readNumber,
  readOnPost,
  tidy,
  wholeDay,
} from "./values.ts";

export interface CellProblem {
  readonly code: string;
  readonly message: Message;
  readonly severity: "error" | "warning";
}

/** Column name → value; a column that is not named keeps what it has. */
export type ColumnValues = Readonly<Record<string, ColumnValue>>;

export interface CellReading {
  readonly values: ColumnValues;
  readonly problem?: CellProblem;
  /** Raw text for the worklist of unmapped names. */
  readonly unmapped?: "trades" | "districts";
  /** What an identity number says about its holder. */
  readonly identity?: Identity;
}

export interface CellContext {
  readonly places: Places;
  readonly identityKey: Buffer;
}

const nothing: ColumnValues = {};

const reject = (code: string, zh: string, en: string): CellReading => ({
  values: nothing,
  problem: { code, message: { zh, en }, severity: "error" },
});

const warn = (values: ColumnValues, code: string, zh: string, en: string): CellReading => ({
  values,
  problem: { code, message: { zh, en }, severity: "warning" },
});

/** A formula that failed, as spreadsheets show it. */
const formulaError = /^#(REF!|N\/A|VALUE!|NAME\?|DIV\/0!|NULL!|NUM!|SPILL!|CALC!)$/;

const listed = (values: readonly EnumValue[]) => ({
  zh: values.map(({ zh, code }) => zh[0] ?? code).join("、"),
  en: values.map(({ code }) => code).join(", "),
});

function unknownChoice(text: string, values: readonly EnumValue[]): CellReading {
  const { zh, en } = listed(values);
  return reject("enum-unknown", `“${text}”不在可填的值中：${zh}`, `"${text}" is none of ${en}`);
}

/** The columns of one fact, encoded as the catalogue says. */
function factValues(name: string, found: unknown): ColumnValues {
  const definition = findFact(name);
  return definition ? encodeFact(definition, found) : nothing;
}

const dateReasons = {
  month: [
    "date-ambiguous",
    "“.1”可能是 1 月，也可能是 10 月：只按年份录入，请改为完整日期",
    '".1" may be January or October: taken as the year alone',
  ],
  century: [
    "date-two-digit-year",
    "年份只有两位：已按最可能的世纪录入，请改为四位",
    "two-digit year: taken in the likeliest century",
  ],
} as const;

function dateProblem(text: string): CellReading {
  return reject(
    "date-invalid",
    `“${text}”不是有效日期（可写 2015-07-01、2015-07、2015、2015.07、2015/7/1、2015年7月1日）`,
    `"${text}" is not a date (write 2015-07-01, 2015-07, 2015, 2015.07 or 2015/7/1)`,
  );
}

function readJson(name: string, text: string): CellReading {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return reject("json-invalid", `“${clip(text)}”不是有效的 JSON`, `"${clip(text)}" is not valid JSON`);
  }
  if (tooDeep(json)) {
    return reject("json-invalid", `“${clip(text)}”嵌套过深`, `"${clip(text)}" is nested too deeply`);
  }
  try {
    parseFacts({ [name]: json });
  } catch (error) {
    if (!(error instanceof FactsError)) throw error;
    return reject("list-invalid", error.text.zh, error.text.en);
  }
  return { values: json === null ? nothing : factValues(name, json) };
}

function readFact(name: string, type: FactKind, text: string): CellReading {
  switch (type.kind) {
    case "enum": {
      const code = readChoice(text, type.values) ?? (name === "level" ? readLevelNumber(text) : undefined);
      return code === undefined ? unknownChoice(text, type.values) : { values: factValues(name, code) };
    }
    case "date": {
      const found = readDate(text);
      if (!found) return dateProblem(text);
      const values = factValues(name, found.date);
      if (!found.doubt) return { values };
      const [code, zh, en] = dateReasons[found.doubt];
      return warn(values, code, zh, en);
    }
    case "boolean": {
      const found = name === "onPost" ? readOnPost(text) : readBoolean(text);
      return found === undefined ? booleanProblem(text) : { values: factValues(name, found) };
    }
    case "integer":
    case "number":
      return readAmount(name, type, text);
    case "string":
      return { values: factValues(name, tidy(text)) };
    case "years": {
      // "2019、2021" beside the JSON of scripts.
      const years = compact(text).split(/[、,;，；\s]+/);
      if (years.every((year) => /^(19|20)\d\d$/.test(year))) return { values: factValues(name, years.map(Number)) };
      return readJson(name, text);
    }
    case "grades":
    case "flags":
    case "strings":
    case "list":
    case "marks":
      return readJson(name, text);
  }
}

const booleanProblem = (text: string) =>
  reject("boolean-invalid", `“${text}”应为 是 或 否`, `"${text}" is neither true nor false (是/否)`);

function readAmount(name: string, type: FactKind & { kind: "integer" | "number" }, text: string): CellReading {
  const found = readNumber(text);
  const { min = Number.NEGATIVE_INFINITY, max = 2_147_483_647 } = type;
  if (found !== undefined && found >= min && found <= max && (type.kind === "number" || Number.isInteger(found))) {
    return { values: factValues(name, found) };
  }
  return reject("number-invalid", `“${text}”应为不小于 ${min} 的数`, `"${text}" is not a number from ${min} on`);
}

/** One year of a map of years. */
function readYear(target: Target & { year: number }, text: string): CellReading {
  const { name } = target.field;
  if (name === "appraisals") {
    const grade = readChoice(text, gradeValues);
    return grade === undefined
      ? unknownChoice(text, gradeValues)
      : { values: factValues(name, { [target.year]: grade }) };
  }
  const passed = readBoolean(text);
  return passed === undefined
    ? reject("enum-unknown", `“${text}”应为 合格 或 不合格`, `"${text}" is none of true, false, passed, failed`)
    : { values: factValues(name, { [target.year]: passed }) };
}

function readIdentity(text: string, key: Buffer): CellReading {
  const found = parseIdentity(compact(text));
  if (found) {
    return {
      values: { idHash: hashIdentity(found.number, key), idLast4: found.number.slice(-4) },
      identity: found,
    };
  }
  return warn(
    nothing,
    "id-number-invalid",
    "身份证号有误（位数、日期或校验码），未保存",
    "the identity number is wrong (length, date or check character) and is not kept",
  );
}

function readWorkerId(text: string): CellReading {
  const workerId = compact(text);
  if (workerId.length >= 15 && parseIdentity(workerId)) {
    return reject(
      "worker-id-is-id-number",
      "人员编号不能是身份证号：请使用单位或登记系统的编号",
      "the worker number must not be an identity number",
    );
  }
  return { values: { workerId } };
}

function readDistrict(text: string, places: Places): CellReading {
  const found = places.district(text);
  if (found && "code" in found) return { values: { district: found.code } };
  if (found) {
    const names = found.candidates.join("、");
    return {
      ...reject(
        "district-ambiguous",
        `“${text}”不止一处（${names}），请填代码或全称`,
        `"${text}" is ambiguous (${names}): give the code or the full name`,
      ),
      unmapped: "districts",
    };
  }
  return {
    ...reject("district-unknown", `没有地区“${text}”，请填名称或代码`, `unknown district "${text}"`),
    unmapped: "districts",
  };
}

function readTrade(text: string, places: Places): CellReading {
  const tradeRaw = tidy(text);
  const found = places.trade(text);
  if (!found) {
    return {
      ...warn(
        { trade: null, tradeRaw },
        "trade-unknown",
        `工种“${tradeRaw}”不在目录中：按工种未知录入，保留原名`,
        `unknown trade "${tradeRaw}": loaded without a trade, the name is kept`,
      ),
      unmapped: "trades",
    };
  }
  const values = { trade: found.name, tradeRaw };
  if (!found.byAlias) return { values };
  return warn(
    values,
    "trade-alias",
    `工种“${tradeRaw}”按“${found.name}”录入，请核对`,
    `trade "${tradeRaw}" was taken for "${found.name}"`,
  );
}

/** The years a roster can be of. */
const firstYear = 1990;
const lastYear = 2100;

/** A year of four digits, or undefined. "2022年" and "2022年度" are read as well. */
export function readRosterYear(text: string): number | undefined {
  const year = Number(/^(\d{4})(年度?)?$/.exec(compact(text))?.[1]);
  return year >= firstYear && year <= lastYear ? year : undefined;
}

/** Reads one non-empty cell. Pure, so callers may remember what a text meant in a column. */
export function readCell(target: Target, text: string, context: CellContext): CellReading {
  const { field, year } = target;
  if (formulaError.test(text.trim())) {
    return reject("cell-error", `单元格公式出错（${text}）`, `the formula of the cell failed (${text})`);
  }
  if (year !== undefined) return readYear({ ...target, year }, text);
  const { cell, name } = field;
  switch (cell.kind) {
    case "fact":
      return readFact(name, cell.type, text);
    case "choice": {
      const code = readChoice(text, cell.values) ?? (name === "targetLevel" ? readLevelNumber(text) : undefined);
      return code === undefined ? unknownChoice(text, cell.values) : { values: { [name]: code } };
    }
    case "year": {
      const found = readRosterYear(text);
      return found === undefined
        ? reject(
            "year-invalid",
            `“${text}”应为 ${firstYear}…${lastYear} 的年份`,
            `"${text}" is not a year ${firstYear}…${lastYear}`,
          )
        : { values: { [name]: found } };
    }
    case "id":
      return readWorkerId(text);
    case "text":
      return { values: { [name]: tidy(text) } };
    case "idNumber":
      return readIdentity(text, context.identityKey);
    case "district":
      return readDistrict(text, context.places);
    case "trade":
      return readTrade(text, context.places);
    case "boolean": {
      const found = readBoolean(text);
      return found === undefined ? booleanProblem(text) : { values: { [name]: found } };
    }
    case "mark": {
      const found = readNumber(text);
      return found === undefined || found < 0 || found > 100
        ? reject("number-invalid", `“${text}”应为 0…100 的分数`, `"${text}" is not a mark 0…100`)
        : { values: { [name]: found } };
    }
    case "day": {
      const found = readDate(text);
      if (!found) return dateProblem(text);
      const day = wholeDay(found.date);
      return day === undefined
        ? warn(
            nothing,
            "date-incomplete",
            `“${text}”缺少日，未录入`,
            `"${text}" has no day of the month and is not kept`,
          )
        : { values: { [name]: day } };
    }
  }
}
