/** How readily people come forward: a logit of level, waiting time, trade, unit, district and the year. */
import { firstExamYear, type Way } from "./eligible.ts";
import type { Person } from "./person.ts";
import { at, hash32 } from "./random.ts";

/** About normal, belonging to things (seed, trade, year …) and not to the stream. */
function effect(...parts: readonly number[]): number {
  let sum = -3;
  for (let draw = 1; draw <= 6; draw++) sum += hash32(...parts, draw) / 0x1_0000_0000;
  return sum * Math.SQRT2;
}

/** By target level: none, junior … senior technician. */
const base = [0, 1.1, 0.1, -0.3, -0.35, 0.45] as const;
/** The epidemic year, and those who had waited for it to end. */
const yearShock: Readonly<Record<number, number>> = { 2020: -0.5, 2021: 0.25, 2022: -0.15 };

export type Propensity = (person: Person, way: Way, year: number) => number;

/** Effects of trade, level, district and year, added up once per combination. */
function groupEffects(seed: number): (person: Person, target: number, year: number) => number {
  const known = new Map<string, number>();
  return ({ trade, unit: { place } }, target, year) => {
    const key = `${trade.index}/${target}/${place.index}/${year}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const sum =
      0.3 * effect(seed, 11, trade.index) +
      0.2 * effect(seed, 12, trade.index, target) +
      0.25 * effect(seed, 13, place.index) +
      0.1 * effect(seed, 14, place.index, year) +
      0.12 * effect(seed, 15, year);
    known.set(key, sum);
    return sum;
  };
}

/** Makes the function that tells the probability 0…1 that somebody with an open way comes forward in a year. */
export function makePropensity(seed: number): Propensity {
  const groupEffect = groupEffects(seed);
  return (person, way, year) => probability(person, way, year, groupEffect(person, way.target, year));
}

function probability(person: Person, way: Way, year: number, group: number): number {
  if (way.module === "transfer" || way.module === "reverification") return 0.7;
  if (way.module === "direct") return 0.9;
  const { unit } = person;
  const { target } = way;
  const age = year - person.birthYear;
  const nearEnd = person.retireMonth - year * 12 < 36;
  let logit = at(base, target) + group + unit.zeal + 0.55 * person.drive + (yearShock[year] ?? 0);
  if (person.last === "failed") logit += 0.7;
  if (person.last === "queued") logit += 1.3;
  if (person.last === "deferred") logit += 2.5;
  logit += person.skipped === 0 ? 0.25 : person.skipped <= 3 ? -0.15 : person.skipped <= 6 ? -0.6 : -1.1;
  if (nearEnd) logit -= 1.3;
  else if (age > 50) logit -= 0.45;
  if (way.module === "exceptional") logit -= 0.4;
  if (way.module === "early") logit -= 0.2;
  // Technicians were rarer when careers were only sketched, and are sooner reached outside Jiangsu.
  if (year < firstExamYear) logit -= target >= 4 ? 0.9 : 0;
  if (target === 4 && (unit.place.regime === "fujian" || unit.place.regime === "jiaozuo")) logit -= 1.2;
  return 1 / (1 + Math.exp(-logit));
}
