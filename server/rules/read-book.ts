/** One rulebook file by itself: its text, as far as it is as it should be, and a report of every fault of form. */
import { BookReport } from "./book-report.ts";
import { isPlainCase } from "./case-schema.ts";
import { checkCondition } from "./condition-text.ts";
import { formFaults } from "./form.ts";
import { keepSound } from "./keep-sound.ts";
import { type BookText, bookSchema, type RulebookFile } from "./rulebook-text.ts";
import { YamlText } from "./yaml-text.ts";

export interface ParsedBook {
  readonly report: BookReport;
  /** Without what is faulty; where id, title or document are, something stands in for them. */
  readonly text: BookText;
  /** Nothing of the file could be read. */
  readonly isUnreadable: boolean;
  /** Names the file gives, to faulty ones too. */
  readonly names: { readonly conditions: readonly string[]; readonly lists: readonly string[] };
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const keysOf = (value: unknown): readonly string[] => (isRecord(value) ? Object.keys(value) : []);

/** Reads one file. Without `cases` the people and cases in it are passed over. */
export function readBook({ name, text }: RulebookFile, cases: boolean): ParsedBook {
  const yaml = new YamlText(text);
  const report = new BookReport(name, yaml);
  const data = cases ? yaml.data : withoutCases(yaml.data);
  const isBook = isRecord(data);
  if (yaml.data !== undefined) checkForm(data, report);
  const kept = report.kept;
  const standIn = { id: name.replace(/\.ya?ml$/, ""), title: { zh: "", en: "" }, document: "" };
  const book: BookText = { ...standIn, ...(isRecord(kept) ? kept : {}) };
  for (const [key, condition] of Object.entries(book.conditions ?? {}))
    checkCondition(condition, ["conditions", key], report);
  return {
    report,
    text: book,
    isUnreadable: !isBook,
    names: isBook ? { conditions: keysOf(data.conditions), lists: keysOf(data.lists) } : { conditions: [], lists: [] },
  };
}

function checkForm(data: unknown, report: BookReport): void {
  const cases = isRecord(data) && Array.isArray(data.cases) && data.cases.every(isPlainCase) ? data.cases : undefined;
  const asked = cases ? { ...(data as object), cases: [] } : data;
  const { all, told } = formFaults(bookSchema, asked);
  for (const { path, at, fault, meant } of told) {
    report.add(path, fault, at);
    if (meant !== undefined) report.doubt([...path.slice(0, -1), meant]);
  }
  const { data: sound, positions } = keepSound(bookSchema, asked, all);
  report.keep(cases && isRecord(sound) ? { ...sound, cases } : sound, positions);
}

function withoutCases(data: unknown): unknown {
  if (!isRecord(data)) return data;
  const { people: _people, cases: _cases, scoreCases: _scoreCases, ...rules } = data;
  return rules;
}
