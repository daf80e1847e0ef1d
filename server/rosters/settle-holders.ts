/** Rows of workers that meet a stored row under their key: the same person with news, or another person with the same number? */
import type { Connection } from "../store/index.ts";
import { type MetRow, metRows, type Said, StagedNotes } from "./settle-notes.ts";
import type { Staged } from "./stage-rows.ts";
import type { StageTable } from "./stage-table.ts";

interface HeldRow extends MetRow {
  /** identity, birth and unit say that it is somebody else; name and moved that only this differs. */
  readonly what: "identity" | "birth" | "unit" | "name" | "moved";
  readonly ownName: string | null;
  readonly ownUnit: string | null;
}

const others = `('identity', 'birth', 'unit')`;

const plain = (text: string) => `regexp_replace(lower(${text}), '[\\s·•.]', '', 'g')`;

/**
 * Numbers are often counted anew in every unit's list, so the same number in the same year may be another person, whose row must not go
 * for it. Two identity numbers tell for sure; where one is unknown, two names with two dates of birth or two units do. One of them
 * alone is a new name or a move.
 */
async function meet(c: Connection, { filled }: StageTable): Promise<void> {
  const staged = (name: string, type = "VARCHAR") =>
    filled.some((column) => column.name === name) ? `s."${name}"` : `NULL::${type}`;
  const [idHash, name, unit] = [staged("idHash"), staged("name"), staged("unit")];
  const [from, to] = [staged("birthDateFrom", "DATE"), staged("birthDateTo", "DATE")];
  await c.run(`
    CREATE TEMP TABLE roster_met AS
    WITH met AS (
      SELECT s.position, t.name AS "ownName", t.unit AS "ownUnit",
        coalesce(${idHash} <> t."idHash", false) AS identity,
        ${idHash} IS NULL OR t."idHash" IS NULL AS unknown,
        coalesce(${plain(name)} <> ${plain("t.name")}, false) AS name,
        coalesce(${plain(unit)} <> ${plain("t.unit")}, false) AS unit,
        coalesce(${from} > t."birthDateTo" OR ${to} < t."birthDateFrom", false) AS birth
      FROM roster_stage s JOIN workers t ON t."rosterYear" = s."rosterYear" AND t."workerId" = s."workerId"
      WHERE s."rowHash" IS DISTINCT FROM t."rowHash"
    )
    SELECT position, "ownName", "ownUnit",
      CASE WHEN identity THEN 'identity' WHEN unknown AND name AND birth THEN 'birth' WHEN unknown AND name AND unit THEN 'unit'
        WHEN name THEN 'name' ELSE 'moved' END AS what
    FROM met WHERE identity OR name OR unit`);
}

const differing = {
  identity: ["身份证号不同", "another identity number"],
  birth: ["姓名和出生日期都不同", "another name and date of birth"],
  unit: ["姓名和单位都不同", "another name and unit"],
} as const;

function say({ what, year, workerId, name, unit, ownName, ownUnit }: HeldRow): Said {
  if (what === "name") {
    return {
      ...{ code: "worker-name-differs", value: name, cells: ["name"] },
      zh: `人员编号 ${workerId} 在 ${year} 年名册中的姓名是“${ownName}”：按本行更新，请核对是否同一人`,
      en: `worker ${workerId} is "${ownName}" on the roster of ${year}: updated, is it the same person?`,
    };
  }
  if (what === "moved") {
    return {
      ...{ code: "worker-unit-differs", value: unit, cells: ["unit"] },
      zh: `人员编号 ${workerId} 在 ${year} 年名册中的单位是“${ownUnit}”：按本行更新，请核对`,
      en: `worker ${workerId} is in "${ownUnit}" on the roster of ${year}: updated`,
    };
  }
  const [zh, en] = differing[what];
  // Without the identity number, name and unit speak for the person, so a correction of it needs no undo.
  const [zhCorrect, enCorrect] =
    what === "identity"
      ? [
          "如确为同一人更正身份证号，请先撤销原导入，或先将该行身份证号留空导入一次再更正",
          "if it is the same person with a corrected identity number, undo the earlier import first, or import the row once without the number",
        ]
      : ["如确为同一人，请先撤销原导入", "if it is the same person, undo the earlier import first"];
  return {
    ...{ code: "worker-id-taken-by-other", value: workerId, rejected: true, cells: ["workerId", "idNumber"] },
    zh: `人员编号 ${workerId} 在 ${year} 年名册中已属于另一人（${zh}；单位 ${ownUnit}），该行未录入。${zhCorrect}`,
    en: `worker number ${workerId} belongs to somebody else on the roster of ${year} (${en}; unit ${ownUnit}); the row was not loaded: ${enCorrect}`,
  };
}

/** Call inside the transaction that publishes the rows, when they have their numbers. */
export async function checkHolders(c: Connection, { run, table }: Staged): Promise<void> {
  await meet(c, table);
  const notes = new StagedNotes(run);
  for await (const row of metRows<HeldRow>(c, "roster_met", table)) notes.add(row, say(row));
  await c.run(`DELETE FROM roster_stage WHERE position IN (SELECT position FROM roster_met WHERE what IN ${others})`);
}
