import type { Connection } from "../store/index.ts";
import { forecastRows } from "./rows.ts";
import { simulate } from "./simulate.ts";
import type { Fit, ForecastRow, RowsRequest, RunOptions } from "./types.ts";

/** Computes and groups in one go; the cells are dropped again. */
export async function runForecast(c: Connection, fit: Fit, options: RunOptions & RowsRequest): Promise<ForecastRow[]> {
  const run = await simulate(c, fit, options);
  try {
    return await forecastRows(c, run, options);
  } finally {
    await c.run(`DROP TABLE IF EXISTS ${run.cells}`);
  }
}
