/** The oracle: many futures of a world from an origin, lived with its true parameters. It knows what can be known, not the luck. */
import { runExams, type State } from "./exam.ts";
import { type Ground, waveOf } from "./ground.ts";
import { horizons } from "./kinds.ts";
import { liveYear } from "./life.ts";
import { copyPeople, makePeople } from "./people.ts";
import { clearTally, type Group, groups, makeTally, measures, type Tally } from "./tally.ts";
import type { World } from "./world.ts";

export interface Futures {
  readonly origin: number;
  readonly replicates: number;
  /** Counts of each horizon and replicate, each laid out as in `Tally`. */
  readonly counts: Readonly<Record<Group, Uint16Array>>;
  readonly ground: Ground;
}

/** Simulates the exam years origin + 1 … origin + 5. Throws when the world kept no state of the origin. */
export function liveFutures(world: World, origin: number, replicates: number): Futures {
  const { ground, kind, effects } = world;
  const start = world.states.get(origin);
  if (!start) throw new Error(`no state of ${origin} (expected ${[...world.states.keys()].join(", ")})`);
  const tally = makeTally(ground);
  const room = (group: Group) => new Uint16Array(replicates * horizons.length * tally[group].length);
  const counts = { unit: room("unit"), trade: room("trade"), district: room("district") };
  const state: State = { people: makePeople(start.people.unit.length), usedPlace: start.usedPlace.slice() };
  for (let replicate = 0; replicate < replicates; replicate++) {
    copyPeople(start.people, state.people);
    state.usedPlace.set(start.usedPlace);
    for (const horizon of horizons) {
      const year = origin + horizon;
      const when = { year, replicate: replicate + 1 };
      clearTally(tally);
      runExams(state, { ground, effects: effects(year, replicate + 1), seed: kind.seed, ...when }, tally, undefined);
      keep(counts, tally, replicate * horizons.length + horizon - 1);
      // A wave of hiring that has begun goes on; later ones nobody can know.
      const wave = waveOf(year) === waveOf(origin) ? 0 : replicate + 1;
      liveYear(state.people, ground, kind, { ...when, wave });
    }
  }
  return { origin, replicates, counts, ground };
}

function keep(counts: Futures["counts"], tally: Tally, place: number): void {
  for (const group of groups) counts[group].set(tally[group], place * tally[group].length);
}

/** The cells of a grouping: groups of its kind, or all people together. */
export type CellGrouping = Group | "total";

/** Counts of one cell in every replicate; at one step (1 … 5), or at all steps together (0). */
export function draws(
  { counts, replicates, ground }: Futures,
  grouping: CellGrouping,
  cell: number,
  { horizon, measure, step }: { readonly horizon: number; readonly measure: number; readonly step: number },
): Float64Array {
  const group: Group = grouping === "total" ? "district" : grouping;
  const all = counts[group];
  const length = all.length / replicates / horizons.length;
  const steps = 5;
  const cells = length / measures.length / steps;
  const chosen = grouping === "total" ? ground.districts.map((_, index) => index) : [cell];
  const levels = step === 0 ? [0, 1, 2, 3, 4] : [step - 1];
  return Float64Array.from({ length: replicates }, (_, replicate) => {
    const from = (replicate * horizons.length + horizon - 1) * length;
    let sum = 0;
    for (const one of chosen) {
      for (const level of levels) sum += all[from + (measure * cells + one) * steps + level] ?? 0;
    }
    return sum;
  });
}
