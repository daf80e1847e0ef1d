/** What a row below the heading is: data, or something that printed tables have between and under it. */
import { headingsIn, type MatchedHeading, type Matcher, normaliseHeading } from "./match.ts";
import type { SourceRow } from "./read.ts";
import { fewestHeadings, isBlank } from "./sheets-heading.ts";

/** blank: nothing of its own, or only the running number of a prepared row. */
export type RowClass = "data" | "blank" | "heading" | "total" | "note" | "example";

const totalWord = /^.{0,20}(合计|总计|小计|共计|累计)(人数|\d*人|[(（:：].*)?$/;
const totalStart = /^(合计|总计|小计|共计|累计|本页|共\d+人)/;
const foot =
  /^(填[表报](说明|人|单位|日期|时间)|审核|审批|制表|复核人|单位(负责人|盖章|[(（:：])|负责人|主管领导|经办人|联系(人|电话)|第\d+页|(备注|说明|注)[:：]|\d+[.、．)）](\S{8}|本表))/;
/** Notes that stand in the column of the number: a colon or nothing else in the row tells them from a number such as 审核-12. */
const footStart =
  /^(填[表报](说明|人|单位|日期|时间)|审核(人|单位|意见)?|审批(人|单位|意见)?|制表(人|单位|日期)?|复核人|单位(负责人|盖章)|负责人|主管领导|经办人|联系(人|电话)|备注|说明|注)\d{0,2}[:：]/;
const sentence = /[\u4e00-\u9fff]{4}/;
const fewLetters = 8;

const places = "甲乙丙丁戊己庚辛壬癸";

/** 1, 2, 3 … or 甲, 乙, 1, 2 …: the numbers of columns that printed forms have under the heading. */
function numbersColumns(cells: readonly (string | undefined)[]): boolean {
  const texts = cells.flatMap((cell) =>
    isBlank(cell) ? [] : [(cell ?? "").trim().replace(/^[(（](\d+)[)）]$/, "$1")],
  );
  const letters = texts.findIndex((text) => !places.includes(text));
  if (letters < 0 || texts.length - letters < 3) return false;
  const inOrder = texts.every(
    (text, index) => text === (index < letters ? places[index] : String(index - letters + 1)),
  );
  return inOrder || texts.every((text, index) => text === String(index + 1));
}

const compact = (text: string) => text.replace(/[\s\u3000]+/g, "");
const firstText = (cells: readonly string[]) => (cells.find((cell) => !isBlank(cell)) ?? "").trim();
/** A number as numbers are: digits, letters and marks. */
const plainKey = /^[!-~]*\d[!-~]*$/;
const hasDigit = (text: string) => /\d/.test(text);

/** Cells compared as headings are: titles and headings printed on every page come back with other spaces. */
export const signature = ({ cells }: SourceRow): string => {
  const last = cells.findLastIndex((cell) => !isBlank(cell));
  return JSON.stringify(cells.slice(0, last + 1).map((cell) => normaliseHeading(cell ?? "")));
};

/** Columns that say who a row is about: alone they make an incomplete row, not a note. */
const naming = new Set(["workerId", "name", "idNumber"]);

/** Tells the rows below one heading apart. */
export class RowKinds {
  /** Column of the worker number, or else of the identity number. */
  readonly #key: number;
  readonly #identity: number | undefined;
  readonly #matched: ReadonlySet<number>;
  readonly #naming: ReadonlySet<number>;
  readonly #known: ReadonlySet<string>;

  /** `above`: titles and heading rows, which may come again. */
  constructor(
    heading: MatchedHeading,
    above: readonly SourceRow[],
    private readonly match: Matcher,
  ) {
    const { columns } = heading;
    const column = (name: string) => columns.find(({ target }) => target.field.name === name)?.index;
    this.#identity = column("idNumber");
    this.#key = column("workerId") ?? this.#identity ?? -1;
    this.#matched = new Set(columns.map(({ index }) => index));
    this.#naming = new Set(columns.filter(({ target }) => naming.has(target.field.name)).map(({ index }) => index));
    this.#known = new Set(above.map(signature));
  }

  classOf(source: SourceRow): RowClass {
    const { cells, across, filled } = source;
    const key = cells[this.#key]?.trim() ?? "";
    if (key.startsWith("示例")) return "example";
    if (key.length <= 4 && numbersColumns(cells)) return "heading";
    // Nearly every row ends here.
    if (plainKey.test(key) && !filled?.includes(this.#key) && !totalStart.test(firstText(cells))) return "data";
    if (this.#isFoot(source, key)) return "note";
    if (hasDigit(key) && !filled?.includes(this.#key) && !totalStart.test(firstText(cells))) return "data";
    const own = cells.flatMap((cell, index) => (isBlank(cell) || filled?.includes(index) ? [] : [index]));
    if (own.length === 0) return "blank";
    if (this.#known.has(signature(source))) return "heading";
    const texts = own.map((index) => compact(cells[index] ?? ""));
    const noKey = key === "" || across?.includes(this.#key) === true;
    if (this.#isTotal(texts, noKey || !hasDigit(key))) return "total";
    if (headingsIn(cells, this.match) >= fewestHeadings) return "heading";
    if (!noKey) return this.match(key)?.field.name === "workerId" ? "heading" : "data";
    return this.#withoutKey(source, own, texts);
  }

  /**
   * A note in the first column, which may be that of the number: 填表说明：…, 1.本表一式三份. The row of a person says who it is in other
   * columns as well.
   */
  #isFoot({ cells, across, filled }: SourceRow, key: string): boolean {
    const first = compact(firstText(cells));
    if (key === "" || first !== compact(key)) return false;
    const others = cells.flatMap((cell, index) =>
      index === this.#key || isBlank(cell) || filled?.includes(index) || across?.includes(index) ? [] : [compact(cell)],
    );
    if (footStart.test(first)) return others.every((text) => !plainKey.test(text));
    return others.length === 0 && (foot.test(first) || (first.length >= fewLetters && sentence.test(first)));
  }

  /** The word stands in the first cell, whatever else the row holds, or in any cell where the row is about nobody. */
  #isTotal(texts: readonly string[], nobody: boolean): boolean {
    const [first = ""] = texts;
    if (totalWord.test(first) || /^共\d+人/.test(first)) return true;
    return nobody && texts.some((text) => totalWord.test(text));
  }

  #withoutKey({ across }: SourceRow, own: readonly number[], texts: readonly string[]): RowClass {
    const [first = ""] = texts;
    if (foot.test(first)) return "note";
    if (!own.some((index) => this.#matched.has(index)))
      return texts.every((text) => /^\d+$/.test(text)) ? "blank" : "note";
    const [only, ...others] = own;
    if (only === undefined || others.length > 0) return "data";
    const wide = (across?.length ?? 0) >= 3;
    if (wide || first.length >= fewLetters * 2) return "note";
    if (only === this.#identity && sentence.test(first)) return "note";
    return this.#naming.has(only) || hasDigit(first) ? "data" : "note";
  }
}
