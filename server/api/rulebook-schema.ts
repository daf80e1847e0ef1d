/** GET /rulebook-schema: the JSON Schema of a rulebook, for editors. */
import { Router } from "express";
import { z } from "zod";
import { rulebookJsonSchema } from "../rules/rulebook-json-schema.ts";
import type { Operation } from "./operation.ts";

export const rulebookSchemaOperations: readonly Operation[] = [
  {
    method: "get",
    path: "/rulebook-schema",
    summary: "The JSON Schema (draft 2020-12) of a rulebook's YAML",
    answers: { "application/json": z.record(z.string(), z.unknown()) },
  },
];

export function rulebookSchemaRoutes(): Router {
  const router = Router();
  let schema: ReturnType<typeof rulebookJsonSchema> | undefined;
  router.get("/rulebook-schema", (_request, response) => {
    schema ??= rulebookJsonSchema();
    response.json(schema);
  });
  return router;
}
