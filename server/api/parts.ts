/** What the application is put together from. Nothing is global: tests pass their own. */
import type { Sessions } from "../access/sessions.ts";
import type { ForecastDesks } from "../forecast/desk.ts";
import type { Backtests } from "../forecast/desk-backtests.ts";
import type { Logger } from "../log.ts";
import type { ImportJobs, Uploads } from "../rosters/index.ts";
import type { RulebookLibrary } from "../rules/rulebook.ts";
import type { Store } from "../store/index.ts";
import type { ActionRuns } from "../tables.ts";

export interface Parts {
  readonly store: Store;
  readonly library: RulebookLibrary;
  readonly sessions: Sessions;
  readonly log: Logger;
  readonly uploadLimitBytes: number;
  readonly uploads: Uploads;
  readonly jobs: ImportJobs;
  readonly forecasts: ForecastDesks;
  readonly backtests: Backtests;
  readonly actions: ActionRuns;
  /** Folder of the built dashboard. */
  readonly webDir: string;
}
