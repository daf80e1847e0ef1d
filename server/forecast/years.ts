/** What the office says of exam years: those unlike the others (an epidemic, a change of practice) weigh less when the forecast learns. */
import { AppError } from "../errors.ts";
import { type Edited, type Editor, edit } from "../rosters/edits.ts";
import type { Connection, Store } from "../store/index.ts";
import { notAmong } from "../tables/filters.ts";

export interface ForecastYear {
  readonly examYear: number;
  /** 0 = not looked at … 1 = like any other. */
  readonly weight: number;
  /** Null for a year like any other. */
  readonly reason: string | null;
  /** On file. */
  readonly applications: number;
  /** Who said so, and when (UTC); null for a year like any other. */
  readonly who: string | null;
  readonly changedAt: string | null;
}

/** The exam years with applications on file, and those something is said of; ascending. */
export const forecastYears = (c: Connection): Promise<ForecastYear[]> =>
  c.rows<ForecastYear>(
    `SELECT coalesce(a.year, f.year)::INTEGER AS "examYear", coalesce(f.weight, 1)::DOUBLE AS weight, f.note AS reason,
       coalesce(a.applications, 0)::INTEGER AS applications, f.who, f."changedAt"
     FROM (SELECT "examYear" AS year, count(*) AS applications FROM applications GROUP BY 1) a
     FULL JOIN forecast_years f ON f.year = a.year
     ORDER BY 1`,
  );

async function find(c: Connection, examYear: number): Promise<ForecastYear> {
  const all = await forecastYears(c);
  const found = all.find((one) => one.examYear === examYear);
  if (found) return found;
  return notAmong(
    "year",
    "考评年度",
    examYear,
    all.map((one) => one.examYear),
  );
}

export interface YearWeight {
  readonly examYear: number;
  /** 0…1, hundredths. */
  readonly weight: number;
  readonly reason: string;
}

/** Says what a year weighs; a new data version, unless that was said already. Throws bad-input for a year that is not on file. */
export function putForecastYear(store: Store, entered: YearWeight, editor: Editor): Promise<Edited<ForecastYear>> {
  return edit(store, editor, async (c, at) => {
    const before = await find(c, entered.examYear);
    const { examYear: year, reason: note } = entered;
    const weight = Math.round(entered.weight * 100) / 100;
    if (before.who !== null && before.weight === weight && before.reason === note) return { value: before };
    await c.run("DELETE FROM forecast_years WHERE year = $year", { year });
    await c.run(`INSERT INTO forecast_years VALUES ($year, $weight, $note, $who, $at::TIMESTAMP)`, {
      year,
      weight,
      note,
      who: editor.who,
      at,
    });
    return { value: await find(c, year), reason: `forecast year ${year}: weight ${weight}` };
  });
}

/** The year is like any other again. Throws not-found where nothing was said of it. */
export function resetForecastYear(store: Store, examYear: number, editor: Editor): Promise<Edited<null>> {
  return edit(store, editor, async (c) => {
    const before = (await forecastYears(c)).find((one) => one.examYear === examYear);
    if (!before || before.who === null) {
      throw new AppError(
        "not-found",
        { zh: `${examYear} 年没有设定权重`, en: `nothing is said of exam year ${examYear}` },
        { property: "year", value: examYear },
      );
    }
    await c.run("DELETE FROM forecast_years WHERE year = $year", { year: examYear });
    return { value: null, reason: `forecast year ${examYear}: like any other` };
  });
}
