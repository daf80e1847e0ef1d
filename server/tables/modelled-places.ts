/** The units and trades of a fitted forecast, by the numbers its tables have for them. */
import { type Scope, scopeParameter } from "../access/scope.ts";
import type { Fit } from "../forecast/index.ts";
import { Scratch } from "../forecast/scratch.ts";
import type { Connection } from "../store/index.ts";

/** As they are called in the exam year after the origin. */
export interface ModelledUnit {
  readonly unit: string;
  readonly unitName: string;
  readonly district: string;
  readonly districtName: string;
  /** Codes of the district and what it belongs to. */
  readonly ancestors: readonly string[];
}

export interface Placed {
  /** Those within the scope. */
  readonly units: ReadonlyMap<number, ModelledUnit>;
  /** Null: trade not known. */
  readonly trades: ReadonlyMap<number, string | null>;
}

export async function placesOf(c: Connection, fit: Fit, scope: Scope): Promise<Placed> {
  const scratch = new Scratch(c, fit.suffix);
  const seen = scopeParameter(scope);
  const units = await scratch.rows<ModelledUnit & { unitId: number }>(
    `SELECT "unitId", unit, "unitName", district, "districtName", ancestors FROM forecast_units ORDER BY "unitId"`,
  );
  const trades = await scratch.rows<{ tradeId: number; trade: string | null }>(
    `SELECT "tradeId", trade FROM forecast_trades ORDER BY "tradeId"`,
  );
  const visible = units.filter(({ ancestors }) => seen.includes("*") || ancestors.some((code) => seen.includes(code)));
  return {
    units: new Map(visible.map(({ unitId, ...unit }) => [unitId, unit])),
    trades: new Map(trades.map(({ tradeId, trade }) => [tradeId, trade])),
  };
}
