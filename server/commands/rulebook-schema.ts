/** `rulebooks schema`: the JSON Schema of a rulebook, as published in data/rulebooks/rulebook.schema.json. */
import type { Command } from "commander";
import { rulebookJsonSchema } from "../rules/rulebook-json-schema.ts";
import { command, write } from "./command.ts";

export const rulebookSchemaCommand = (): Command =>
  command("schema", "规则库的 JSON Schema，供编辑器补全 · print the JSON Schema of rulebooks, for editors").action(() =>
    write(`${JSON.stringify(rulebookJsonSchema(), null, 1)}\n`),
  );
