/** The people of a rulebook's cases: facts there can be, each fault told at its property. */
import { type FactKind, facts, findFact } from "./facts.ts";
import { unknownCode } from "./operators/fields.ts";
import { FactsError, parseFacts } from "./parse-facts.ts";
import { didYouMean, type SpecFault } from "./spec-fault.ts";
import type { Path } from "./yaml-text.ts";

const names = facts.map(({ name }) => name);

interface FactFault {
  readonly path: Path;
  readonly at: "key" | "value";
  readonly fault: SpecFault;
}

/** Every fault of some stated facts, by property. */
export function factFaults(stated: Readonly<Record<string, unknown>>): FactFault[] {
  return Object.entries(stated).flatMap(([name, value]): FactFault[] => {
    try {
      parseFacts({ [name]: value });
      return [];
    } catch (error) {
      if (!(error instanceof FactsError)) throw error;
      return [{ path: [name], at: findFact(name) ? "value" : "key", fault: faultOf(name, value, error.text) }];
    }
  });
}

/** `found`: what reading the facts has to say. */
function faultOf(name: string, value: unknown, found: SpecFault["message"]): SpecFault {
  const kind = "impossibleFacts";
  const definition = findFact(name);
  if (!definition) {
    const message = { zh: `没有信息 ${name}`, en: `unknown fact "${name}"` };
    return { name: kind, message, suggestion: didYouMean(name, names) };
  }
  const { type, label } = definition;
  if (type.kind === "enum") {
    const { message, suggestion } = unknownCode(
      value,
      type.values.map(({ code }) => code),
    );
    return { name: kind, message: { zh: `${label.zh}${message.zh}`, en: `${name}: ${message.en}` }, suggestion };
  }
  const { zh, en } = written(type);
  return { name: kind, message: found, suggestion: { zh: `请写 ${name}: ${zh}`, en: `write ${name}: ${en}` } };
}

/** How a fact is written. */
function written(type: FactKind): { zh: string; en: string } {
  const same = (text: string) => ({ zh: text, en: text });
  switch (type.kind) {
    case "string":
      return { zh: "文字", en: "text" };
    case "boolean":
      return same("true / false");
    case "integer":
      return same(String(type.min ?? 0));
    case "number":
      return same(`${type.min}…${type.max}`);
    case "enum":
      return same(type.values.map(({ code }) => code).join(" / "));
    case "date":
      return same('2023-06-30 / "2023-06" / "2023"');
    case "grades":
      return same("{ 2022: qualified }");
    case "flags":
      return same("{ 2022: true }");
    case "years":
      return same("[2021, 2022]");
    case "strings":
      return same("[…]");
    case "list":
      return same(`[{ ${type.fields.map((field) => `${field.name}: …`).join(", ")} }]`);
    case "marks":
      return same(`{ ${type.fields.map((field) => `${field}: 80`).join(", ")} }`);
  }
}
