/** /scenarios: lists of changes that are kept; what may be changed; what can be said of changes before they are run. */
import { Router } from "express";
import { z } from "zod";
import {
  changesSchema,
  checkChanges,
  createScenario,
  deleteScenario,
  describeChange,
  groundOf,
  listScenarios,
  mostChanges,
  replaceScenario,
  restoreScenario,
  scenarioOf,
  scenarioOptions,
} from "../forecast/scenario/index.ts";
import { targetLevels } from "../rules/facts.ts";
import { goneSignal, readSnapshot } from "./answer.ts";
import { fullCaller } from "./caller.ts";
import { expecting, parseInput, yearText } from "./input.ts";
import type { Operation } from "./operation.ts";
import type { Parts } from "./parts.ts";

export const changes = expecting(
  changesSchema,
  `变动列表，至多 ${mostChanges} 项，每项的 kind 及其内容见接口说明`,
  `a list of at most ${mostChanges} changes, each an object with its kind and what belongs to it`,
);
export const originNumber = expecting(
  z.int().min(1900).max(2200),
  "人员名册年度",
  "a roster year; default: the newest",
);
const name = expecting(z.string().trim().min(1).max(100), "名称，1…100 字", "a name, 1…100 characters");
const note = expecting(z.string().trim().max(2000).nullable(), "备注，至多 2000 字", "a note, at most 2000 characters");
const body = z.strictObject({ name, note: note.optional(), changes });
const newBody = body.extend({
  version: expecting(z.int().min(1), "所依据的版本号", "the version that was read before"),
});
const checkBody = z.strictObject({ changes, origin: originNumber.optional() });
const optionsQuery = z.strictObject({
  origin: expecting(yearText, "人员名册年度", "a roster year; default: the newest").optional(),
});

const message = z.object({ zh: z.string(), en: z.string() });
const instant = z.iso.datetime();
const scenario = z.object({
  id: z.string().describe("short, for links"),
  name: z.string(),
  note: z.string().nullable(),
  changes: changesSchema,
  version: z.int().describe("rises with every save"),
  createdAt: instant,
  createdBy: z.string(),
  updatedAt: instant,
  updatedBy: z.string(),
});
const checked = z.object({
  valid: z.boolean().describe("false: it cannot be run"),
  notices: z.array(
    z.object({
      severity: z.enum(["error", "warning", "info"]).describe("warning: the change can have no effect"),
      change: z.int().nullable().describe("place in the list, from 0; null: all of them"),
      code: z.string(),
      text: message,
    }),
  ),
  effects: z.array(
    z.object({
      change: z.int(),
      text: message.describe("the change in words"),
      gained: z.int().nullable().describe("decisions on the present roster in the coming years that turn to eligible"),
      lost: z.int().nullable(),
    }),
  ),
});
const level = z.enum(targetLevels);
const at = z.array(z.object({ rulebook: z.string(), level }));
const factor = z.object({ factor: z.number(), minimum: z.number(), maximum: z.number() });
const options = z.object({
  origin: z.int(),
  years: z.array(z.int()),
  rulebooks: z.array(
    z.object({
      id: z.string(),
      title: message,
      name: message,
      levels: z.array(
        z.object({
          level,
          label: message,
          districts: z.array(z.object({ code: z.string(), name: z.string() })),
          years: z.array(z.int()),
          pathways: z.array(z.object({ id: z.string(), module: z.string(), label: message.nullable() })),
          conditions: z.array(
            z.object({
              id: z.string(),
              key: z.string(),
              text: message,
              pathways: z.array(z.string()),
              advisory: z.boolean(),
              waived: z.boolean(),
              waivable: z.boolean(),
              trades: z.array(z.string()).nullable(),
              thresholds: z.array(
                z.object({
                  parameter: z.string(),
                  kind: z.enum(["number", "date"]),
                  value: z.union([z.number(), z.string()]),
                  minimum: z.number().nullable(),
                  maximum: z.number().nullable(),
                  unit: message,
                  label: message,
                  stricter: z.int().describe("1: a larger value asks for more; -1: for less; 0: cannot be said"),
                  text: message,
                }),
              ),
            }),
          ),
          cycle: z.int().describe("years between registrations"),
          bands: z
            .array(z.object({ from: z.int(), places: z.int(), alternateYears: z.boolean() }))
            .nullable()
            .describe("null: no quota by bands"),
          closedTrades: z.array(z.string()),
        }),
      ),
    }),
  ),
  trades: z.array(z.object({ name: z.string(), general: z.boolean(), workers: z.int(), open: at, closed: at })),
  assumptions: z.object({
    passing: factor,
    propensity: factor,
    hiring: factor,
    elastic: z.object({
      earlyShare: z.number(),
      earlyMonths: z.int(),
      lateShare: z.number(),
      lateMonths: z.int(),
      mostMonths: z.int(),
    }),
  }),
});

