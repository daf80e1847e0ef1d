/** The districts and trades of the demonstration, read from the reference tables of the product. */
import { readFile } from "node:fs/promises";
import { parse } from "csv-parse/sync";
import { ofProduct } from "../root.ts";

export interface Trade {
  readonly index: number;
  readonly name: string;
  readonly general: boolean;
}

/** Which body of rules a worker's career follows. */
export type Regime = "jiangsu" | "nantong" | "jiangdu" | "changzhou" | "jiaozuo" | "fujian";

/** A district that units lie in. */
export interface Place {
  readonly index: number;
  readonly code: string;
  readonly name: string;
  /** Prefix of unit names: city and district for a part of a city, the name alone for a county or a county-level city. */
  readonly label: string;
  readonly city: string;
  readonly regime: Regime;
  /** Directly under the city: the larger institutions. */
  readonly seat: boolean;
  /** A district of universities only. */
  readonly campus: boolean;
  /** Share of all workers. */
  readonly weight: number;
}

type Row = Readonly<Record<string, string>>;

async function readTable(name: string): Promise<Row[]> {
  const file = ofProduct(`data/reference/${name}.csv`);
  return parse(await readFile(file), { columns: true, comment: "#", comment_no_infix: true, bom: true });
}

/** The trades of data/reference/trades.csv, in its order. */
export async function readTrades(): Promise<Trade[]> {
  const rows = await readTable("trades");
  return rows.map((row, index) => ({ index, name: row.name ?? "", general: row.general === "true" }));
}

/** Share of the demonstration's workers by city; the rest of the table's cities (Fujian) share what is left. */
const cityShares: ReadonlyMap<string, number> = new Map([
  ["320600", 0.32],
  ["320400", 0.19],
  ["321000", 0.16],
  ["410800", 0.13],
]);
const seatShare = 0.32;

function regimeOf(code: string, city: string): Regime {
  if (code === "321012") return "jiangdu";
  if (city === "320600") return "nantong";
  if (city === "320400") return "changzhou";
  if (city.startsWith("32")) return "jiangsu";
  if (city.startsWith("41")) return "jiaozuo";
  return "fujian";
}

/** The districts without districts of their own, with their share of the workers. */
export async function readPlaces(): Promise<Place[]> {
  const rows = await readTable("districts");
  const cities = rows.filter((row) => row.tier === "city");
  const partsOf = (city: string) => rows.filter((row) => row.parent === city);
  const shared = cities.filter(({ code = "" }) => !cityShares.has(code));
  const left = 1 - [...cityShares.values()].reduce((sum, share) => sum + share, 0);
  // More districts, more workers; Pingtan is a city of one district.
  const breadth = (city: string) => 2 + partsOf(city).length;
  const breadths = shared.reduce((sum, { code = "" }) => sum + breadth(code), 0);
  const places: Place[] = [];
  for (const { code: city = "", name: cityName = "" } of cities) {
    const parts = partsOf(city);
    const leaves = parts.length > 0 ? parts : rows.filter((row) => row.code === city);
    const seats = leaves.filter(({ code = "" }) => code.endsWith("SZ")).length;
    const weight = cityShares.get(city) ?? (left * breadth(city)) / breadths;
    for (const { code = "", name = "" } of leaves) {
      const seat = code.endsWith("SZ");
      const campus = name.includes("高校");
      const share =
        seats === 0 || leaves.length === seats
          ? 1 / leaves.length
          : seat
            ? seatShare
            : (1 - seatShare) / (leaves.length - seats);
      const ownName = name.startsWith(cityName.slice(0, 2)) || /[县市]$/.test(name);
      places.push({
        index: places.length,
        code,
        name,
        label: seat || campus ? cityName : ownName ? name : `${cityName}${name}`,
        city,
        regime: regimeOf(code, city),
        seat,
        campus,
        weight: weight * share,
      });
    }
  }
  return places;
}
