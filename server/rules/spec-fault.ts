/** Faults that a schema finds beyond the shape of a value: with their kind, in both languages, and with what to write instead. */
import type { Message } from "../errors.ts";
import type { FaultName } from "./diagnostic.ts";
import { nearest } from "./parse-facts.ts";
import type { Path } from "./yaml-text.ts";

export interface SpecFault {
  readonly name: FaultName;
  readonly message: Message;
  readonly suggestion: Message;
}

/** What a zod refinement reports to. */
interface Refinement {
  addIssue(issue: {
    code: "custom";
    path: (string | number)[];
    message: string;
    params: { fault: SpecFault; ofOneValue?: boolean };
    continue?: boolean;
  }): void;
}

/** Reports a fault of a part from within a zod refinement. */
export function addFault(context: Refinement, path: Path, fault: SpecFault): void {
  context.addIssue({ code: "custom", path: [...path], message: fault.message.en, params: { fault } });
}

/** Reports that a value cannot be; what it is part of is then not looked at any further. */
export function refuse(context: Refinement, fault: SpecFault): void {
  context.addIssue({
    code: "custom",
    path: [],
    message: fault.message.en,
    params: { fault, ofOneValue: true },
    continue: false,
  });
}

/** The most names a suggestion lists. */
const most = 12;

export const colonHint: Message = {
  zh: "冒号要用英文半角“:”，后加空格",
  en: 'write the ASCII colon ":" with a space after it',
};
const commaHint: Message = { zh: "列表的逗号要用英文半角“,”", en: 'separate the entries with the ASCII comma ","' };

/** `key：value`, with the colon of Chinese text, in a line of YAML. */
export const hasWideColon = (line: string): boolean => /(?:^[\s-]*|[{,]\s*)[\w-]+\s*：/.test(line);

/** The nearest known name, or which there are; of a name that swallowed Chinese punctuation, what to write in its place. */
export function didYouMean(name: string, known: readonly string[]): Message {
  if (name.includes("：")) return colonHint;
  if (/[，、]/.test(name)) return commaHint;
  const hint = nearest(name, known);
  if (hint !== undefined) return { zh: `是否指 ${hint}？`, en: `did you mean "${hint}"?` };
  if (known.length === 0) return { zh: "请删去", en: "remove it" };
  const more = known.length > most;
  return {
    zh: `可用：${known.slice(0, most).join("、")}${more ? "……" : ""}`,
    en: `known: ${known.slice(0, most).join(", ")}${more ? ", …" : ""}`,
  };
}

/** A value in a message: JSON, cut short. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
