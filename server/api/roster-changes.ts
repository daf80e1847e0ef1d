/** GET /roster-changes: two roster years beside each other; /roster-changes/workers: who; /roster-changes/kinds: what is told apart. */
import { Router } from "express";
import { z } from "zod";
import { changeColumns, changeKinds } from "../rosters/change-kinds.ts";
import { changedPeople, changesTable } from "../rosters/compare.ts";
import { parseBy } from "../tables.ts";
import { readSnapshot, sendTable } from "./answer.ts";
import { scopeOf } from "./caller.ts";
import { expecting, parseInput, wholeText, yearText } from "./input.ts";
import type { Operation } from "./operation.ts";
import type { Parts } from "./parts.ts";
import { answers, filterShape, format } from "./tables.ts";

const shape = { from: yearText, to: yearText, district: filterShape.district, unit: filterShape.unit };
/** Grouping of a question about rosters. */
export const placesBy = expecting(
  z.string(),
  "以逗号分隔的 district、unit",
  "a comma-separated list of district, unit",
).default("");
export const searchText = expecting(
  z.string().max(100),
  "姓名、人员编号或单位的一部分，至多 100 字",
  "part of a name, a worker number or a unit, at most 100 characters",
).optional();
const tableQuery = z.strictObject({ ...shape, by: placesBy, format });
const listQuery = z.strictObject({
  ...shape,
  kind: z.enum(changeColumns),
  q: searchText,
  limit: wholeText(1, 1000).default(100),
  offset: wholeText(0, 100_000_000).default(0),
});

const count = z.int().nonnegative();
const row = z.object({
  district: z.string().optional(),
  districtName: z.string().optional(),
  unit: z.string().optional(),
  unitName: z.string().optional(),
  from: z.int(),
  to: z.int(),
  ...Object.fromEntries(
    changeColumns.map((name) => [
      name,
      count.describe(changeKinds.find(({ kind }) => kind === name)?.explain.en ?? ""),
    ]),
  ),
});
const text = z.object({ zh: z.string(), en: z.string() });
const kind = text.extend({ kind: z.string(), impossible: z.boolean(), explain: text });

export const rosterChangeOperations: readonly Operation[] = [
  {
    method: "get",
    path: "/roster-changes",
    summary: "Two roster years beside each other: joined, left, retired, promoted, moved, and what cannot be",
    query: tableQuery,
    answers: answers(row),
  },
  {
    method: "get",
    path: "/roster-changes/kinds",
    summary: "The columns of the table in words",
    answers: { "application/json": z.array(kind) },
  },
  {
    method: "get",
    path: "/roster-changes/workers",
    summary: "The people behind a count of the table with the same filters",
    query: listQuery,
    answers: {
      "application/json": z.object({ total: z.int(), rows: z.array(z.record(z.string(), z.unknown())) }),
    },
  },
];

export function rosterChangeRoutes({ store }: Parts): Router {
  const router = Router();
  router.get("/roster-changes", (request, response) =>
    readSnapshot(store, response, async (c) => {
      const query = parseInput(tableQuery, request.query);
      const statement = await changesTable(c, { ...query, by: parseBy(query.by), scope: scopeOf(response) });
      const years = `${query.from}-${query.to}`;
      const name = { plain: `roster-changes-${years}`, full: `名册变动-${years}` };
      await sendTable(c, request, response, statement, { format: query.format, name });
    }),
  );
  router.get("/roster-changes/kinds", (_request, response) => {
    response.json(
      changeKinds.map(({ kind: name, impossible, label, explain }) => ({ kind: name, impossible, ...label, explain })),
    );
  });
  router.get("/roster-changes/workers", (request, response) =>
    readSnapshot(store, response, async (c) => {
      response.json(await changedPeople(c, { ...parseInput(listQuery, request.query), scope: scopeOf(response) }));
    }),
  );
  return router;
}
