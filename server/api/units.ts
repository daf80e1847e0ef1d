/** /unit-changes: units renamed or merged, as the office enters them; and which may have been. */
import { Router } from "express";
import { z } from "zod";
import { AppError } from "../errors.ts";
import {
  deleteUnitChange,
  listRosterUnits,
  listUnitChanges,
  putUnitChange,
  suggestUnitChanges,
} from "../rosters/index.ts";
import { readSnapshot } from "./answer.ts";
import { callerOf, scopeOf } from "./caller.ts";
import { expecting, parseInput } from "./input.ts";
import type { Operation } from "./operation.ts";
import type { Parts } from "./parts.ts";
import { filterShape } from "./tables.ts";

/** A text of a sentence's length in a body. */
export const words = (zh: string, en: string) =>
  expecting(z.string().trim().min(1).max(300), `${zh}，1…300 字`, `${en}, 1…300 characters`);
/** A year in a body. */
export const yearNumber = expecting(z.int().min(1990).max(2100), "1990…2100 的年份", "a year 1990…2100");

const change = z.strictObject({
  district: filterShape.district.unwrap(),
  fromUnit: words("名册中的单位名称", "the name of a unit as in the rosters"),
  toUnit: words("名册中的单位名称", "the name of a unit as in the rosters"),
  since: yearNumber,
  kind: z.enum(["renamed", "merged"]),
  source: words("依据（文件）", "the paper it stands in"),
  note: expecting(
    z.string().trim().max(1000).nullable(),
    "备注，至多 1000 字",
    "a note, at most 1000 characters",
  ).default(null),
});
const listed = change.extend({
  id: z.int(),
  districtName: z.string(),
  who: z.string(),
  changedAt: z.string(),
  rowsFrom: z.int(),
  rowsTo: z.int(),
});
const suggestion = z.object({
  district: z.string(),
  districtName: z.string(),
  fromUnit: z.string(),
  toUnit: z.string(),
  since: z.int(),
  kind: z.enum(["renamed", "merged"]),
  from: z.int(),
  to: z.int(),
  people: z.int(),
  peopleFrom: z.int(),
  peopleTo: z.int(),
  share: z.number(),
});
const rosterUnit = z.object({
  district: z.string(),
  districtName: z.string(),
  unit: z.string(),
  years: z.array(z.object({ year: z.int(), rows: z.int() })),
});
const suggestionQuery = z.strictObject({ district: filterShape.district });

export const unitOperations: readonly Operation[] = [
  {
    method: "get",
    path: "/units",
    summary: "Units as rosters and applications name them, with their rows by the exam year they count in",
    query: suggestionQuery,
    answers: { "application/json": z.array(rosterUnit) },
  },
  {
    method: "get",
    path: "/unit-changes",
    summary: "Units renamed or merged; the tables use the new names from their year on",
    answers: { "application/json": z.array(listed) },
  },
  {
    method: "put",
    path: "/unit-changes",
    summary: "Enters a change of a unit, in place of the one it has",
    body: { type: "application/json", schema: change },
    answers: { "application/json": listed },
  },
  {
    method: "delete",
    path: "/unit-changes/{id}",
    summary: "Takes a change away; the names in the rosters stand for themselves again",
    pathParameters: { id: "the number of a change" },
    answers: {},
  },
  {
    method: "get",
    path: "/unit-changes/suggestions",
    summary: "Units that may have been renamed or merged, by where their people are",
    query: suggestionQuery,
    answers: { "application/json": z.array(suggestion) },
  },
];

function changeIdOf(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new AppError(
    "not-found",
    { zh: `没有编号为 ${text} 的单位变更`, en: `no unit change ${text}` },
    { property: "id", value: text },
  );
}

export function unitRoutes({ store }: Parts): Router {
  const router = Router();
  router.get("/units", (request, response) =>
    readSnapshot(store, response, async (c) => {
      const { district } = parseInput(suggestionQuery, request.query);
      response.json(await listRosterUnits(c, { district, scope: scopeOf(response) }));
    }),
  );
  router.get("/unit-changes", (_request, response) =>
    readSnapshot(store, response, async (c) => {
      response.json(await listUnitChanges(c, scopeOf(response)));
    }),
  );
  router.get("/unit-changes/suggestions", (request, response) =>
    readSnapshot(store, response, async (c) => {
      const { district } = parseInput(suggestionQuery, request.query);
      response.json(await suggestUnitChanges(c, { district, scope: scopeOf(response) }));
    }),
  );
  router.put("/unit-changes", async (request, response) => {
    const { name: who, scope } = callerOf(response);
    const { value, version } = await putUnitChange(store, parseInput(change, request.body), scope, { who });
    response.set("x-data-version", String(version)).json(value);
  });
  router.delete("/unit-changes/:id", async (request, response) => {
    const { name: who, scope } = callerOf(response);
    const { version } = await deleteUnitChange(store, changeIdOf(request.params.id), scope, { who });
    response.set("x-data-version", String(version)).status(204).end();
  });
  return router;
}
