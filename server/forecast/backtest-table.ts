/** The backtest as a table: what the command line and the API both answer. */
import { type Scope, scopeParameter } from "../access/scope.ts";
import type { TargetLevel } from "../rules/facts.ts";
import { namedQuery } from "../store/index.ts";
import type { Statement } from "../tables.ts";
import type { CellGrouping } from "./backtest-score.ts";
import { backtestColumns } from "./backtest-store.ts";
import type { Measure } from "./types.ts";

export interface BacktestTableRequest {
  /** See `keepBacktest`. */
  readonly run: number;
  readonly measure?: Measure | undefined;
  readonly grouping?: CellGrouping | undefined;
  readonly level?: TargetLevel | undefined;
  /** Only the lines of all origins together. */
  readonly pooled?: boolean | undefined;
  readonly scope: Scope;
}

export function backtestTable({
  run,
  measure,
  grouping,
  level,
  pooled = false,
  scope,
}: BacktestTableRequest): Statement {
  return {
    sql: namedQuery("backtest"),
    params: {
      run,
      pooled,
      measure: measure ?? null,
      grouping: grouping ?? null,
      level: level ?? null,
      scope: scopeParameter(scope),
    },
    columns: backtestColumns,
  };
}
