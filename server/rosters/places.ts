/** Names in rosters → districts and trades of the reference tables. */
import type { Connection } from "../store/index.ts";
import { nearestWord } from "./suggest.ts";
import { compact } from "./values.ts";

interface DistrictRow {
  readonly code: string;
  readonly name: string;
  readonly tier: string;
  readonly oldCodes: readonly string[];
  readonly aliases: readonly string[];
  readonly ancestors: readonly string[];
}

export type FoundDistrict =
  /** `former`: the text is an old code, or a name that stands in the table of other names (merged or renamed places, zones). */
  | { readonly code: string; readonly name: string; readonly former: boolean }
  /** Several districts of this name: their full names. */
  | { readonly candidates: readonly string[] }
  | undefined;

export interface FoundTrade {
  /** Canonical name. */
  readonly name: string;
  /** An alias stood in the file. */
  readonly byAlias: boolean;
}

export interface Places {
  district(text: string): FoundDistrict;
  trade(text: string): FoundTrade | undefined;
  /** The known name most like an unknown one. */
  nearestDistrict(text: string): string | undefined;
  nearestTrade(text: string): string | undefined;
}

/** Spellings of one name have one key. */
export const placeKey = (text: string): string => compact(text).replace(/[()]/g, "").toLowerCase();

/** A code with its name before or behind it, or with the six zeros of a statistical code. */
const coded = /^(?:(\d{6})(?:0{6})?(\D*)|(\D+)(\d{6}))$/;

/** 通州区 is also written 通州; 温县 is not written 温. */
function shortName(name: string): string | undefined {
  const short = name.replace(/[省市区县]$/, "");
  return short !== name && short.length >= 2 ? short : undefined;
}

const spellings = (name: string): string[] => [name, shortName(name) ?? name];

function districtIndex(rows: readonly DistrictRow[]): (text: string) => FoundDistrict {
  const byCode = new Map(rows.map((row) => [row.code, row]));
  const fullName = (row: DistrictRow) =>
    row.ancestors
      .map((code) => byCode.get(code))
      .filter((found) => found !== undefined && found.tier !== "province")
      .map((found) => found?.name ?? "")
      .join("");
  const codes = new Map<string, string>();
  const names = new Map<string, Set<string>>();
  const full = new Map<string, Set<string>>();
  const note = (index: Map<string, Set<string>>, name: string, code: string) => {
    const found = index.get(placeKey(name)) ?? new Set();
    index.set(placeKey(name), found.add(code));
  };
  for (const row of rows) for (const old of row.oldCodes) codes.set(placeKey(old), row.code);
  for (const row of rows) codes.set(placeKey(row.code), row.code);
  const present = new Set(rows.map((row) => placeKey(row.code)));
  const proper = new Map<string, ReadonlySet<string>>();
  for (const row of rows) {
    const own = [...new Set([row.name, ...row.aliases].flatMap(spellings))];
    proper.set(row.code, new Set(spellings(row.name).map(placeKey)));
    for (const name of own) note(names, name, row.code);
    const above = row.ancestors.slice(0, -1).map((code) => byCode.get(code)?.name ?? "");
    const [province, city] = above;
    for (const name of own) {
      for (const first of city === undefined ? [] : spellings(city)) {
        note(full, first + name, row.code);
        if (province) for (const before of spellings(province)) note(full, before + first + name, row.code);
      }
      if (province) for (const before of spellings(province)) note(full, before + name, row.code);
    }
  }
  const byName = (wanted: string): FoundDistrict => {
    const found = [...(names.get(wanted) ?? full.get(wanted) ?? [])];
    if (found.length === 0) return undefined;
    // A name in full goes before a short one: 三明 is the city, whoever else may be called so.
    const exact = found.filter((candidate) => placeKey(byCode.get(candidate)?.name ?? "") === wanted);
    const [only, ...others] = exact.length > 0 ? exact : found;
    const row = byCode.get(only ?? "");
    if (row && others.length === 0) {
      const isProper = [...(proper.get(row.code) ?? [])].some((name) => wanted.endsWith(name));
      return { code: row.code, name: fullName(row), former: !isProper };
    }
    return {
      candidates: found.flatMap((candidate) => {
        const other = byCode.get(candidate);
        return other ? [fullName(other)] : [];
      }),
    };
  };
  const withCode = (wanted: string): FoundDistrict => {
    const code = codes.get(wanted);
    const row = byCode.get(code ?? "");
    if (row) return { code: row.code, name: fullName(row), former: !present.has(wanted) };
    const parts = coded.exec(wanted);
    const number = codes.get(parts?.[1] ?? parts?.[4] ?? "");
    const numbered = byCode.get(number ?? "");
    if (!parts || !numbered) return undefined;
    const name = parts[2] ?? parts[3] ?? "";
    const named = name === "" ? undefined : byName(name.replace(/^[-,、/]|[-,、/]$/g, ""));
    // A code and a name that disagree: only the office can tell which is meant.
    if (name !== "" && !(named && "code" in named && named.code === numbered.code)) {
      const other = named && "code" in named ? [named.name] : [];
      return { candidates: [fullName(numbered), ...other] };
    }
    return { code: numbered.code, name: fullName(numbered), former: !present.has(parts[1] ?? parts[4] ?? "") };
  };
  return (text) => {
    const wanted = placeKey(text);
    return withCode(wanted) ?? byName(wanted);
  };
}

/** The names of the reference tables, as plain data. */
export interface PlaceNames {
  readonly districts: readonly DistrictRow[];
  readonly trades: readonly { readonly name: string }[];
  readonly aliases: readonly { readonly alias: string; readonly trade: string }[];
}

export async function loadPlaceNames(c: Connection): Promise<PlaceNames> {
  return {
    districts: await c.rows<DistrictRow>('SELECT code, name, tier, "oldCodes", aliases, ancestors FROM districts'),
    trades: await c.rows<{ name: string }>("SELECT name FROM trades"),
    aliases: await c.rows<{ alias: string; trade: string }>(
      "SELECT alias, trade FROM trade_aliases WHERE trade IS NOT NULL",
    ),
  };
}

export function placesOf({ districts, trades, aliases }: PlaceNames): Places {
  const canonical = new Map(trades.map(({ name }) => [placeKey(name), name]));
  const byAlias = new Map(aliases.map(({ alias, trade }) => [placeKey(alias), trade]));
  const districtNames = districts.map(({ name }) => name);
  const tradeNames = [...trades.map(({ name }) => name), ...aliases.map(({ alias }) => alias)];
  return {
    district: districtIndex(districts),
    trade(text) {
      const name = canonical.get(placeKey(text));
      if (name !== undefined) return { name, byAlias: false };
      const other = byAlias.get(placeKey(text));
      return other === undefined ? undefined : { name: other, byAlias: true };
    },
    nearestDistrict: (text) => nearestWord(text, districtNames),
    nearestTrade: (text) => nearestWord(text, tradeNames),
  };
}
