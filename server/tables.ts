/** The tables: one function per question, shared by the command line, the API and the reports. */

export { type BottleneckKind, bottleneckKinds, bottleneckTable } from "./tables/bottleneck-kinds.ts";
export {
  type BottleneckRequest,
  blockingSetsTable,
  bottlenecksTable,
  conditionMeasures,
  type Pool,
  pools,
} from "./tables/bottlenecks.ts";
export { type Curability, curabilities } from "./tables/curability.ts";
export { allTrades, examYearOrNewest, examYears, type Filters, unknownTrade } from "./tables/filters.ts";
export {
  type ForecastAnswer,
  type ForecastRequest,
  forecastAnswer,
  forecastStatement,
  forecastTimeoutMs,
} from "./tables/forecast.ts";
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
