import { readFile } from "node:fs/promises";
import { join } from "node:path";
import Ajv2020 from "ajv/dist/2020.js";
import { load } from "js-yaml";
import { describe, expect, test } from "vitest";
import { rulebookFolder } from "../../server/library.ts";
import { readLibrary } from "../../server/rules/build-library.ts";
import { checkLibrary } from "../../server/rules/check.ts";
import { rulebookJsonSchema } from "../../server/rules/rulebook-json-schema.ts";
import { faults } from "./faults.ts";
import { smallBook } from "./small-book.ts";

const schema = rulebookJsonSchema();
const validate = new Ajv2020({ strictRequired: false, strictTypes: false, allErrors: true }).compile(schema);

const ids = ["jiangsu-2020", "jiangdu-2020", "nantong-2023", "changzhou-2024", "jiaozuo-2023", "fujian-2020"];

test("the published schema is the one the program makes; `npx gongkao rulebooks schema` prints it", async () => {
  const published = await readFile(join(rulebookFolder, "rulebook.schema.json"), "utf8");
  expect(JSON.parse(published)).toEqual(JSON.parse(JSON.stringify(schema)));
});

test.each(ids)("%s is as the schema asks, and names it for editors", async (id) => {
  const text = await readFile(join(rulebookFolder, `${id}.yaml`), "utf8");
  expect(text.split("\n", 1)[0]).toBe("# yaml-language-server: $schema=rulebook.schema.json");
  validate(load(text));
  expect(validate.errors ?? []).toEqual([]);
});

test("the small book is as the schema asks", () => {
  expect(validate(load(smallBook))).toBe(true);
});

// what an editor can tell without the rest of the file, the parent or a calendar
const kinds = ["unknownKey", "missingKey", "emptyList", "unknownOperator", "unfitFact", "unknownFact", "unknownModule"];
const told = faults.filter(({ kind, files }) => kinds.includes(kind) && Object.keys(files).length === 1);

describe("mistakes an editor shows", () => {
  test.each(told.map((one, index) => [index, one.kind, one] as const))("%i %s", (_index, kind, { files }) => {
    const [text = ""] = Object.values(files);
    const isOfOneKey = !/relieve|noneMet: direct|omit: \[on-post/.test(text);
    expect(validate(load(text.replace("‹", ""))), kind).toBe(!isOfOneKey);
  });
});

test("what the schema does not allow, the check tells as well", () => {
  for (const { files } of faults) {
    const texts = Object.entries(files).map(([name, text]) => ({ name, text: text.replace("‹", "") }));
    const isRefused = texts.some(({ text }) => {
      try {
        return !validate(load(text));
      } catch {
        return false;
      }
    });
    if (!isRefused) continue;
    const library = readLibrary(texts, { cases: true });
    checkLibrary(library);
    const { parsed } = library;
    expect(
      parsed.some(({ report }) => report.hasErrors),
      texts.map(({ text }) => text).join("\n"),
    ).toBe(true);
  }
});
