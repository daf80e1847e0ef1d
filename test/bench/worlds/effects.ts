/** What pushes people of a world to come forward and to pass: effects that last and the shocks of one year, added up. */
import { normal, purpose } from "./chance.ts";
import { type Ground, steps } from "./ground.ts";
import type { WorldKind } from "./kinds.ts";

/** Logits of one exam year; `replicate` 0 is what happened, 1 … are futures. */
export interface YearEffects {
  /** By unit: unit, district, year and their shocks. */
  readonly unit: Float64Array;
  /** By trade · steps + step − 1. */
  readonly trade: Float64Array;
  /** Of passing a stage, by trade · steps + step − 1. */
  readonly exam: Float64Array;
  /** Of passing a stage, by district; the same in all years. */
  readonly examDistrict: Float64Array;
  /** Of the unit's own review, by unit; the same in all years. */
  readonly review: Float64Array;
}

const fill = (count: number, of: (index: number) => number) => Float64Array.from({ length: count }, (_, i) => of(i));

/** Adds up the effects of a year; what lasts is drawn once per world. */
export function makeEffects(kind: WorldKind, ground: Ground): (year: number, replicate: number) => YearEffects {
  const { seed, propensity: p, exam: x, anomalies, change } = kind;
  const pairs = ground.trades.length * steps;
  const tradeOf = (pair: number) => Math.floor(pair / steps);
  const lasting = (what: number, count: number, deviation: number) =>
    fill(count, (index) => deviation * normal(seed, what, index));
  const trade = lasting(purpose.tradeEffect, ground.trades.length, p.trade);
  const tradeStep = lasting(purpose.tradeStepEffect, pairs, p.tradeStep);
  const district = lasting(purpose.districtEffect, ground.districts.length, p.district);
  const unit = lasting(purpose.unitEffect, ground.units.length, p.unit);
  const tradeExam = lasting(purpose.tradeExam, ground.trades.length, x.trade);
  const tradeStepExam = lasting(purpose.tradeStepExam, pairs, x.tradeStep);
  const examDistrict = lasting(purpose.districtExam, ground.districts.length, 0.15);
  const review = lasting(purpose.unitReviewEffect, ground.units.length, 0.4);
  return (year, replicate) => {
    const shock = (what: number, thing: number, deviation: number) =>
      deviation * normal(seed, what, thing, year, replicate);
    const changed = change !== undefined && year >= change.from;
    const everybody = shock(purpose.yearShock, 0, p.year) + (anomalies[year] ?? 0) + (changed ? change.propensity : 0);
    const inDistrict = fill(ground.districts.length, (index) =>
      shock(purpose.districtYearShock, index, p.districtYear),
    );
    const inTrade = fill(ground.trades.length, (index) => shock(purpose.tradeYearShock, index, p.tradeYear));
    const examYear = shock(purpose.yearExam, 0, x.year) + (changed ? change.exam : 0);
    const examTradeYear = fill(ground.trades.length, (index) => shock(purpose.tradeYearExam, index, x.tradeYear));
    return {
      unit: fill(ground.units.length, (index) => {
        const place = ground.districtOf[index] ?? 0;
        const own = (unit[index] ?? 0) + shock(purpose.unitYearShock, index, p.unitYear);
        return own + (district[place] ?? 0) + (inDistrict[place] ?? 0) + everybody;
      }),
      trade: fill(
        pairs,
        (pair) => (trade[tradeOf(pair)] ?? 0) + (tradeStep[pair] ?? 0) + (inTrade[tradeOf(pair)] ?? 0),
      ),
      exam: fill(
        pairs,
        (pair) =>
          (tradeExam[tradeOf(pair)] ?? 0) + (tradeStepExam[pair] ?? 0) + (examTradeYear[tradeOf(pair)] ?? 0) + examYear,
      ),
      examDistrict,
      review,
    };
  };
}
