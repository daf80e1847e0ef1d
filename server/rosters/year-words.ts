/** Years in headings and cells: 2019-2023, 近五年, 2019、2021. */

/** Years a heading speaks of: named ones in the order it names them, or the last so many. */
export type Span = { readonly years: readonly number[] } | { readonly last: number };

const numerals: Readonly<Record<string, number>> = {
  一: 1,
  两: 2,
  二: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
  十: 10,
};

/** Longer spans are no span. */
const longest = 40;

/** From one year to the other, in that direction; undefined when it is no span of years. */
export function yearsBetween(from: number, to: number): number[] | undefined {
  const count = Math.abs(to - from) + 1;
  if (count > longest) return undefined;
  const step = to < from ? -1 : 1;
  return Array.from({ length: count }, (_, index) => from + index * step);
}

const range = /((?:19|20)\d\d)(?:年度?)?(?:[-~—–―至到]|——)+((?:19|20)\d\d)(?:年度?)?/;
const recent = /(?:最?近|前|过去)([一两二三四五六七八九十]|\d{1,2})(?:个?年度?|年来)/;

/** 2021、2022、2023: each year on its own. */
const listed = /(?:19|20)\d\d(?:年度?)?(?:[、,;/和及]+(?:19|20)\d\d(?:年度?)?)+/;

/** The span a heading names and the heading without it; `heading` is normalised (half-width, no spaces). */
export function spanIn(heading: string): { readonly span: Span; readonly rest: string } | undefined {
  const named = range.exec(heading);
  const years = named && yearsBetween(Number(named[1]), Number(named[2]));
  const list = named ? null : listed.exec(heading);
  if (list) return { span: { years: (list[0].match(/\d{4}/g) ?? []).map(Number) }, rest: heading.replace(list[0], "") };
  const last = recent.exec(heading);
  const count = Number(last?.[1] ?? 0) || (numerals[last?.[1] ?? ""] ?? 0);
  const without = (text: string, match: RegExpExecArray | null) => (match ? text.replace(match[0], "") : text);
  if (years) return { span: { years }, rest: without(without(heading, named), recent.exec(heading)) };
  if (last && count > 0 && count <= longest) return { span: { last: count }, rest: without(heading, last) };
  return undefined;
}

/** The years of a span in a row of that roster year, in the order a list of values follows. */
export function yearsOf(span: Span, rosterYear: number): readonly number[] {
  return "years" in span ? span.years : (yearsBetween(rosterYear - span.last + 1, rosterYear) ?? []);
}
