/**
 * Statutory retirement months under the reform in force since 2025-01-01 (NPC Standing Committee, 13 September 2024). The
 * schedule gives no delay before its first birth month, so it serves earlier years as well.
 */
import { type DateInterval, monthOf } from "./dates.ts";

export type RetirementTrack = "male60" | "female50" | "female55";

interface Schedule {
  /** Original age, months. */
  readonly age: number;
  /** First delayed birth month, months since year 0. */
  readonly firstBirthMonth: number;
  /** One month of delay for this many birth months. */
  readonly step: number;
  /** Largest delay, months. */
  readonly limit: number;
}

const schedules: Record<RetirementTrack, Schedule> = {
  male60: { age: 60 * 12, firstBirthMonth: 1965 * 12, step: 4, limit: 36 },
  female55: { age: 55 * 12, firstBirthMonth: 1970 * 12, step: 4, limit: 36 },
  female50: { age: 50 * 12, firstBirthMonth: 1975 * 12, step: 2, limit: 60 },
};

/** The schedules for queries that reckon months of retirement themselves: track, age, firstBirthMonth, step, limit; in months. */
export const retirementSchedules: readonly ({ readonly track: RetirementTrack } & Schedule)[] = (
  Object.keys(schedules) as RetirementTrack[]
).map((track) => ({ track, ...schedules[track] }));

/** Birth month → retirement month, both in months since year 0. Non-decreasing in the birth month. */
export function retirementMonth(track: RetirementTrack, birthMonth: number): number {
  const { age, firstBirthMonth, step, limit } = schedules[track];
  const late = birthMonth - firstBirthMonth;
  const delay = late < 0 ? 0 : Math.min(Math.floor(late / step) + 1, limit);
  return birthMonth + age + delay;
}

/** Months since year 0, both ends possible. */
export interface MonthInterval {
  readonly from: number;
  readonly to: number;
}

/** Retirement months possible for a birth date known as an interval; undefined when it cannot be told. */
export function retirementMonths(
  birth: DateInterval | undefined,
  track: RetirementTrack | undefined,
  given: DateInterval | undefined,
): MonthInterval | undefined {
  if (given) return { from: monthOf(given.from), to: monthOf(given.to) };
  if (!birth || !track) return undefined;
  return { from: retirementMonth(track, monthOf(birth.from)), to: retirementMonth(track, monthOf(birth.to)) };
}

/** "2024-05" of a month number. */
export function formatMonth(month: number): string {
  return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}`;
}

const months = (column: string) => `(year("${column}") * 12 + month("${column}") - 1)`;

/** SQL twin of `retirementMonths`: the earliest (`From`) or latest (`To`) possible month, null when it cannot be told. */
export function retirementMonthSql(end: "From" | "To"): string {
  const birth = months(`birthDate${end}`);
  const delayed = (track: RetirementTrack) => {
    const { age, firstBirthMonth, step, limit } = schedules[track];
    return `${birth} + ${age} + CASE WHEN ${birth} < ${firstBirthMonth} THEN 0 ELSE least((${birth} - ${firstBirthMonth}) // ${step} + 1, ${limit}) END`;
  };
  const track = `coalesce("retirementTrack", CASE sex WHEN 'male' THEN 'male60' WHEN 'female' THEN 'female50' END)`;
  const cases = (Object.keys(schedules) as RetirementTrack[]).map((name) => `WHEN '${name}' THEN ${delayed(name)}`);
  return `CASE WHEN "retirementDate${end}" IS NOT NULL THEN ${months(`retirementDate${end}`)} ELSE CASE ${track} ${cases.join(" ")} END END`;
}

/** The first birth month that retires in a month or later. */
function firstBirthMonth(track: RetirementTrack, month: number): number {
  const { age, limit } = schedules[track];
  let birth = month - age - limit;
  while (retirementMonth(track, birth) < month) birth++;
  return birth;
}

/**
 * Whether the earliest (`From`) or latest (`To`) possible month is this month or later, null when it cannot be told. Retirement
 * months do not decrease with birth, so birth dates can be compared as they are.
 */
export function retiresFromSql(end: "From" | "To", month: number): string {
  const firstDay = (number: number) => `DATE '${formatMonth(number)}-01'`;
  const [male60, female50, female55] = (["male60", "female50", "female55"] as const).map((track) =>
    firstDay(firstBirthMonth(track, month)),
  );
  const born = `CASE WHEN "retirementTrack" IS NULL THEN CASE WHEN sex = 'male' THEN ${male60} WHEN sex = 'female' THEN ${female50} END WHEN "retirementTrack" = 'male60' THEN ${male60} WHEN "retirementTrack" = 'female50' THEN ${female50} ELSE ${female55} END`;
  return `CASE WHEN "retirementDate${end}" IS NOT NULL THEN "retirementDate${end}" >= ${firstDay(month)} ELSE "birthDate${end}" >= ${born} END`;
}
