/** The answer of `GET /facts` → what the fact form draws. Strange entries become plain text fields, never a crash. */
import type { Message } from "./types.ts";

export interface FactChoice {
  readonly code: string;
  readonly label: Message;
}

export type FactFieldKind =
  | "boolean"
  | "integer"
  | "number"
  | "string"
  | "date"
  | "enum"
  | "grades"
  | "flags"
  | "years"
  | "strings"
  | "list"
  | "marks";

export interface FactField {
  readonly name: string;
  readonly kind: FactFieldKind;
  readonly label: Message;
  readonly choices: readonly FactChoice[];
  /** Properties of an item of a list, or the names of the marks. */
  readonly fields: readonly FactField[];
  readonly required: boolean;
}

export interface FactForm {
  readonly fields: readonly FactField[];
  readonly byName: ReadonlyMap<string, FactField>;
}

const kinds: readonly string[] = [
  "boolean",
  "integer",
  "number",
  "string",
  "date",
  "enum",
  "grades",
  "flags",
  "years",
  "strings",
  "list",
  "marks",
] satisfies FactFieldKind[];
const isKind = (value: unknown): value is FactFieldKind => typeof value === "string" && kinds.includes(value);
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function words(value: unknown, fallback: string): string {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === "string" && first !== "" ? first : fallback;
}

function label(value: unknown, name: string): Message {
  return isRecord(value)
    ? { zh: words(value.zh, name), en: words(value.en, name) }
    : { zh: words(value, name), en: words(value, name) };
}

function readField(entry: unknown): FactField | undefined {
  if (typeof entry === "string") {
    return { name: entry, kind: "number", label: label(undefined, entry), choices: [], fields: [], required: false };
  }
  if (!isRecord(entry) || typeof entry.name !== "string") return undefined;
  const { name } = entry;
  // The kind stands beside the name or inside `type`, with its values and fields.
  const type: Record<string, unknown> = isRecord(entry.type) ? { ...entry, ...entry.type } : entry;
  const kind = [type.kind, entry.type].find(isKind) ?? "string";
  return {
    name,
    kind,
    label: label(entry.label, name),
    choices: list(type.values).flatMap((value) =>
      isRecord(value) && typeof value.code === "string" ? [{ code: value.code, label: label(value, value.code) }] : [],
    ),
    fields: list(type.fields).flatMap((field) => readField(field) ?? []),
    required: entry.required === true,
  };
}

export function readFactForm(json: unknown): FactForm {
  const fields = list(json).flatMap((entry) => readField(entry) ?? []);
  return { fields, byName: new Map(fields.map((field) => [field.name, field])) };
}

/** The word for a code of any enumeration of the catalogue; where two share a code, the one of `factName` wins. */
export function wordOf(form: FactForm | undefined, code: string, factName?: string): Message | undefined {
  const own = factName === undefined ? undefined : form?.byName.get(factName);
  const all = form ? form.fields.flatMap((field) => [field, ...field.fields]) : [];
  for (const field of own ? [own, ...own.fields, ...all] : all) {
    const choice = field.choices.find((candidate) => candidate.code === code);
    if (choice) return choice.label;
  }
  return undefined;
}
