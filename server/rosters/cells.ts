/** One cell → the values of its table columns, or what is wrong with it. */
import { encodeFact } from "../rules/columns.ts";
import { type FactKind, findFact } from "../rules/facts.ts";
import { readDateFact, readDay } from "./date-cells.ts";
import { readBooleanCell, readEnum } from "./enum-cells.ts";
import { holdsIdentity, maskDated } from "./identity.ts";
import { readIdentityCell } from "./identity-cell.ts";
import { readJson } from "./json-cell.ts";
import type { Target } from "./match.ts";
import { readDistrict, readTrade } from "./place-cells.ts";
import type { Places } from "./places.ts";
import {
  type CellReading,
  type ColumnValues,
  longestText,
  nothingRead,
  noValues,
  reject,
  tooLong,
  warn,
  warning,
} from "./reading.ts";
import { readUnitNature } from "./unit-natures.ts";
import { compact, isNothing, readNumber, tidy, tidyName } from "./values.ts";
import { readYear, readYears } from "./year-cells.ts";

export interface CellContext {
  readonly places: Places;
  readonly identityKey: Buffer;
  /** Bare numbers in date columns count days from 1904. */
  readonly from1904: boolean;
}

function factValues(name: string, found: unknown): ColumnValues {
  const definition = findFact(name);
  return definition ? encodeFact(definition, found) : noValues;
}

function readFact(name: string, type: FactKind, text: string, from1904: boolean): CellReading {
  switch (type.kind) {
    case "enum":
      return readEnum(name, type.values, text, (code) => factValues(name, code));
    case "date":
      return readDateFact(name, text, from1904);
    case "boolean":
      return readBooleanCell(name, text, (found) => factValues(name, found));
    case "integer":
    case "number":
      return readAmount(name, type, text);
    case "string":
      return { values: factValues(name, maskDated(tidy(text))) };
    case "years":
      return readYears(name, text);
    case "grades":
    case "flags":
    case "strings":
    case "list":
    case "marks":
      return readJson(name, text);
  }
}

function readAmount(name: string, type: FactKind & { kind: "integer" | "number" }, text: string): CellReading {
  // 3篇, 5年: the heading says what is counted.
  const found = readNumber(compact(text).replace(/(?<=\d)(?:篇|份|人|年|次|项|个|名)$/, ""));
  const { min = Number.NEGATIVE_INFINITY, max = 2_147_483_647 } = type;
  if (found !== undefined && found >= min && found <= max && (type.kind === "number" || Number.isInteger(found))) {
    return { values: factValues(name, found) };
  }
  if (compact(text) === "无" && min === 0) return { values: factValues(name, 0) };
  return reject("number-invalid", `“${text}”应为不小于 ${min} 的数`, `"${text}" is not a number from ${min} on`);
}

/** What a mark's cell says when there was no exam. */
const noMark = new Set(["缺考", "未考", "未参加", "免考", "缓考", "延期", "违纪", "作弊", "无", "弃考"]);

function readMark(name: string, text: string): CellReading {
  const bare = compact(text).replace(/(?<=\d)分$/, "");
  const found = readNumber(bare);
  if (found !== undefined && found >= 0 && found <= 100) return { values: { [name]: found } };
  if (noMark.has(bare)) {
    return warn(noValues, "mark-word", `“${text}”不是分数，未录入`, `"${text}" is no mark and is not kept`, {
      once: "text",
    });
  }
  return reject("number-invalid", `“${text}”应为 0…100 的分数`, `"${text}" is not a mark 0…100`);
}

