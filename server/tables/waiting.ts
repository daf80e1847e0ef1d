/**
 * Who waits for a place, one by one, and what the forecast says of it: position among those of the unit, trade and level (who has gone
 * without longest comes first, equals share the middle position), years until their turn were places given in that order, and the
 * probability of being chosen in a year before retirement, if they come forward in each and all candidates are alike.
 */
import type { Desk } from "../forecast/desk-types.ts";
import { targetLevels } from "../rules/facts.ts";
import { retirementSchedules } from "../rules/retirement.ts";
import { chosenWithin, expectedWait, type Spell } from "../statistics/wait.ts";
import { type Connection, namedQuery, type Params } from "../store/index.ts";
import { type ComingPlaces, chanceOf, comingPlaces, noYears, yearlyLosses } from "./coming-places.ts";
import type { Filters } from "./filters.ts";
import { placesOf } from "./modelled-places.ts";
import { candidateParameters } from "./quota-pressure.ts";

export interface Waiting {
  readonly place: ComingPlaces;
  readonly workerId: string;
  /** First exam year without a place since the last with one, and how many such years. */
  readonly since: number;
  readonly times: number;
  readonly position: number;
  /** Month of retirement, counted from year 0; null where it cannot be told. */
  readonly retires: number | null;
  /** Whole years from the end of the newest exam year to it. */
  readonly yearsLeft: number | null;
  /** Infinite where there are no places. */
  readonly wait: number;
  readonly selectedBeforeRetirement: number | null;
}

export interface Outlook {
  /** The newest exam year with applications. */
  readonly to: number;
  readonly places: readonly ComingPlaces[];
  readonly losses: ReadonlyMap<string, number>;
  readonly waiting: readonly Waiting[];
  /** Every wait on file up to `to`, where it began. */
  readonly spells: readonly PlacedSpell[];
}

export interface PlacedSpell extends Spell {
  readonly district: string;
  readonly unit: string;
  readonly trade: string | null;
  readonly targetLevel: string;
}

interface Queued {
  readonly district: string;
  readonly unit: string;
  readonly trade: string | null;
  readonly targetLevel: string;
  readonly workerId: string;
  readonly retires: number | null;
}

/** Of the two next years: every second one may be without a place. */
export const nearYears = 2;

export const keyOf = ({ unit, trade, targetLevel }: Pick<Queued, "unit" | "trade" | "targetLevel">): string =>
  JSON.stringify([unit, trade, targetLevel]);

/** Years until the turn of a position, at least until the next exam, with the mean places of the coming years. Infinite without any. */
export function roundsTo(position: number, { years }: ComingPlaces, loss: number | undefined): number {
  const placesPerYear = years.reduce((sum, { quota }) => sum + quota, 0) / Math.max(1, years.length);
  return Math.max(1, expectedWait(position, placesPerYear, loss ?? 0));
}

/** Places of the coming years and who waits for them, within the filters. Throws bad-input on a filter. */
export async function outlookOf(c: Connection, desk: Desk, filters: Filters): Promise<Outlook> {
  const params: Params = { ...(await candidateParameters(c, filters)), examYear: desk.origin + 1 };
  // without any applications the coming year is the first that the forecast tells
  const to = desk.fit.hasHistory ? Number(params.windowTo) : desk.origin;
  const places = await comingPlaces(c, desk, filters, to);
  const losses = await yearlyLosses(c, desk);
  const queued = await c.rows<Queued>(namedQuery("quota-queue"), {
    ...params,
    schedules: JSON.stringify(retirementSchedules),
  });
  const since = await waitingSince(c, params);
  const groups = new Map<string, Queued[]>();
  for (const one of queued) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  places.push(...(await homeless(c, desk, filters, groups, places, to)));
  const waiting = places.flatMap((place) =>
    inOrder(groups.get(keyOf(place)) ?? [], since, to).map((one) =>
      told(one, place, losses.get(place.targetLevel), to),
    ),
  );
  const spells = await c.rows<PlacedSpell>(namedQuery("quota-spells"), { ...params, windowFrom: 0 });
  return { to, places, losses, waiting, spells };
}

/** Where somebody waits although no place will be, for instance of a trade that the unit no longer has. */
async function homeless(
  c: Connection,
  desk: Desk,
  { scope }: Filters,
  groups: ReadonlyMap<string, readonly Queued[]>,
  places: readonly ComingPlaces[],
  to: number,
): Promise<ComingPlaces[]> {
  const known = new Set(places.map(keyOf));
  const missing = [...groups].flatMap(([key, [first]]) => (known.has(key) || !first ? [] : [first]));
  if (missing.length === 0) return [];
  const units = new Map([...(await placesOf(c, desk.fit, scope)).units.values()].map((one) => [one.unit, one]));
  return missing.flatMap(({ unit, trade, targetLevel }) => {
    const place = units.get(unit);
    const level = targetLevels.find((one) => one === targetLevel);
    return place && level ? [{ ...place, trade, targetLevel: level, years: noYears(desk.base, to) }] : [];
  });
}

interface Since {
  readonly since: number;
  readonly times: number;
}

async function waitingSince(c: Connection, params: Params): Promise<ReadonlyMap<string, Since>> {
  const rows = await c.rows<Since & { workerId: string; targetLevel: string }>(namedQuery("quota-waiting"), {
    ...params,
    windowFrom: 0,
  });
  return new Map(rows.map(({ workerId, targetLevel, ...spell }) => [`${workerId} ${targetLevel}`, spell]));
}

interface Placed extends Queued, Since {
  readonly position: number;
}

/** Who has waited longest first; equals share the middle position. */
function inOrder(group: readonly Queued[], spells: ReadonlyMap<string, Since>, to: number): Placed[] {
  const all = group
    .map((one) => ({ ...one, ...(spells.get(`${one.workerId} ${one.targetLevel}`) ?? { since: to, times: 1 }) }))
    .sort((a, b) => a.since - b.since || (a.workerId < b.workerId ? -1 : 1));
  return all.map((one) => {
    const before = all.filter(({ since }) => since < one.since).length;
    const equals = all.filter(({ since }) => since === one.since).length;
    return { ...one, position: before + (equals + 1) / 2 };
  });
}

function told(one: Placed, place: ComingPlaces, loss: number | undefined, to: number): Waiting {
  const yearsLeft = one.retires === null ? null : Math.max(0, Math.floor((one.retires - (to + 1) * 12) / 12));
  const chances = place.years.map((year) => chanceOf([year]) ?? 0);
  return {
    place,
    workerId: one.workerId,
    since: one.since,
    times: one.times,
    position: one.position,
    retires: one.retires,
    yearsLeft,
    wait: roundsTo(one.position, place, loss),
    selectedBeforeRetirement: yearsLeft === null ? null : chosenWithin(yearsLeft, chances),
  };
}
