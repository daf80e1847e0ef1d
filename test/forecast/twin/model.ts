/** A fitted forecast taken apart: what it knows of each person and each gate, year by year, as numbers to draw lots with. */

import { createCells } from "../../../server/forecast/cells.ts";
import { applying, layOutOffsets, outcomes } from "../../../server/forecast/chances.ts";
import { makeDonors } from "../../../server/forecast/donors.ts";
import { fillCells } from "../../../server/forecast/fill-cells.ts";
import type { Fit } from "../../../server/forecast/index.ts";
import { openLevels } from "../../../server/forecast/openings.ts";
import { rememberUsed, takePlaces, usedAtOrigin } from "../../../server/forecast/places-used.ts";
import { readQuotas } from "../../../server/forecast/quota-rules.ts";
import { Scratch } from "../../../server/forecast/scratch.ts";
import {
  beginYear,
  eachStanding,
  endYear,
  heldIn,
  personIn,
  sinceIn,
  startState,
} from "../../../server/forecast/state.ts";
import type { Connection } from "../../../server/store/index.ts";

export interface Somebody {
  readonly person: number;
  readonly held: number;
  readonly standing: number;
  readonly unitId: number;
  readonly districtId: number;
  readonly tradeId: number;
  readonly onPost: boolean;
  readonly retires: number;
}

export interface Open {
  readonly target: number;
  readonly module: number;
  readonly chance: number;
}

export interface Year {
  readonly year: number;
  /** By person, level held and year of its certificate, see `stateKey`. */
  readonly open: ReadonlyMap<string, Open>;
  /** Share still there at the year's end, by person. */
  readonly stays: ReadonlyMap<number, number>;
  /** Places by technicians on post, from high to low, by district. */
  readonly bands: ReadonlyMap<
    number,
    readonly { readonly from: number; readonly places: number; readonly alternate: boolean }[]
  >;
}

/** Logits of a target, nearness to retirement and module. */
export interface Base {
  readonly apply: readonly number[];
  readonly admit: readonly number[];
  readonly exam: readonly number[];
  readonly review: readonly number[];
  readonly deferring: number;
}

export interface Offsets {
  readonly apply: number;
  readonly admit: number;
  readonly exam: number;
  readonly review: number;
}

export interface Model {
  readonly people: readonly Somebody[];
  readonly years: readonly Year[];
  readonly base: ReadonlyMap<string, Base>;
  readonly offsets: ReadonlyMap<string, Offsets>;
  readonly strays: ReadonlyMap<string, { readonly rate: number; readonly passing: number }>;
  readonly general: ReadonlySet<number>;
  /** Units and trades in which a place of the highest level was used in the year of the origin. */
  readonly usedAtOrigin: ReadonlySet<string>;
  /** Variances of estimated effects, by gate, factor and key. */
  readonly effects: ReadonlyMap<string, number>;
}

export const stateKey = (person: number, held: number, since: number) => `${person} ${held} ${since}`;
/** The level whose places are few. */
export const top = 5;

/** Runs the years as the forecast does, nobody being taken on, and notes what it looks up on the way. */
export async function takeApart(c: Connection, fit: Fit, horizon: number): Promise<Model> {
  const { origin } = fit;
  const known = { library: fit.library, until: fit.rulebooksUntil };
  const scratch = new Scratch(c, fit.suffix, `${fit.suffix}_twin`);
  const districts = await scratch.rows<{ district: string }>(
    `SELECT DISTINCT district FROM workers WHERE "rosterYear" = ${origin} ORDER BY district`,
  );
  await c.run(createCells(scratch.table("run_cells")));
  await makeDonors(scratch, origin, origin + horizon);
  await startState(scratch, origin, fit.hasHistory);
  await layOutOffsets(scratch);
  await usedAtOrigin(scratch, origin);
  await openLevels(scratch, known, {
    origin,
    last: origin + horizon,
    districts: districts.map(({ district }) => district),
  });
  const people = await scratch.rows<Somebody>(
    `SELECT ${personIn("b.state")}::DOUBLE AS person, ${heldIn("b.state")} AS held, b.standing::INTEGER AS standing, p."unitId", p."districtId", p."tradeId",
       l."onPost", l.retires
     FROM run_began b JOIN run_places p ON p.place = b.place JOIN run_lives l ON l.life = b.life WHERE b.enters IS NULL ORDER BY 1`,
  );
  const used = await scratch.rows<{ place: string }>(
    `SELECT "unitId" || ' ' || "tradeId" AS place FROM run_last_used WHERE target = ${top}`,
  );
  const years: Year[] = [];
  for (let year = origin + 1; year <= origin + horizon; year++) {
    await beginYear(scratch, { year, staying: fit.staying, elastic: undefined });
    await readQuotas(scratch, known, year);
    await applying(scratch, year, {});
    await takePlaces(scratch, fit.unitShock, fit.overForwarding);
    await outcomes(scratch);
    await fillCells(scratch, year, { origin, keep: true });
    years.push(await noteYear(scratch, year, origin));
    await rememberUsed(scratch);
    await endYear(scratch, year, undefined);
  }
  const model = {
    people,
    years,
    usedAtOrigin: new Set(used.map(({ place }) => place)),
    ...(await noteFit(scratch, fit)),
  };
  await scratch.dropAll();
  await scratch.drop("run_cells");
  return model;
}

