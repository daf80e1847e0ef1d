/** The people of a rulebook's cases: facts there can be, each fault told at its property. */
import { type FactKind, facts, findFact } from "./facts.ts";
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
      const at = findFact(name) ? "value" : "key";
      return [{ path: [name], at, fault: { name: "impossibleFacts", message: error.text, suggestion: remedy(name) } }];
    }
  });
}

function remedy(name: string): SpecFault["suggestion"] {
  const definition = findFact(name);
  if (!definition) return didYouMean(name, names);
  const { zh, en } = written(definition.type);
  return { zh: `请写 ${name}: ${zh}`, en: `write ${name}: ${en}` };
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
