/** The coming years, one after the other, each ending in cells. */
import { badInput } from "../errors.ts";
import type { Connection } from "../store/index.ts";
import { basisOfAssumptions } from "./basis.ts";
import { createCells } from "./cells.ts";
import { applying, layOutOffsets, outcomes } from "./chances.ts";
import { makeDonors } from "./donors.ts";
import { fillCells } from "./fill-cells.ts";
import { openLevels } from "./openings.ts";
import { createPeople } from "./people.ts";
import { rememberUsed, takePlaces, usedAtOrigin } from "./places-used.ts";
import { readQuotas } from "./quota-rules.ts";
import { Scratch } from "./scratch.ts";
import { beginYear, endYear, startState } from "./state.ts";
import type { Fit, Run, RunOptions } from "./types.ts";

let runs = 0;
/** Share of the time that deciding who can come forward takes, about. */
const openingsShare = 0.35;
/** Exam years a forecast may reach. */
export const longestHorizon = 10;

/**
 * Computes the exam years origin + 1 … `to`; the cells of `from` … `to` lie in a temporary table of the connection. Throws bad-input for
 * years that cannot be, and the reason of an aborted signal.
 */
export async function simulate(c: Connection, fit: Fit, options: RunOptions = {}): Promise<Run> {
  const { origin } = fit;
  const { from = origin + 1, to = Math.max(from, origin + 5), assumptions = {}, onProgress, signal } = options;
  checkYears(origin, from, to);
  const known = { library: assumptions.library ?? fit.library, until: fit.rulebooksUntil };
  const scratch = new Scratch(c, fit.suffix, `${fit.suffix}_${++runs}`);
  const cells = scratch.table("run_cells");
  await c.run(createCells(cells));
  const people = options.people ? scratch.table("run_people") : null;
  if (people) await c.run(createPeople(people));
  const openings = scratch.table("run_openings");
  onProgress?.(origin + 1, 0);
  const told = (year: number, done: number) => onProgress?.(year, done);
  try {
    const districts = (
      await scratch.rows<{ district: string }>(
        `SELECT DISTINCT district FROM workers WHERE "rosterYear" = $origin ORDER BY district`,
        { origin },
      )
    ).map(({ district }) => district);
    await makeDonors(scratch, origin, to - 1);
    await startState(scratch, origin, fit.hasHistory);
    await layOutOffsets(scratch);
    await usedAtOrigin(scratch, origin);
    const ready = options.openings ? 0.15 : openingsShare;
    await openLevels(
      scratch,
      known,
      { origin, last: to, districts },
      {
        before: options.openings === undefined ? undefined : { table: options.openings, library: fit.library },
        onProgress: (share) => told(origin + 1, ready * share),
      },
    );
    for (let year = origin + 1; year <= to; year++) {
      signal?.throwIfAborted();
      told(year, ready + ((1 - ready) * (year - origin - 1)) / (to - origin));
      await beginYear(scratch, { year, staying: fit.staying, elastic: assumptions.elastic });
      await readQuotas(scratch, known, year);
      await applying(scratch, year, assumptions);
      await takePlaces(scratch, fit.unitShock, fit.overForwarding);
      await outcomes(scratch);
      await fillCells(scratch, year, { origin, keep: year >= from, people: people !== null });
      if (year === to) break;
      await rememberUsed(scratch);
      await endYear(scratch, year, { mass: (assumptions.hiring ?? 1) / fit.hireYears });
    }
  } catch (error) {
    // Where the transaction itself has failed its tables are gone with it.
    const dropped = scratch.dropAll().then(() => scratch.drop("run_cells", "run_people", "run_openings"));
    await dropped.catch(() => undefined);
    throw error;
  }
  told(to, 1);
  await scratch.dropAll();
  return { fit, from, to, cells, people, openings, basis: [...fit.basis, ...basisOfAssumptions(assumptions)] };
}

/** Throws bad-input for years that no forecast from the origin can have. */
export function checkYears(origin: number, from: number, to: number): void {
  const fault = (property: string, value: number, first: number): never => {
    const last = origin + longestHorizon;
    throw badInput(
      `预测年度 ${value} 无效（应为 ${first}…${last}）`,
      `invalid ${property}: ${value} (expected ${first}…${last}: at most ${longestHorizon} years after the roster of ${origin})`,
      { property, value, first, last },
    );
  };
  if (!Number.isInteger(from) || from <= origin || from > origin + longestHorizon) fault("from", from, origin + 1);
  if (!Number.isInteger(to) || to < from || to > origin + longestHorizon) fault("to", to, from);
}
