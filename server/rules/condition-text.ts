/** What a condition asks, as it is written: exactly one operator, whatever is nested in it, and nothing else. */
import type { BookReport } from "./book-report.ts";
import { formFaults } from "./form.ts";
import { operators } from "./operators/index.ts";
import { nearest } from "./parse-facts.ts";
import { didYouMean } from "./spec-fault.ts";
import type { Path } from "./yaml-text.ts";

/** Keys of a condition that are not its operator. */
export const conditionKeys: readonly string[] = ["id", "label", "cite", "derived", "planning", "advisory", "trades"];
/** The same of a part inside a condition. */
export const partKeys: readonly string[] = ["id", "planning"];

/** `noneMet` is no operator of parts: it asks about pathways. */
export const isOperator = (name: string): boolean => operators.has(name) || name === "noneMet";

type Part = Readonly<Record<string, unknown>>;

const isPart = (value: unknown): value is Part => typeof value === "object" && value !== null && !Array.isArray(value);

/** The only operator of a part; undefined when it has none. */
export const operatorOf = (part: Part): string | undefined => Object.keys(part).find(isOperator);

/**
 * Checks the operators of a condition, however nested. A condition may have none: it may inherit one.
 * `path`: where it stands in its file.
 */
export function checkCondition(condition: Part, path: Path, report: BookReport): void {
  const names = checkNames(condition, path, report, conditionKeys, [...operators.keys(), "noneMet"]);
  if (names.length === 1) checkOperator(condition, names[0] ?? "", path, report);
}

function checkPart(part: unknown, path: Path, report: BookReport): void {
  if (!isPart(part) || report.isFaulty(path)) return;
  const names = checkNames(part, path, report, partKeys, [...operators.keys()]);
  if (names.length === 1) checkOperator(part, names[0] ?? "", path, report);
  if (names.length === 0 && !report.isFaulty(path)) {
    report.add(path, {
      name: "operatorCount",
      message: { zh: "这里没有写要求什么", en: "nothing is asked here" },
      suggestion: {
        zh: "请写一种条件，如 value: { fact: onPost, is: true }",
        en: "write an operator, such as value: { fact: onPost, is: true }",
      },
    });
  }
}

/** Reports strange keys and second operators; gives the operators. */
function checkNames(part: Part, path: Path, report: BookReport, keys: readonly string[], known: readonly string[]) {
  const names = Object.keys(part).filter((key) => !keys.includes(key));
  const own = names.filter((name) => known.includes(name));
  for (const name of names) {
    if (known.includes(name)) continue;
    const meant = nearest(name, own.length > 0 ? keys : [...known, ...keys]);
    const isKey = own.length > 0 || keys.includes(meant ?? "");
    if (meant !== undefined) report.doubt([...path, meant]);
    report.add(
      [...path, name],
      {
        name: isKey ? "unknownKey" : "unknownOperator",
        message: isKey
          ? { zh: `没有键 ${name}`, en: `unknown key "${name}"` }
          : { zh: `没有条件写法 ${name}`, en: `unknown operator "${name}"` },
        suggestion: didYouMean(name, isKey ? keys : known),
      },
      "key",
    );
  }
  if (own.length > 1) {
    report.add(
      [...path, own[1] ?? ""],
      {
        name: "operatorCount",
        message: { zh: `一个条件写了 ${own.join("、")} 多种要求`, en: `one condition asks for ${own.join(" and ")}` },
        suggestion: {
          zh: "请只留一种，或用 all: [ … ] 合并",
          en: "keep one of them, or join them with all: [ … ]",
        },
      },
      "key",
    );
  }
  return own;
}

function checkOperator(part: Part, name: string, path: Path, report: BookReport): void {
  const operator = operators.get(name);
  if (!operator) return;
  const spec = part[name];
  for (const one of formFaults(operator.schema, spec).told) report.add([...path, name, ...one.path], one.fault, one.at);
  if (Array.isArray(spec)) {
    for (const [index, one] of spec.entries()) checkPart(one, [...path, name, index], report);
  } else if (name === "evidence" && isPart(spec)) {
    checkPart(spec.of, [...path, name, "of"], report);
    checkPart(spec.unless, [...path, name, "unless"], report);
  }
}
