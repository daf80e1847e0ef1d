/** Which number a row of a workers' roster goes by: people named only by identity number, and people named so before. */
import type { Connection } from "../store/index.ts";
import { derivedLength, derivedPrefix } from "./row-worker.ts";
import { type MetRow, metRows, type Said, StagedNotes } from "./settle-notes.ts";
import type { Staged } from "./stage-rows.ts";

interface NamedRow extends MetRow {
  readonly what: "taken" | "derived" | "twice" | "kept" | "before" | "double";
  /** Number the row goes by from now on. */
  readonly becomes: string;
  /** The other row or number that is meant. */
  readonly other: string | null;
}

const isDerived = (table: string) =>
  `${table}."workerId" = '${derivedPrefix}' || left(${table}."idHash", ${derivedLength})`;

/**
 * A row without a worker number takes the one that its identity has on the roster of the year, else on the nearest one; where there is
 * none, or another person has it that year, it keeps the number made of the identity. Of a person who stands in the file with a number
 * as well, only that row counts.
 */
async function nameDerived(c: Connection): Promise<void> {
  await c.run(`
    INSERT INTO roster_named
    WITH derived AS (SELECT position, "rosterYear" AS year, "workerId" AS was, "idHash" AS hash FROM roster_stage s WHERE ${isDerived("s")}),
    numbered AS (
      SELECT position, "rosterYear", "workerId", "idHash", "sourceRow" FROM roster_stage s
      WHERE "rosterYear" IN (SELECT year FROM derived) AND NOT coalesce(${isDerived("s")}, false)
    ),
    held AS (
      SELECT d.position, first(w."workerId" ORDER BY w."rosterYear" <> d.year, ${isDerived("w")}, abs(w."rosterYear" - d.year),
        w."rosterYear", w."workerId") AS found
      FROM derived d JOIN workers w ON w."idHash" = d.hash
      LEFT JOIN workers o ON o."rosterYear" = d.year AND o."workerId" = w."workerId" AND o."idHash" <> d.hash
      WHERE o."workerId" IS NULL
      GROUP BY d.position
    ),
    named AS (
      SELECT d.*, CASE WHEN row_number() OVER (PARTITION BY d.year, h.found ORDER BY d.position) = 1 THEN h.found END AS found
      FROM derived d LEFT JOIN held h USING (position)
    ),
    twins AS (
      SELECT m.position, min_by(n."workerId", n.position) AS number, min_by(n."sourceRow", n.position) AS row
      FROM named m JOIN numbered n ON n."rosterYear" = m.year AND n."idHash" = m.hash GROUP BY ALL
      UNION ALL
      SELECT m.position, n."workerId", n."sourceRow"
      FROM named m JOIN numbered n ON n."rosterYear" = m.year AND n."workerId" = coalesce(m.found, m.was)
      WHERE n."idHash" IS DISTINCT FROM m.hash
    )
    SELECT m.position, CASE WHEN t.row IS NOT NULL THEN 'twice' WHEN m.found <> m.was THEN 'taken' ELSE 'derived' END AS what,
      coalesce(t.number, m.found, m.was) AS becomes, t.row::VARCHAR AS other
    FROM named m LEFT JOIN (SELECT position, min(number) AS number, min(row) AS row FROM twins GROUP BY position) t USING (position)`);
}

/**
 * A row with a number whose person is on the same year's roster under a number made of the identity: it corrects that row and does
 * not stand beside it, or the year would count the person twice. The number that was there first stays, because applications and
 * decisions may name it already; a roster with the real numbers can take its place once the first import is undone.
 */
async function keepDerived(c: Connection): Promise<void> {
  await c.run(`
    INSERT INTO roster_named
    SELECT s.position, 'kept', min(t."workerId"), min(s."workerId")
    FROM roster_stage s JOIN workers t ON t."rosterYear" = s."rosterYear" AND t."idHash" = s."idHash" AND ${isDerived("t")}
    ANTI JOIN workers own ON own."rosterYear" = s."rosterYear" AND own."workerId" = s."workerId"
    WHERE s."workerId" <> t."workerId"
    GROUP BY s.position, s."rosterYear", s."idHash"
    QUALIFY row_number() OVER (PARTITION BY s."rosterYear", s."idHash" ORDER BY s.position) = 1`);
}

