/** Trades a rulebook names: one that is nearly a known trade is probably misspelt, and no worker would ever have it. */
import { distance } from "fastest-levenshtein";
import type { ResolvedBook } from "./resolve-book.ts";
import type { SpecFault } from "./spec-fault.ts";
import type { Path } from "./yaml-text.ts";

export interface KnownTrades {
  readonly names: readonly string[];
  /** Other names for them. */
  readonly aliases: readonly string[];
}

/** A name like none of those known is a new trade. */
export function checkTrades({ merged }: ResolvedBook, { names, aliases }: KnownTrades): void {
  const { report, text } = merged.parsed;
  for (const { name, path } of tradesIn(text)) {
    if (names.includes(name) || aliases.includes(name)) continue;
    const meant = names.find((one) => distance(one, name) === 1);
    if (meant !== undefined) report.add(path, unknownTrade(name, meant));
  }
}

interface NamedTrade {
  readonly name: string;
  readonly path: Path;
}

function tradesIn({ lists, conditions }: ResolvedBook["merged"]["parsed"]["text"]): NamedTrade[] {
  const tests = valuesOf(conditions, ["conditions"]).filter(({ spec }) => spec.fact === "trade");
  const used = new Set(tests.map(({ spec }) => spec.in));
  return [
    ...Object.entries(lists ?? {}).flatMap(([name, list]) => (used.has(name) ? named(list, ["lists", name]) : [])),
    ...tests.flatMap(({ spec, path }) => [...named(spec.in, [...path, "in"]), ...named([spec.is], [...path, "is"])]),
    ...Object.entries(conditions ?? {}).flatMap(([key, { trades }]) => named(trades, ["conditions", key, "trades"])),
  ];
}

const named = (list: unknown, path: Path): NamedTrade[] =>
  Array.isArray(list)
    ? list.flatMap((name, index) => (typeof name === "string" ? [{ name, path: [...path, index] }] : []))
    : [];

interface ValueTest {
  readonly spec: { readonly fact?: unknown; readonly in?: unknown; readonly is?: unknown };
  readonly path: Path;
}

/** `value: { … }`, however nested. */
function valuesOf(part: unknown, path: Path): ValueTest[] {
  if (typeof part !== "object" || part === null) return [];
  return Object.entries(part).flatMap(([key, inner]) => {
    const at = [...path, Array.isArray(part) ? Number(key) : key];
    return key === "value" && typeof inner === "object" && inner !== null
      ? [{ spec: inner, path: at }]
      : valuesOf(inner, at);
  });
}

const unknownTrade = (name: string, meant: string): SpecFault => ({
  name: "unknownTrade",
  message: {
    zh: `工种“${name}”不在 data/reference/trades.csv`,
    en: `trade "${name}" is not in data/reference/trades.csv`,
  },
  suggestion: {
    zh: `是否指 ${meant}？确是新工种的，启用前先在该表补上`,
    en: `did you mean "${meant}"? A new trade is to be added to that table first`,
  },
});
