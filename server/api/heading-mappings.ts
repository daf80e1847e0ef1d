/** /heading-mappings: headings that were matched to a column by hand and are used for the next file. */
import { Router } from "express";
import { z } from "zod";
import { forgetHeading, listedHeading, rememberedHeadings } from "../rosters/index.ts";
import { readSnapshot } from "./answer.ts";
import { fullCaller } from "./caller.ts";
import { rosterKinds } from "./imports.ts";
import { parseInput } from "./input.ts";
import type { Operation } from "./operation.ts";
import type { Parts } from "./parts.ts";

const query = z.strictObject({ kind: z.enum(rosterKinds), heading: z.string() });
const remembered = z.object({
  kind: z.enum(rosterKinds),
  heading: z.string(),
  column: z.string(),
  label: z.object({ zh: z.string(), en: z.string() }),
  who: z.string(),
  changedAt: z.string(),
});

export const headingOperations: readonly Operation[] = [
  {
    method: "get",
    path: "/heading-mappings",
    summary: "Headings that were matched to a column by hand",
    answers: { "application/json": z.array(remembered) },
  },
  {
    method: "delete",
    path: "/heading-mappings",
    summary: "Forgets a heading",
    query,
    answers: {},
  },
];

export function headingRoutes({ store }: Parts): Router {
  const router = Router();
  router.get("/heading-mappings", (_request, response) =>
    readSnapshot(store, response, async (c) => {
      response.json((await rememberedHeadings(c)).map(listedHeading));
    }),
  );
  router.delete("/heading-mappings", async (request, response) => {
    fullCaller(response, "修改列名对照", "changing remembered headings");
    const { kind, heading } = parseInput(query, request.query);
    await store.transaction((c) => forgetHeading(c, kind, heading));
    response.status(204).end();
  });
  return router;
}
