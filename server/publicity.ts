/** Until when a recommendation must hang out, for the command line and the API. */
import { badInput } from "./errors.ts";
import { workingDays } from "./reference/working-days.ts";
import { parseDate } from "./rules/dates.ts";
import { type PublicityPeriod, type PublicityRule, publicityPeriod } from "./rules/publicity.ts";
import type { RulebookLibrary } from "./rules/rulebook.ts";

export interface PublicityRequest {
  readonly rulebook: string;
  /** First day, ISO. */
  readonly from: string;
  /** Working days, if not as many as the notice asks for. */
  readonly days?: number | undefined;
}

export interface Publicity extends PublicityPeriod {
  readonly rulebook: string;
  /** What the notice asks for; null where it states no length. */
  readonly rule: PublicityRule | null;
}

/**
 * The publicity of a rulebook from a day on, which counts if it is a working day. Throws not-found for a rulebook, bad-input for an
 * impossible date, for days beyond the calendar, and where neither the notice nor the request says how long.
 */
export function publicity(library: RulebookLibrary, { rulebook, from, days }: PublicityRequest): Publicity {
  const rule = library.get(rulebook).publicity ?? null;
  const count = days ?? rule?.workingDays;
  if (count === undefined) {
    const allowed = [...library.books.values()].filter((book) => book.publicity).map((book) => book.id);
    throw badInput(
      `规则库 ${rulebook} 的通知没有规定公示天数，请用 days 指定工作日数（有规定的：${allowed.join("、") || "无"}）`,
      `the notice of ${rulebook} states no length of publicity: give days, in working days (stated by ${allowed.join(", ") || "none"})`,
      { property: "days", value: null, allowed },
    );
  }
  const first = parseDate(from);
  if (!first || first.from !== first.to) {
    throw badInput(
      `日期 from 的值 ${from} 无效（应为：YYYY-MM-DD）`,
      `invalid from: ${from} (expected a date YYYY-MM-DD)`,
      { property: "from", value: from },
    );
  }
  return { rulebook, ...publicityPeriod(workingDays, first.from, count), rule };
}
