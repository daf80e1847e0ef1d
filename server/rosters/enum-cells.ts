/** Cells that hold one word out of a list: enumerations, yes and no. */
import { type EnumValue, facts } from "../rules/facts.ts";
import { EducationWords, isProfessionalCertificate } from "./education-words.ts";
import { type LevelConflict, levelWords, readLevel } from "./level-words.ts";
import { type CellReading, type ColumnValues, noValues, reject, warn } from "./reading.ts";
import { nearestWord } from "./suggest.ts";
import { booleanLines, onPostLines, unknownLines, wordsBeyond } from "./word-lists.ts";
import { enumWords, type Meaning, Words } from "./words.ts";

interface WordReader {
  read(text: string): Meaning<string> | LevelConflict | undefined;
  nearest(text: string): string | undefined;
}

const levels: WordReader = { read: readLevel, nearest: (text) => nearestWord(text, levelWords) };

const readers = new Map<string, WordReader>();

function readerOf(name: string, values: readonly EnumValue[]): WordReader {
  let reader = readers.get(name);
  if (!reader) {
    reader =
      name === "level" || name === "targetLevel"
        ? levels
        : name === "education"
          ? new EducationWords(values)
          : enumWords(values, wordsBeyond(name));
    readers.set(name, reader);
  }
  return reader;
}

const labelOf = (code: string, values: readonly EnumValue[]) =>
  values.find((value) => value.code === code)?.zh[0] ?? code;

/** A word that is none of the list, with the one most like it. */
export function unknownWord(
  text: string,
  values: readonly EnumValue[],
  nearest: string | undefined,
  code = "enum-unknown",
): CellReading {
  const zh = values.map((value) => value.zh[0] ?? value.code).join("、");
  const en = values.map((value) => value.code).join(", ");
  const hint = nearest === undefined ? ["", ""] : [`，是否指“${nearest}”？`, `; did you mean ${nearest}?`];
  return reject(code, `“${text}”不在可填的值中：${zh}${hint[0]}`, `"${text}" is none of ${en}${hint[1]}`);
}

/** A reading with its reason, when it is not the only one possible. `taken` is the value in a clerk's words. */
export function meant<T>(text: string, { value, why }: Meaning<T>, values: ColumnValues, taken: string): CellReading {
  if (value === null) {
    return why
      ? warn(noValues, "word-not-kept", `“${text}”未录入：${why.zh}`, `"${text}" is not kept: ${why.en}`, {
          once: "text",
        })
      : { values: noValues };
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

const certificate = (text: string): CellReading => ({
  ...warn(
    noValues,
    "education-certificate",
    `“${text}”不是学历：记为持有成人高等教育专业证书，学历未录入`,
    `"${text}" is no degree: the worker is taken to hold the certificate, the education is left open`,
    { taken: "成人高等教育专业证书", once: "text" },
  ),
  also: { adultHigherEducationCertificate: true },
});

/** Reads a word of the enumeration of a column. `encode`: code → values of the table's columns. */
export function readEnum(
  name: string,
  values: readonly EnumValue[],
  text: string,
  encode: (code: string) => ColumnValues,
): CellReading {
  const reader = readerOf(name, values);
  const found = reader.read(text);
  if (found && "conflict" in found) {
    const [first, second] = found.conflict.map((code) => labelOf(code, values));
    return reject(
      "level-conflict",
      `“${text}”同时写了两个不同的等级（${first}、${second}），请只填现在的一个`,
      `"${text}" names two different levels: write the present one only`,
    );
  }
  if (found && (found.value === null || values.some(({ code }) => code === found.value))) {
    return meant(
      text,
      found,
      found.value === null ? noValues : encode(found.value),
      labelOf(found.value ?? "", values),
    );
  }
  if (name === "education" && isProfessionalCertificate(text)) return certificate(text);
  return unknownWord(text, values, isKnownElsewhere(name, text) ? undefined : reader.nearest(text));
}

/** A word of another column is no typing mistake: 中技 is an education, not the level 中级. */
function isKnownElsewhere(name: string, text: string): boolean {
  return facts.some(
    ({ name: other, type }) =>
      other !== name && type.kind === "enum" && readerOf(other, type.values).read(text) !== undefined,
  );
}

const yesNo = new Words([...booleanLines, ...unknownLines]);
const posts = new Words([...onPostLines, ...booleanLines, ...unknownLines]);
const wordsOf = (name: string) => (name === "onPost" ? posts : yesNo);

/** 是/否, true/false, 1/0, yes/no, 有/无, √/×; for the column 在岗 also words for the state. */
export function readBoolean(name: string, text: string): boolean | undefined {
  return wordsOf(name).read(text)?.value ?? undefined;
}

/** The cell of yes or no: a word that leaves it open is not kept, one that says nothing rejects the row. */
export function readBooleanCell(name: string, text: string, encode: (found: boolean) => ColumnValues): CellReading {
  const found = wordsOf(name).read(text);
  if (!found) return reject("boolean-invalid", `“${text}”应为 是 或 否`, `"${text}" is neither true nor false (是/否)`);
  return meant(text, found, found.value === null ? noValues : encode(found.value), found.value ? "是" : "否");
}
