/** Cells that hold JSON: lists and records, as scripts write them. */
import { clip, tooDeep } from "../json-bounds.ts";
import { encodeFact } from "../rules/columns.ts";
import { findFact } from "../rules/facts.ts";
import { FactsError, parseFacts } from "../rules/parse-facts.ts";
import { type CellReading, noValues, reject } from "./reading.ts";

/** Reads the JSON of one fact, checked against the catalogue. */
export function readJson(name: string, text: string): CellReading {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return reject("json-invalid", `“${clip(text)}”不是有效的 JSON`, `"${clip(text)}" is not valid JSON`);
  }
  if (tooDeep(json)) {
    return reject("json-invalid", `“${clip(text)}”嵌套过深`, `"${clip(text)}" is nested too deeply`);
  }
  try {
    parseFacts({ [name]: json });
  } catch (error) {
    if (!(error instanceof FactsError)) throw error;
    return reject("list-invalid", error.text.zh, error.text.en);
  }
  const definition = findFact(name);
  return { values: json === null || !definition ? noValues : encodeFact(definition, json) };
}
