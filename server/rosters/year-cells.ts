/** Cells about years: one year of a map of years, several years in one cell, lists of years. */
import { encodeFact, firstStorableYear, lastStorableYear } from "../rules/columns.ts";
import { findFact, gradeValues } from "../rules/facts.ts";
import { meant, unknownWord } from "./enum-cells.ts";
import { readJson } from "./json-cell.ts";
import {
  type CellReading,
  type ColumnValues,
  longestText,
  nothingRead,
  noValues,
  reject,
  tooLong,
  warn,
} from "./reading.ts";
import { isNothing } from "./values.ts";
import { gradeLines, trainingLines } from "./word-lists.ts";
import { codeLines, enumWords, Words } from "./words.ts";
import { isJson, type YearListReading, YearLists } from "./year-list.ts";
import { yearsBetween } from "./year-words.ts";

/** Facts that are a map of years. */
export type YearFact = "appraisals" | "continuingEducation";

const grades = enumWords(gradeValues, gradeLines);
const training = new Words(trainingLines);
/** Without words doubled (优秀优秀): in a list those are two. */
const listedGrades = new Words<string>([...gradeLines, ...codeLines(gradeValues)]);
const gradeLists = new YearLists(listedGrades, undefined);
const trainingLists = new YearLists(training, true);

const gradeLabel = (code: string) => gradeValues.find((value) => value.code === code)?.zh[0] ?? code;
const trainingLabel = (passed: boolean) => (passed ? "合格" : "不合格");

function encode(name: string, found: unknown): ColumnValues {
  const definition = findFact(name);
  return definition ? encodeFact(definition, found) : noValues;
}

const unknownTraining = (text: string, code = "enum-unknown"): CellReading => {
  const nearest = training.nearest(text);
  const hint = nearest === undefined ? ["", ""] : [`，是否指“${nearest}”？`, `; did you mean ${nearest}?`];
  return reject(
    code,
    `“${text}”应为 合格 或 不合格${hint[0]}`,
    `"${text}" is none of true, false, passed, failed${hint[1]}`,
  );
};

const praise = /[(（,，、]?(?:受|获)*通报表扬[)）]?$/;

/** Nothing is on record: neither a grade nor its lack. */
const noGrade = new Set(["无", "没有", "暂无"]);

/** The cell of one year. */
export function readYear(name: string, year: number, text: string): CellReading {
  if (name === "appraisals" && noGrade.has(text)) return nothingRead;
  if (name === "continuingEducation") {
    const found = training.read(text);
    if (!found) return unknownTraining(text);
    return meant(text, found, encode(name, { [year]: found.value }), trainingLabel(found.value ?? false));
  }
  const bare = text.replace(praise, "");
  const found = grades.read(bare);
  if (!found) return unknownWord(text, gradeValues, grades.nearest(text));
  const values = encode(name, { [year]: found.value });
  const reading = meant(bare, found, values, gradeLabel(found.value ?? ""));
  return bare === text ? reading : commendedToo(reading, [year], text);
}

/** 通报表扬 beside a grade is a fact of its own. */
function commendedToo(reading: CellReading, years: readonly number[], text: string): CellReading {
  const values = { ...reading.values, ...encode("commendedYears", years) };
  if (reading.problem) return { ...reading, values };
  const listed = years.join("、");
  return warn(
    values,
    "commendation-taken",
    `“${text}”中的通报表扬记入通报表扬年度（${listed}）`,
    `the public commendation in "${text}" is kept as a commended year (${listed})`,
    { taken: `通报表扬 ${listed}`, once: "text" },
  );
}

const storable = (year: number) => year >= firstStorableYear && year <= lastStorableYear;

function badYear(year: number): CellReading {
  const range = `${firstStorableYear}…${lastStorableYear}`;
  return reject("year-invalid", `年度 ${year} 超出范围（${range}）`, `the year ${year} is outside ${range}`);
}