function readWorkerId(text: string): CellReading {
  const workerId = compact(text).replace(/^'/, "");
  if (holdsIdentity(workerId)) {
    return reject(
      "worker-id-is-id-number",
      "人员编号不能是身份证号：请使用单位或登记系统的编号",
      "the worker number must not be an identity number",
    );
  }
  if (/^\d(\.\d+)?E\+\d+$/i.test(workerId)) return lostDigits();
  return { values: { workerId } };
}

const lostDigits = () =>
  reject(
    "worker-id-precision",
    "人员编号被表格软件当作数字，末几位已丢失：请将该列设为文本后重新填写",
    "a spreadsheet kept the worker number as a number and its last digits are lost: format the column as text and type it again",
  );

/** The years a roster can be of. */
const firstYear = 1990;
const lastYear = 2100;

/** A year of four digits, or undefined. "2022年" and "2022年度" are read as well. */
function readRosterYear(text: string): number | undefined {
  const year = Number(/^(\d{4})(年度?)?$/.exec(compact(text))?.[1]);
  return year >= firstYear && year <= lastYear ? year : undefined;
}

function readYearCell(name: string, text: string): CellReading {
  const found = readRosterYear(text);
  if (found !== undefined) {
    // An exam may be announced for the year to come; a roster is of a year that has ended, or of this one at the most.
    const last = new Date().getFullYear() + (name === "examYear" ? 1 : 0);
    if (found <= last) return { values: { [name]: found } };
    return warn(
      { [name]: found },
      "year-future",
      `年度 ${found} 尚未到，请核对`,
      `the year ${found} has not come yet`,
      {
        taken: String(found),
        once: "text",
      },
    );
  }
  const day = readRosterYear(/^(\d{4})[-./年](?:12[-./月]?(?:31日?)?)$/.exec(compact(text))?.[1] ?? "");
  if (day !== undefined) {
    return warn(
      { [name]: day },
      "year-from-date",
      `“${text}”按年度 ${day} 录入`,
      `"${text}" was taken for the year ${day}`,
      {
        taken: String(day),
        once: "text",
      },
    );
  }
  const range = `${firstYear}…${lastYear}`;
  return reject("year-invalid", `“${text}”应为 ${range} 的年份`, `"${text}" is not a year ${range}`);
}

/** A shifted column would otherwise keep an identity number in clear. */
const misplaced = () =>
  reject(
    "id-number-misplaced",
    "该列不应填写身份证号（可能整行错位）",
    "an identity number does not belong here (has the row shifted?)",
  );

const mayBeJson = new Set(["grades", "flags", "strings", "list", "marks"]);
const isJsonCell = ({ field: { cell } }: Target) => cell.kind === "fact" && mayBeJson.has(cell.type.kind);

/**
 * Reads one trimmed cell that is not empty, except cells that hold several years (see `readYearList`). Pure, so callers may remember
 * what a text meant in a column. `imprecise`: the file holds a number with more digits than it keeps.
 */
export function readCell(target: Target, text: string, context: CellContext, imprecise = false): CellReading {
  const reading = readValue(target, text, context, imprecise);
  const keepsText = typeof reading.values[target.field.name] === "string" || "tradeRaw" in reading.values;
  return keepsText && !reading.problem && looksLikeFormula.test(text)
    ? { ...reading, problem: formulaText(text) }
    : reading;
}

/** What a spreadsheet would run if it stood in a cell as it is; numbers with a sign are none. */
const looksLikeFormula = /^[=@＝]|^[+-](?!\d*\.?\d+$)/;

const formulaText = (text: string) =>
  warning(
    "formula-text",
    `“${text}”像是公式：没有计算，按文字录入；导出时也只作文字`,
    `"${text}" looks like a formula: it was not run and is kept as text, also where it is exported`,
    { taken: text, once: "text" },
  );

function readValue(target: Target, text: string, context: CellContext, imprecise: boolean): CellReading {
  const { field, year } = target;
  const { cell, name } = field;
  if (isNothing(text)) return nothingRead;
  if (text.length > longestText && !isJsonCell(target)) return tooLong(text);
  if (cell.kind === "idNumber") {
    const reading = readIdentityCell(text, context.identityKey, imprecise);
    return cell.kept ? reading : { ...reading, values: noValues };
  }
  if (cell.kind === "id") return imprecise ? lostDigits() : readWorkerId(text);
  if (holdsIdentity(text)) return misplaced();
  if (year !== undefined) return readYear(name, year, text);
  switch (cell.kind) {
    case "fact":
      return readFact(name, cell.type, text, context.from1904);
    case "choice":
      return readEnum(name, cell.values, text, (code) => ({ [name]: code }));
    case "year":
      return readYearCell(name, text);
    case "text":
      return name === "unitNature" ? readUnitNature(name, text) : { values: { [name]: maskDated(tidyName(text)) } };
    case "district":
      return readDistrict(text, context.places);
    case "trade":
      return readTrade(maskDated(text), context.places);
    case "boolean":
      return readBooleanCell(name, text, (found) => ({ [name]: found }));
    case "mark":
      return readMark(name, text);
    case "day":
      return readDay(name, text, context.from1904);
  }
}
