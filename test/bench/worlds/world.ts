/** A world from its seed: the careers before the first roster, ten rosters, the exams between them, and the state at each origin. */
import { makeEffects } from "./effects.ts";
import { type Application, runExams, type State } from "./exam.ts";
import { type Ground, makeGround } from "./ground.ts";
import { firstRoster, lastRoster, origins, type WorldKind } from "./kinds.ts";
import { liveYear } from "./life.ts";
import { copyPeople, hire, makePeople, type People, presentPeople } from "./people.ts";
import { clearTally, makeTally, type Tally } from "./tally.ts";

export interface World {
  readonly kind: WorldKind;
  readonly ground: Ground;
  readonly effects: ReturnType<typeof makeEffects>;
  /** Everybody as of 31 December, by roster year. */
  readonly rosters: ReadonlyMap<number, People>;
  readonly applications: readonly Application[];
  /** What was counted, by exam year. */
  readonly tallies: ReadonlyMap<number, Tally>;
  /** Those present and what the quota remembers, by roster year of an origin, with room for those still to come. */
  readonly states: ReadonlyMap<number, State>;
}

/** Careers begin so many years before the first roster. */
const lead = 34;
export async function makeWorld(kind: WorldKind): Promise<World> {
  const ground = await makeGround(kind);
  const effects = makeEffects(kind, ground);
  const { seed, workers } = kind;
  const people = makePeople(workers * 4);
  const state: State = { people, usedPlace: new Uint8Array(ground.units.length * ground.trades.length) };
  const start = firstRoster - lead;
  const first = Math.round(workers * 0.68);
  for (let one = 0; one < first; one++) hire(people, ground, seed, { year: start - (one % 22), replicate: 0, wave: 0 });
  const tally = makeTally(ground);
  const rosters = new Map<number, People>();
  const applications: Application[] = [];
  const tallies = new Map<number, Tally>();
  const states = new Map<number, State>();
  for (let year = start + 1; year <= lastRoster; year++) {
    const recorded = year > firstRoster;
    clearTally(tally);
    runExams(
      state,
      { ground, effects: effects(year, 0), seed, year, replicate: 0 },
      tally,
      recorded ? applications : undefined,
    );
    if (recorded)
      tallies.set(year, { unit: tally.unit.slice(), trade: tally.trade.slice(), district: tally.district.slice() });
    liveYear(people, ground, kind, { year, replicate: 0, wave: 0 });
    if (year < firstRoster) continue;
    const roster = makePeople(people.count);
    copyPeople(people, roster);
    rosters.set(year, roster);
    if (origins.some((origin) => origin === year)) {
      states.set(year, { people: presentPeople(people, workers), usedPlace: state.usedPlace.slice() });
    }
  }
  return { kind, ground, effects, rosters, applications, tallies, states };
}
