/** /forecast-years: exam years unlike the others, and what they weigh when the forecast learns. */
import { Router } from "express";
import { z } from "zod";
import { forecastYears, putForecastYear, resetForecastYear } from "../forecast/years.ts";
import { readSnapshot } from "./answer.ts";
import { fullCaller } from "./caller.ts";
import { expecting, parseInput, yearText } from "./input.ts";
import type { Operation } from "./operation.ts";
import type { Parts } from "./parts.ts";
import { words } from "./units.ts";

const body = z.strictObject({
  weight: expecting(z.number().min(0).max(1), "0…1 的权重，0 为不计", "a weight 0…1; 0: the year is not looked at"),
  reason: words("原因，如“疫情停考”", "why, for instance an epidemic"),
});
const path = z.strictObject({ year: yearText });
const year = z.object({
  examYear: z.int(),
  weight: z.number().min(0).max(1).describe("1: like any other"),
  reason: z.string().nullable(),
  applications: z.int().nonnegative(),
  who: z.string().nullable(),
  changedAt: z.string().nullable(),
});
const pathParameters = { year: "an exam year on file" };

export const forecastYearOperations: readonly Operation[] = [
  {
    method: "get",
    path: "/forecast-years",
    summary: "The exam years on file and what they weigh when the forecast learns",
    answers: { "application/json": z.array(year) },
  },
  {
    method: "put",
    path: "/forecast-years/{year}",
    summary: "Says what an exam year weighs, and why; forecasts follow",
    pathParameters,
    body: { type: "application/json", schema: body },
    answers: { "application/json": year },
  },
  {
    method: "delete",
    path: "/forecast-years/{year}",
    summary: "The exam year is like any other again",
    pathParameters,
    answers: {},
  },
];

export function forecastYearRoutes({ store }: Parts): Router {
  const router = Router();
  router.get("/forecast-years", (_request, response) =>
    readSnapshot(store, response, async (c) => {
      response.json(await forecastYears(c));
    }),
  );
  router.put("/forecast-years/:year", async (request, response) => {
    const { name: who } = fullCaller(response, "修改考评年度的权重", "changing what exam years weigh");
    const { year: examYear } = parseInput(path, request.params);
    const entered = { examYear, ...parseInput(body, request.body) };
    const { value, version } = await putForecastYear(store, entered, { who });
    response.set("x-data-version", String(version)).json(value);
  });
  router.delete("/forecast-years/:year", async (request, response) => {
    const { name: who } = fullCaller(response, "修改考评年度的权重", "changing what exam years weigh");
    const { year: examYear } = parseInput(path, request.params);
    const { version } = await resetForecastYear(store, examYear, { who });
    response.set("x-data-version", String(version)).status(204).end();
  });
  return router;
}
