/** The routes under /api/v1. */
import { json, Router } from "express";
import { backtestOperations, backtestRoutes } from "./backtest.ts";
import { bottleneckActionOperations, bottleneckActionRoutes } from "./bottleneck-actions.ts";
import { bottleneckOperations, bottleneckRoutes } from "./bottlenecks.ts";
import { authenticate } from "./caller.ts";
import { evaluationOperations, evaluationRoutes } from "./evaluations.ts";
import { forecastOperations, forecastRoutes } from "./forecast.ts";
import { forecastHistoryOperations, forecastHistoryRoutes } from "./forecast-history.ts";
import { forecastStatusOperations, forecastStatusRoutes } from "./forecast-status.ts";
import { forecastYearOperations, forecastYearRoutes } from "./forecast-years.ts";
import { headingOperations, headingRoutes } from "./heading-mappings.ts";
import { historyOperations, historyRoutes } from "./import-history.ts";
import { jobOperations, jobRoutes } from "./import-jobs.ts";
import { previewOperations, previewRoutes } from "./import-preview.ts";
import { importOperations, importRoutes } from "./imports.ts";
import { markedOperations, markedRoutes } from "./marked.ts";
import { metaOperations, metaRoutes } from "./meta.ts";
import { openApiRoute } from "./openapi.ts";
import type { Parts } from "./parts.ts";
import { placesOperations, placesRoutes } from "./places.ts";
import { publicityOperations, publicityRoutes } from "./publicity.ts";
import { qualityOperations, qualityRoutes } from "./quality.ts";
import { reportOperations, reportRoutes } from "./reports.ts";
import { rosterChangeOperations, rosterChangeRoutes } from "./roster-changes.ts";
import { rulebookSchemaOperations, rulebookSchemaRoutes } from "./rulebook-schema.ts";
import { rulebookOperations, rulebookRoutes } from "./rulebooks.ts";
import { scenarioRunOperations, scenarioRunRoutes } from "./scenario-runs.ts";
import { scenarioOperations, scenarioRoutes } from "./scenarios.ts";
import { scoreOperations, scoreRoutes } from "./scores.ts";
import { sessionOperations, sessionRoutes } from "./sign-in.ts";
import { tableOperations, tableRoutes } from "./tables.ts";
import { tradeOperations, tradeRoutes } from "./trades.ts";
import { unitOperations, unitRoutes } from "./units.ts";
import { unknownRoute } from "./unknown-route.ts";
import { uploadOperations, uploadRoutes } from "./uploads.ts";
import { workerOperations, workerRoutes } from "./workers.ts";

/** Every operation that openapi.json describes. */
export const operations = [
  ...sessionOperations,
  ...metaOperations,
  ...rulebookOperations,
  ...rulebookSchemaOperations,
  ...evaluationOperations,
  ...scoreOperations,
  ...tableOperations,
  ...bottleneckOperations,
  ...bottleneckActionOperations,
  ...backtestOperations,
  ...forecastOperations,
  ...scenarioOperations,
  ...scenarioRunOperations,
  ...forecastStatusOperations,
  ...forecastHistoryOperations,
  ...forecastYearOperations,
  ...placesOperations,
  ...publicityOperations,
  ...workerOperations,
  ...uploadOperations,
  ...importOperations,
  ...previewOperations,
  ...jobOperations,
  ...markedOperations,
  ...historyOperations,
  ...headingOperations,
  ...rosterChangeOperations,
  ...qualityOperations,
  ...unitOperations,
  ...tradeOperations,
  ...reportOperations,
];

export function apiRoutes(parts: Parts): Router {
  const router = Router();
  router.use((_request, response, next) => {
    // people's data: no cache keeps it
    response.set("Cache-Control", "no-store");
    next();
  });
  router.use(sessionRoutes(parts));
  router.use(authenticate(parts.sessions, parts.store));
  router.use(json({ limit: "20mb" }));
  router.get("/openapi.json", openApiRoute(operations));
  for (const routes of [
    metaRoutes,
    rulebookRoutes,
    rulebookSchemaRoutes,
    evaluationRoutes,
    scoreRoutes,
    tableRoutes,
    bottleneckRoutes,
    bottleneckActionRoutes,
    backtestRoutes,
    forecastRoutes,
    scenarioRoutes,
    scenarioRunRoutes,
    forecastStatusRoutes,
    forecastHistoryRoutes,
    forecastYearRoutes,
    placesRoutes,
    publicityRoutes,
    workerRoutes,
    uploadRoutes,
    importRoutes,
    previewRoutes,
    jobRoutes,
    markedRoutes,
    historyRoutes,
    headingRoutes,
    rosterChangeRoutes,
    qualityRoutes,
    unitRoutes,
    tradeRoutes,
    reportRoutes,
  ]) {
    router.use(routes(parts));
  }
  router.use(unknownRoute([...operations, { method: "get", path: "/openapi.json" }]));
  return router;
}
