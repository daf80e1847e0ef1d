/**
 * Chance by keys instead of streams: a number belongs to a seed, a purpose, a thing, a year and a replicate, so the order of the
 * work changes nothing and a person has the same luck in two futures that differ only in a rule.
 */

/** Mixes five integers into 32 bits (the rounds of MurmurHash3). */
export function mix(a: number, b: number, c: number, d: number, e: number): number {
  let hash = 0x9e3779b9;
  hash = round(hash, a);
  hash = round(hash, b);
  hash = round(hash, c);
  hash = round(hash, d);
  hash = round(hash, e);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function round(hash: number, part: number): number {
  let mixed = Math.imul(part, 0xcc9e2d51);
  mixed = (mixed << 15) | (mixed >>> 17);
  mixed = hash ^ Math.imul(mixed, 0x1b873593);
  mixed = (mixed << 13) | (mixed >>> 19);
  return (Math.imul(mixed, 5) + 0xe6546b64) | 0;
}

/** 0…1, 1 excluded. */
export const share = (seed: number, purpose: number, thing: number, year = 0, replicate = 0): number =>
  mix(seed, purpose, thing, year, replicate) / 0x1_0000_0000;

/** Mean 0, deviation 1: the sum of twelve shares less six, which needs no logarithm. */
export function normal(seed: number, purpose: number, thing: number, year = 0, replicate = 0): number {
  let sum = -6;
  for (let draw = 1; draw <= 12; draw++) sum += mix(seed, purpose * 64 + draw, thing, year, replicate) / 0x1_0000_0000;
  return sum;
}

export const logistic = (logit: number): number => 1 / (1 + Math.exp(-logit));

/** What a number is drawn for; no two purposes share their luck. */
export const purpose = {
  unitSize: 1,
  unitPlace: 2,
  unitTrades: 3,
  hireUnit: 4,
  hireTrade: 5,
  hireTrack: 6,
  hireAge: 7,
  hireMonth: 8,
  hireSchool: 9,
  hires: 10,
  hireWave: 23,
  apply: 11,
  unitReview: 12,
  officeReview: 13,
  rank: 14,
  selection: 15,
  theory: 16,
  skills: 17,
  comprehensive: 18,
  absent: 19,
  leave: 20,
  school: 21,
  lapse: 22,
  tradeEffect: 31,
  tradeStepEffect: 32,
  districtEffect: 33,
  unitEffect: 34,
  yearShock: 35,
  districtYearShock: 36,
  tradeYearShock: 37,
  unitYearShock: 38,
  tradeExam: 41,
  tradeStepExam: 42,
  districtExam: 43,
  yearExam: 44,
  tradeYearExam: 45,
  unitReviewEffect: 46,
} as const;