/** Each change of a rulebook is tried on the whole roster, milliseconds. */
const checkTimeoutMs = 300_000;
const one = { id: "id of a scenario" };
export const scenarioOperations: readonly Operation[] = [
  {
    method: "get",
    path: "/scenarios",
    summary: "What-if scenarios that are kept, the one saved last first",
    answers: {
      "application/json": z.array(scenario.extend({ sentences: z.array(message).describe("each change in words") })),
    },
  },
  {
    method: "post",
    path: "/scenarios",
    summary: "Keeps a scenario; it touches neither data nor rulebooks",
    body: { type: "application/json", schema: body },
    status: 201,
    answers: { "application/json": scenario },
  },
  {
    method: "get",
    path: "/scenarios/options",
    summary: "What a scenario may change: thresholds, conditions, trades, quota bands, cycles, assumptions",
    query: optionsQuery,
    answers: { "application/json": options },
  },
  {
    method: "post",
    path: "/scenarios/check",
    summary: "Changes in words, what is wrong with them, and which can have no effect",
    body: { type: "application/json", schema: checkBody },
    answers: { "application/json": checked },
  },
  {
    method: "get",
    path: "/scenarios/{id}",
    summary: "One scenario",
    pathParameters: one,
    answers: { "application/json": scenario },
  },
  {
    method: "put",
    path: "/scenarios/{id}",
    summary: "Saves a scenario anew; 409 with the newer one as `current` when it was saved since `version`",
    pathParameters: one,
    body: { type: "application/json", schema: newBody },
    answers: { "application/json": scenario },
  },
  {
    method: "delete",
    path: "/scenarios/{id}",
    summary: "Deletes a scenario; it can be restored",
    pathParameters: one,
    answers: {},
  },
  {
    method: "post",
    path: "/scenarios/{id}/restore",
    summary: "Brings a deleted scenario back",
    pathParameters: one,
    answers: { "application/json": scenario },
  },
];

export function scenarioRoutes({ store, library }: Parts): Router {
  const router = Router();
  router.get("/scenarios", (_request, response) =>
    readSnapshot(store, response, async (c) => {
      const listed = await listScenarios(c);
      response.json(
        listed.map((one) => ({ ...one, sentences: one.changes.map((change) => describeChange(library, change)) })),
      );
    }),
  );
  router.post("/scenarios", async (request, response) => {
    const { name: who } = fullCaller(response, "保存推演方案", "saving scenarios");
    response.status(201).json(await createScenario(store, parseInput(body, request.body), { who }));
  });
  router.get("/scenarios/options", async (request, response) => {
    const { origin } = parseInput(optionsQuery, request.query);
    await readSnapshot(store, response, async (c) => {
      response.json(scenarioOptions(await groundOf(c, library, origin)));
    });
  });
  router.post("/scenarios/check", async (request, response) => {
    const asked = parseInput(checkBody, request.body);
    const checked = await store.read(
      async (c) => checkChanges(c, await groundOf(c, library, asked.origin), asked.changes),
      { signal: goneSignal(response), timeoutMs: checkTimeoutMs },
    );
    response.json(checked);
  });
  router.get("/scenarios/:id", (request, response) =>
    readSnapshot(store, response, async (c) => {
      response.json(await scenarioOf(c, request.params.id));
    }),
  );
  router.put("/scenarios/:id", async (request, response) => {
    const { name: who } = fullCaller(response, "保存推演方案", "saving scenarios");
    response.json(await replaceScenario(store, request.params.id, parseInput(newBody, request.body), { who }));
  });
  router.delete("/scenarios/:id", async (request, response) => {
    const { name: who } = fullCaller(response, "删除推演方案", "deleting scenarios");
    await deleteScenario(store, request.params.id, { who });
    response.status(204).end();
  });
  router.post("/scenarios/:id/restore", async (request, response) => {
    fullCaller(response, "恢复推演方案", "restoring scenarios");
    response.json(await restoreScenario(store, request.params.id));
  });
  return router;
}
