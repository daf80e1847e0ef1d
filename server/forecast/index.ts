/**
 * The forecast: who can come forward in the coming exam years, who will, what the quotas let through, and who passes.
 *
 *   const fit = await fitForecast(c, { origin: 2024, library });                    // learns; nothing later than the origin is read
 *   const run = await simulate(c, fit, { to: 2029, assumptions: { hiring: 0.8 } });   // the coming years, as cells
 *   const rows = await forecastRows(c, run, { by: ["unit", "level"] });             // any grouping of one run, with intervals
 *   const rows = await runForecast(c, fit, { from, to, assumptions, by });          // the two in one
 *
 * `c` is a connection lent by `store.read` (with a timeoutMs of its own: large rosters take a minute) or `store.transaction`; fits,
 * runs and their temporary tables are gone when it is given back. Several fits and runs may live on one connection.
 *
 * Origin T: rosters up to 31 December T, applications up to exam year T; the first year forecast is T + 1, decided on roster T. For a
 * backtest pass `rulebooksUntil: origin`, then rulebooks that took effect later are not known. Rows hold means (not rounded) and
 * interval ends (whole numbers); `planningEligible`, `applicants`, `passes` compare with the tables' counts of the same names
 * (eligibility by planning decision; applications; applications with result passed), `quotaUsed` with the applications that take a
 * place where a quota holds. `workers` counts each worker once, at the level above the present one; the highest level and unknown
 * levels have `targetLevel: null`. Figures that need a history are null without one (`fit.hasHistory`).
 */
export { fitForecast } from "./fit.ts";
export { forecastColumns, forecastRows } from "./rows.ts";
export { runForecast } from "./run.ts";
export { checkYears, simulate } from "./simulate.ts";
export {
  type Assumptions,
  type Basis,
  bounds,
  type ElasticRetirement,
  type Fit,
  type FitOptions,
  type ForecastRow,
  type Measure,
  measures,
  type RowsRequest,
  type Run,
  type RunOptions,
} from "./types.ts";