/** What a list that cannot be placed means for the row: nothing is taken, and the report says what to write. */
function faultOf(found: Exclude<YearListReading<unknown>, { kind: "list" }>, text: string): CellReading | undefined {
  switch (found.kind) {
    case "word":
      return undefined;
    case "unplaced":
      return warn(
        noValues,
        "years-unknown",
        "单元格和表头都没有写明年度，未录入：请写成“2021优秀、2022合格”，或每年一列",
        "neither the cell nor the heading says which years: not kept; write 2021优秀、2022合格, or a column per year",
        { once: "text" },
      );
    case "count":
      return warn(
        noValues,
        "years-count",
        `“${text}”有 ${found.found} 项，而表头是 ${found.expected} 年，无法对应，未录入`,
        `"${text}" has ${found.found} entries for ${found.expected} years: not kept`,
      );
    case "contradiction":
      return reject(
        "years-contradict",
        `“${text}”中 ${found.year} 年写了两个不同的结果`,
        `"${text}" says two different things of ${found.year}`,
      );
  }
}

/**
 * Several years in one cell. `span`: the years of the heading in the order values follow, empty when it names none; `spanText` is
 * how the heading puts it.
 */
export function readYearList(name: YearFact, text: string, span: readonly number[]): CellReading {
  if (isNothing(text) || noGrade.has(text)) return nothingRead;
  if (isJson(text)) return readJson(name, text);
  if (text.length > longestText) return tooLong(text);
  const isGrade = name === "appraisals";
  const found: YearListReading<string | boolean> = isGrade
    ? gradeLists.read(text, span)
    : trainingLists.read(text, span);
  if (found.kind !== "list") {
    const fault = faultOf(found, text);
    if (fault) return fault;
    const piece = found.kind === "word" ? found.piece : text;
    return isGrade ? unknownWord(piece, gradeValues, grades.nearest(piece)) : unknownTraining(piece);
  }
  const years = [...found.entries.keys(), ...found.commended];
  const outside = years.find((year) => !storable(year));
  if (outside !== undefined) return badYear(outside);
  const label = (value: string | boolean) => (typeof value === "string" ? gradeLabel(value) : trainingLabel(value));
  const taken = [...found.entries].map(([year, value]) => `${year}${label(value)}`).join("、");
  const values = encode(name, Object.fromEntries(found.entries));
  const reading = reasoned(values, found, taken, text);
  return found.commended.length > 0 ? commendedToo(reading, found.commended, text) : reading;
}

function reasoned(
  values: ColumnValues,
  { why, byHeading, entries }: Extract<YearListReading<unknown>, { kind: "list" }>,
  taken: string,
  text: string,
): CellReading {
  const years = [...entries.keys()];
  if (byHeading) {
    const order = `${years[0]}…${years.at(-1)}`;
    return warn(
      values,
      "years-from-heading",
      `单元格没有写年度，按表头和名册年度依次对应 ${order} 录入，请核对${why ? `；${why.zh}` : ""}`,
      `the cell names no years: taken for ${order}, as heading and roster year say${why ? `; ${why.en}` : ""}`,
      { taken, once: "text" },
    );
  }
  if (!why) return { values };
  return warn(
    values,
    "word-interpreted",
    `“${text}”按“${taken}”录入：${why.zh}`,
    `"${text}" was taken for ${taken}: ${why.en}`,
    { taken, once: "text" },
  );
}

const none = /^(?:无|没有|0)$/;

/** "2019、2021", "2019-2021", "无", and the JSON of scripts. */
export function readYears(name: string, text: string): CellReading {
  if (isJson(text)) return readJson(name, text);
  const bare = text
    .normalize("NFKC")
    .replace(/[‐‑‒–—―−]+/g, "-")
    .trim();
  if (none.test(bare)) return { values: encode(name, []) };
  const years = bare.split(/[\s、,;/]+/).flatMap((piece) => {
    const [, from, to] = /^((?:19|20)\d\d)(?:年度?)?(?:[-~至到]+((?:19|20)\d\d)(?:年度?)?)?$/.exec(piece) ?? [];
    return from === undefined ? [Number.NaN] : (yearsBetween(Number(from), Number(to ?? from)) ?? [Number.NaN]);
  });
  if (years.some(Number.isNaN)) return readJson(name, text);
  const outside = years.find((year) => !storable(year));
  return outside === undefined ? { values: encode(name, years) } : badYear(outside);
}