/** A person who gets a second number: on the same roster, or after rosters that had none for them. */
async function findRenumbered(c: Connection): Promise<void> {
  await c.run(`
    INSERT INTO roster_named
    WITH new AS (
      SELECT s.position, s."rosterYear" AS year, s."workerId" AS number, s."idHash" AS hash
      FROM roster_stage s ANTI JOIN workers own ON own."rosterYear" = s."rosterYear" AND own."workerId" = s."workerId"
      WHERE s."idHash" IS NOT NULL
    ),
    met AS (
      SELECT n.position, 'double' AS what, n.number, min(t."workerId") AS other
      FROM new n JOIN workers t ON t."rosterYear" = n.year AND t."idHash" = n.hash AND t."workerId" <> n.number GROUP BY ALL
      UNION ALL
      SELECT n.position, 'before', n.number, min(t."workerId")
      FROM new n JOIN workers t ON t."idHash" = n.hash AND t."rosterYear" <> n.year AND t."workerId" <> n.number AND ${isDerived("t")}
      GROUP BY ALL
    )
    SELECT m.* FROM met m ANTI JOIN roster_named r ON r.position = m.position`);
}

const rename = (c: Connection) =>
  c.run(`UPDATE roster_stage SET "workerId" = n.becomes FROM roster_named n
    WHERE n.position = roster_stage.position AND n.what IN ('taken', 'kept')`);

function say(row: NamedRow): Said {
  const { what, becomes, other, year } = row;
  const cells = ["workerId", "idNumber"];
  switch (what) {
    case "taken":
      return {
        ...{ code: "worker-id-taken", taken: becomes, once: true, cells },
        zh: "人员编号为空：按身份证号在人员名册中找到",
        en: "the worker number is empty: found in the rosters by the identity number",
      };
    case "derived":
      return {
        ...{ code: "worker-id-derived", taken: becomes, once: true, cells },
        zh: "人员编号为空，人员名册中也没有此人的编号：按身份证号编为人员编号",
        en: "the worker number is empty and no roster has one of this person: one was made of the identity number",
      };
    case "twice":
      return {
        ...{ code: "duplicate-worker", rejected: true, cells },
        zh: `人员编号为空；按身份证号或人员名册与第 ${other} 行（人员编号 ${becomes}）重复，只录入该行`,
        en: `the worker number is empty, and row ${other} (worker ${becomes}) is about the same person; only that row is loaded`,
      };
    case "kept":
      return {
        ...{ code: "worker-id-kept", value: other, taken: becomes, cells },
        zh: `此人在 ${year} 年名册中已按身份证号编为 ${becomes}：更正该行，未采用人员编号 ${other}。要改用人员编号，请先撤销原导入`,
        en: `already on the roster of ${year} as ${becomes}, made of the identity number: that row was corrected and ${other} not taken. To use it, undo the earlier import first`,
      };
    case "before":
      return {
        ...{ code: "worker-id-was-derived", value: becomes, once: true, cells },
        zh: "此人在其他年度的名册中按身份证号编号，与本行的人员编号不同，各年数据不会连在一起：请撤销那次导入，写上人员编号后重新导入",
        en: "other rosters have this person under a number made of the identity number, so the years are not joined: undo that import and repeat it with worker numbers",
      };
    case "double":
      return {
        ...{ code: "id-number-repeated", cells: ["idNumber", "workerId"] },
        zh: `与 ${year} 年名册中人员 ${other} 的身份证号相同，可能是同一人`,
        en: `the same identity number as worker ${other} on the roster of ${year}: the same person twice?`,
      };
  }
}

/** Call inside the transaction that publishes the rows. */
export async function nameWorkers(c: Connection, { run, table }: Staged): Promise<void> {
  await c.run("CREATE TEMP TABLE roster_named (position INTEGER, what VARCHAR, becomes VARCHAR, other VARCHAR)");
  await nameDerived(c);
  await keepDerived(c);
  await rename(c);
  await findRenumbered(c);
  const notes = new StagedNotes(run);
  for await (const row of metRows<NamedRow>(c, "roster_named", table)) notes.add(row, say(row));
  notes.finish();
  await c.run(`DELETE FROM roster_stage WHERE position IN (SELECT position FROM roster_named WHERE what = 'twice')`);
}