async function noteYear(scratch: Scratch, year: number, origin: number): Promise<Year> {
  const open = await scratch.rows<Open & { person: number; held: number; since: number }>(
    `SELECT ${personIn("state")}::DOUBLE AS person, ${heldIn("state")} AS held, ${sinceIn("state", origin)} AS since, target, module, chance
     FROM run_state WHERE alone IS NOT NULL`,
  );
  const stays = await scratch.rows<{ person: number; stays: number }>(
    `SELECT ${personIn("state")}::DOUBLE AS person, max("left") AS stays FROM run_state GROUP BY ALL`,
  );
  const bands = await scratch.rows<{ district: number; from: number; places: number; alternate: boolean }>(
    `SELECT "districtId" AS district, "fromTechnicians" AS "from", places, alternate FROM run_bands WHERE target = ${top} ORDER BY 2 DESC`,
  );
  const ofDistrict = new Map<number, typeof bands>();
  for (const band of bands) ofDistrict.set(band.district, [...(ofDistrict.get(band.district) ?? []), band]);
  const keys = open.map(({ person, held, since }) => stateKey(person, held, since));
  if (open.some(({ target }) => target === null)) throw new Error("two levels open to one person: the twin knows one");
  return {
    year,
    open: new Map(open.map((one, index) => [keys[index] ?? "", one])),
    stays: new Map(stays.map((one) => [one.person, one.stays])),
    bands: ofDistrict,
  };
}

async function noteFit(scratch: Scratch, fit: Fit) {
  const groups = [0, 1, 2];
  const list = (names: readonly string[]) => `[${names.join(", ")}]`;
  const base = await scratch.rows<Base & { cell: string }>(
    `SELECT target || ' ' || near || ' ' || module AS cell, ${list(eachStanding.map((index) => `b${index}`))} AS "apply",
       ${["admit", "exam", "review"].map((gate) => `${list(groups.map((group) => gate + group))} AS "${gate}"`).join(", ")}, deferring
     FROM forecast_base`,
  );
  const offsets = await scratch.rows<Offsets & { place: string }>(
    `SELECT "unitId" || ' ' || "tradeId" || ' ' || target AS place, "apply", "admit", "exam", "review" FROM forecast_offsets`,
  );
  const strays = await scratch.rows<{ place: string; rate: number; passing: number }>(
    `SELECT "districtId" || ' ' || target AS place, rate, passing FROM forecast_strays`,
  );
  const general = await scratch.rows<{ tradeId: number }>(`SELECT "tradeId" FROM forecast_trades WHERE general`);
  const effects = new Map<string, number>();
  for (const gate of ["apply", "exam"] as const) {
    for (const { factor, estimated } of fit.variances[gate]) {
      if (!estimated) continue;
      const rows = await scratch.c.rows<{ key: number; variance: number }>(
        `SELECT key::DOUBLE AS key, variance FROM ${estimated}`,
      );
      for (const { key, variance } of rows) effects.set(`${gate} ${factor} ${key}`, variance);
    }
  }
  return {
    base: new Map(base.map((one) => [one.cell, one])),
    offsets: new Map(offsets.map((one) => [one.place, one])),
    strays: new Map(strays.map((one) => [one.place, one])),
    general: new Set(general.map(({ tradeId }) => tradeId)),
    effects,
  };
}
