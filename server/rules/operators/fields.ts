/** The fields operators have in common: names of facts, dates of the rulebook, codes, and keys of which one must be given. */
import { z } from "zod";
import type { Message } from "../../errors.ts";
import { type EnumValue, type FactKind, facts, findFact, gradeValues } from "../facts.ts";
import { addFault, didYouMean, refuse, shown } from "../spec-fault.ts";
import { isDateTemplate } from "../term.ts";
import type { Path } from "../yaml-text.ts";

type Kind = FactKind["kind"];
type Refinement = Parameters<typeof addFault>[0];

/** Kinds of facts in words. */
const kindWords: Readonly<Record<Kind, Message>> = {
  enum: { zh: "代码", en: "code" },
  boolean: { zh: "是否", en: "true/false" },
  integer: { zh: "整数", en: "count" },
  number: { zh: "数", en: "number" },
  string: { zh: "文字", en: "text" },
  date: { zh: "日期", en: "date" },
  grades: { zh: "逐年等次", en: "grades by year" },
  flags: { zh: "逐年是否", en: "true/false by year" },
  years: { zh: "年度列表", en: "list of years" },
  strings: { zh: "文字列表", en: "list of texts" },
  list: { zh: "记录列表", en: "list of records" },
  marks: { zh: "成绩", en: "marks" },
};

/** What a schema stands for in the JSON Schema of rulebooks, where zod cannot say it. */
export const vocabulary = z.registry<{ readonly factsOf?: readonly Kind[]; readonly ref?: string }>();

/** The name of a fact of one of the kinds. */
export function factName(...kinds: readonly Kind[]) {
  const fitting = facts.filter(({ type }) => kinds.includes(type.kind)).map(({ name }) => name);
  const words = (language: keyof Message) => kinds.map((kind) => kindWords[kind][language]).join(" / ");
  return z
    .string()
    .superRefine((name, context) => {
      if (fitting.includes(name)) return;
      const definition = findFact(name);
      if (!definition) {
        return refuse(context, {
          name: "unknownFact",
          message: { zh: `没有信息 ${name}`, en: `unknown fact "${name}"` },
          suggestion: didYouMean(
            name,
            facts.map((one) => one.name),
          ),
        });
      }
      const own = kindWords[definition.type.kind];
      refuse(context, {
        name: "unfitFact",
        message: {
          zh: `信息 ${name}（${definition.label.zh}）是${own.zh}，此处应为${words("zh")}`,
          en: `fact "${name}" is a ${own.en}; expected a ${words("en")}`,
        },
        suggestion: {
          zh: `此写法可用：${fitting.slice(0, 12).join("、")}`,
          en: `fit here: ${fitting.slice(0, 12).join(", ")}`,
        },
      });
    })
    .register(vocabulary, { factsOf: kinds });
}

/** A date a rulebook may write: `Y-08-31`, `(Y+1)-05`, `window.to`, `cutOff`, or a plain date. */
export const dateText = z
  .string()
  .superRefine((text, context) => {
    if (isDateTemplate(text)) return;
    refuse(context, {
      name: "invalidDate",
      message: { zh: `${shown(text)} 不是日期`, en: `${shown(text)} is no date` },
      suggestion: {
        zh: "请写 Y-08-31、(Y+1)-05、window.from、window.to、cutOff 或 2023-06-13",
        en: "write Y-08-31, (Y+1)-05, window.from, window.to, cutOff or 2023-06-13",
      },
    });
  })
  .register(vocabulary, { ref: "date" });

/** For `superRefine`: exactly one of the keys must be given. */
export const exactlyOne =
  <Key extends string>(...keys: readonly Key[]) =>
  (spec: { readonly [K in Key]?: unknown }, context: Refinement): void => {
    const given = keys.filter((key) => spec[key] !== undefined);
    if (given.length === 1) return;
    const last = given.at(-1);
    addFault(context, last === undefined ? [] : [last], {
      name: "wrongValue",
      message:
        given.length === 0
          ? { zh: `${keys.join("、")} 须写其一`, en: `one of ${keys.join(", ")} is needed` }
          : { zh: `${given.join("、")} 只能写其一`, en: `only one of ${given.join(", ")} may be given` },
      suggestion: { zh: `请恰好写 ${keys.join("、")} 之一`, en: `give exactly one of ${keys.join(", ")}` },
    });
  };

/** Codes that must be among those of an enumeration. */
export function checkCodes(
  codes: readonly (string | number | boolean)[],
  known: readonly string[],
  context: Refinement,
  pathOf: (index: number) => Path,
): void {
  for (const [index, code] of codes.entries()) {
    if (!known.includes(String(code))) addFault(context, pathOf(index), unknownCode(code, known));
  }
}

/** A value that is none of the codes; it may be the Chinese word for one of them. */
export function unknownCode(value: unknown, known: readonly string[]) {
  const word = String(value);
  const meant = codeWords.find(({ code, zh }) => known.includes(code) && zh.includes(word));
  return {
    name: "unknownValue" as const,
    message: { zh: `没有取值 ${word}`, en: `unknown value "${word}"` },
    suggestion: meant
      ? { zh: `是否指 ${meant.code}（${word}）？`, en: `did you mean "${meant.code}"?` }
      : didYouMean(word, known),
  };
}

const codeWords: readonly EnumValue[] = facts
  .flatMap(({ type }) => [type, ...(type.kind === "list" ? type.fields : [])])
  .flatMap((type) => (type.kind === "enum" ? type.values : []))
  .concat(gradeValues);

/** For `superRefine`: both keys or neither. */
export const together =
  <Key extends string>(...keys: readonly [Key, Key]) =>
  (spec: { readonly [K in Key]?: unknown }, context: Refinement): void => {
    const [given, lacking] = spec[keys[0]] === undefined ? [keys[1], keys[0]] : keys;
    if (spec[given] === undefined || spec[lacking] !== undefined) return;
    addFault(context, [given], {
      name: "wrongValue",
      message: { zh: `${keys.join("、")} 须一并给出`, en: `${keys.join(" and ")} go together` },
      suggestion: { zh: `请补上 ${lacking}，或删去 ${given}`, en: `add ${lacking}, or remove ${given}` },
    });
  };
