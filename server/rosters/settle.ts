/** What only the database knows of staged rows: places that applications leave out, and trades by the year. */
import type { Connection } from "../store/index.ts";
import { yearField } from "./fields.ts";
import { placeOf } from "./heading-places.ts";
import type { ImportRun } from "./import-run.ts";
import { placeKey } from "./places.ts";
import { checkHolders } from "./settle-holders.ts";
import { nameWorkers } from "./settle-names.ts";
import type { Staged } from "./stage-rows.ts";
import { fillFromRosters, takeUnplaced } from "./stage-table.ts";
import { loadAliases, loadTradeNames, nameTrades } from "./trade-names.ts";

/** Applications without a place of their own take it from the rosters; those that find none are rejected. */
async function placeApplications(c: Connection, run: ImportRun): Promise<void> {
  await fillFromRosters(c);
  for (const { sourceRow, sheet, workerId, district, unit } of await takeUnplaced(c)) {
    run.rowsRejected++;
    const [zh, name] = district === null ? ["地区", "district"] : ["单位名称", "unit"];
    if (district !== null && unit !== null) continue;
    run.problems.add(
      {
        row: sourceRow,
        ...placeOf(run.read.places, { sheet, sourceRow }, [name]),
        value: null,
        code: "required-missing",
        message: {
          zh: `缺少${zh}，而人员 ${workerId} 也不在当年及以前的人员名册中`,
          en: `${name} is missing, and worker ${workerId} is in no roster up to that year`,
        },
        severity: "error",
        ...(sheet === null ? {} : { sheet }),
        ...(unit === null ? {} : { unit }),
      },
      { workerId },
    );
  }
}

/**
 * Trades closed or merged from a year on, as the office entered them; said once for each name and year. Names that the office has
 * changed since the rows were read are gone over as well.
 */
async function nameTradesByYear(c: Connection, run: ImportRun): Promise<void> {
  const aliases = await loadAliases(c);
  const changed = JSON.stringify(aliases) !== JSON.stringify(run.aliases);
  if (!changed && aliases.every(({ since }) => since === null)) return;
  const still = new Set(aliases.map(({ alias }) => placeKey(alias)));
  const forgotten = new Set(run.aliases.map(({ alias }) => placeKey(alias)).filter((key) => !still.has(key)));
  const tradeOf = await loadTradeNames(c);
  const year = yearField[run.options.kind];
  for (const { raw, year: rowYear, trade, rows } of await nameTrades(c, "roster_stage", year, tradeOf, forgotten)) {
    run.problems.add({
      row: null,
      column: "trade",
      value: raw,
      ...(trade === null ? {} : { taken: trade }),
      code: "trade-by-year",
      message: {
        zh: `${rowYear} 年的工种“${raw}”（${rows} 行）按工种对照录为${trade === null ? "工种未知" : `“${trade}”`}，保留原名`,
        en: `trade "${raw}" of ${rowYear} (${rows} rows) was taken for ${trade === null ? "none" : `"${trade}"`} by the office's list; the name is kept`,
      },
      severity: "warning",
    });
  }
}

/** Settles the staged rows; call inside the transaction that publishes them. */
export async function settleRows(c: Connection, staged: Staged): Promise<void> {
  const { run, table } = staged;
  if (run.options.kind === "applications") await placeApplications(c, run);
  else if (table.has("rowHash") && table.has("sourceRow")) {
    if (table.has("idHash")) await nameWorkers(c, staged);
    await checkHolders(c, staged);
  }
  await nameTradesByYear(c, run);
}
