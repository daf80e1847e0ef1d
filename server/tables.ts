/** The tables: one function per question, shared by the command line, the API and the reports. */
export { type BottleneckRequest, bottlenecksTable, conditionMeasures } from "./tables/bottlenecks.ts";
export { allTrades, examYearOrNewest, examYears, type Filters, unknownTrade } from "./tables/filters.ts";
export { type Grouping, groupings, parseBy } from "./tables/grouping.ts";
export { type PlacesBalance, placesBalance } from "./tables/places.ts";
export {
  eligibilityColumns,
  eligibilityTable,
  quotaColumns,
  quotaTable,
  type Statement,
  type TableRequest,
} from "./tables/tables.ts";
export { type ListedWorker, measures, type WorkersRequest, workersList } from "./tables/workers.ts";
