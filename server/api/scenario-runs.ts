/** /scenario-runs: scenarios computed on the kept forecast, how far they are, and their rows beside those of the base. */
import { type Response, Router } from "express";
import { z } from "zod";
import { badInput } from "../errors.ts";
import {
  changesSchema,
  differenceColumns,
  differenceRows,
  type ScenarioRun,
  ScenarioRuns,
  scenarioOf,
} from "../forecast/scenario/index.ts";
import { checkFilters, layOut, parseBy } from "../tables.ts";
import { goneSignal, sendTable } from "./answer.ts";
import { scopeOf } from "./caller.ts";
import { expecting, parseInput, yearText } from "./input.ts";
import type { Operation } from "./operation.ts";
import type { Parts } from "./parts.ts";
import { toAppError } from "./problem.ts";
import { changes, originNumber } from "./scenarios.ts";
import { answers, by, filterShape, format, groupShape } from "./tables.ts";

const body = z.strictObject({
  changes: changes.optional(),
  scenario: expecting(z.string().min(1).max(100), "推演方案的代号", "the id of a scenario").optional(),
  origin: originNumber.optional(),
});
const { year: _, ...filters } = filterShape;
const query = z.strictObject({ ...filters, from: yearText.optional(), to: yearText.optional(), by, format });

const run = z.object({
  id: z.string(),
  state: z.enum(["waiting", "running", "done", "failed", "cancelled"]),
  phase: z.enum(["base", "year", "rows"]).nullable().describe("base: the forecast itself is computed first"),
  examYear: z.int().nullable(),
  share: z.number().min(0).max(1),
  secondsLeft: z.int().nonnegative().nullable(),
  changes: changesSchema,
  scenario: z.string().nullable(),
  origin: z.int(),
  dataVersion: z.int(),
  problem: z.object({ zh: z.string(), en: z.string() }).nullable(),
});
const row = z.object({
  ...groupShape,
  targetLevel: z.string().nullable().optional(),
  ...Object.fromEntries(
    differenceColumns([])
      .filter(({ name }) => name !== "examYear")
      .map(({ name }) => [name, z.number().nullable()]),
  ),
});

const one = { id: "id of a run" };
export const scenarioRunOperations: readonly Operation[] = [
  {
    method: "post",
    path: "/scenario-runs",
    summary: "Begins to compute changes, or a saved scenario; the same changes of the same data are computed once",
    body: { type: "application/json", schema: body },
    status: 202,
    answers: { "application/json": run },
  },
  {
    method: "get",
    path: "/scenario-runs/{id}",
    summary: "How far a run is",
    pathParameters: one,
    answers: { "application/json": run },
  },
  {
    method: "delete",
    path: "/scenario-runs/{id}",
    summary: "Stops a run",
    pathParameters: one,
    answers: { "application/json": run },
  },
  {
    method: "get",
    path: "/scenario-runs/{id}/rows",
    summary:
      "Base, scenario and difference, with intervals of the difference in which what is common to both cancels; 409 when the data has changed since",
    pathParameters: one,
    query,
    answers: answers(row),
  },
];

const kept = new WeakMap<Parts["forecasts"], ScenarioRuns>();

/** The runs on the kept forecasts of an application. */
export function runsOf({
  store,
  library,
  forecasts,
  log,
}: Pick<Parts, "store" | "library" | "forecasts" | "log">): ScenarioRuns {
  const onFailure = (thrown: unknown) => {
    const error = toAppError(thrown);
    log.error({ err: error.cause ?? error }, error.text.en);
  };
  const runs = kept.get(forecasts) ?? new ScenarioRuns({ store, library, desks: forecasts, onFailure });
  kept.set(forecasts, runs);
  return runs;
}

const send = (response: Response, status: number, told: ScenarioRun) => response.status(status).json(told);

export function scenarioRunRoutes(parts: Parts): Router {
  const router = Router();
  const { store } = parts;
  const runs = runsOf(parts);
  router.post("/scenario-runs", async (request, response) => {
    const asked = parseInput(body, request.body ?? {});
    if ((asked.changes === undefined) === (asked.scenario === undefined))
      throw badInput("changes 与 scenario 应给出其一", "either changes or scenario is needed", { property: "changes" });
    const { scenario } = asked;
    const list =
      asked.changes ??
      (await store.read((c) => scenarioOf(c, scenario ?? ""), { signal: goneSignal(response) })).changes;
    send(response, 202, await runs.start({ changes: list, scenario, origin: asked.origin }));
  });
  router.get("/scenario-runs/:id", (request, response) => {
    send(response, 200, runs.get(request.params.id));
  });
  router.delete("/scenario-runs/:id", async (request, response) => {
    send(response, 200, await runs.cancel(request.params.id));
  });
  router.get("/scenario-runs/:id/rows", async (request, response) => {
    const { format: wanted, by: grouping, ...asked } = parseInput(query, request.query);
    const question = { ...asked, by: parseBy(grouping), scope: scopeOf(response) };
    const signal = goneSignal(response);
    const found = await runs.with(
      request.params.id,
      async (c, { desk, compared }) => {
        await checkFilters(c, question);
        return { rows: await differenceRows(c, compared, question), desk };
      },
      signal,
    );
    const { origin, dataVersion } = found.desk;
    response.set("x-data-version", String(dataVersion));
    const name = { plain: `scenario-${origin}`, full: `政策推演-${origin}` };
    await store.read(
      async (c) =>
        sendTable(c, request, response, await layOut(c, differenceColumns(question.by), found.rows), {
          format: wanted,
          name,
        }),
      { signal },
    );
  });
  return router;
}
