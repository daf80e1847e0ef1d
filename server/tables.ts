/** The tables: one function per question, shared by the command line, the API and the reports. */

export { ActionRuns } from "./tables/action-runs.ts";
export { actionEffects, actionsTable, planActions, runBatch } from "./tables/actions.ts";
export {
  type BottleneckKind,
  bottleneckKinds,
  bottleneckTable,
  isModelled,
  type ModelledKind,
  modelledOrigin,
  modelledTable,
  type PlainKind,
} from "./tables/bottleneck-kinds.ts";
export {
  type BottleneckRequest,
  blockingSetsTable,
  bottlenecksTable,
  conditionMeasures,
  type Pool,
  pools,
} from "./tables/bottlenecks.ts";
export { type Curability, curabilities } from "./tables/curability.ts";
export { type OutlierMeasure, outlierMeasures } from "./tables/expected.ts";
export { allTrades, examYearOrNewest, examYears, type Filters, unknownTrade } from "./tables/filters.ts";
export {
  answerOfRun,
  checkFilters,
  deskAnswer,
  type ForecastAnswer,
  type ForecastRequest,
  forecastAnswer,
  forecastStatement,
  forecastTimeoutMs,
  layOut,
} from "./tables/forecast.ts";
export {
  type BaselinesRequest,
  baselineColumns,
  baselineRows,
} from "./tables/forecast-baselines.ts";
export { forecastHistoryTable, type HistoryRequest } from "./tables/forecast-history.ts";
export { type Grouping, groupings, parseBy } from "./tables/grouping.ts";
export { passMeasures, passRateColumns, passRatesTable } from "./tables/pass-rates.ts";
export { type PlacesBalance, placesBalance } from "./tables/places.ts";
export { quotaPressureTable, windowMeasures } from "./tables/quota-pressure.ts";
export { type Stage, stageMeasures, stages, stagesTable } from "./tables/stages.ts";
export {
  eligibilityColumns,
  eligibilityTable,
  quotaColumns,
  quotaTable,
  type Statement,
  type TableRequest,
} from "./tables/tables.ts";
export { type ListedWorker, measures, type WorkersRequest, workersList } from "./tables/workers.ts";
