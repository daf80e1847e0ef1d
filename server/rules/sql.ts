/**
 * One rulebook level in one exam year → one SELECT over a relation with fact columns (`columns.ts`), a row per worker:
 *
 *   <key columns>, decision, planning (0 ineligible, 1 undetermined, 2 eligible), module (position in `modules`, null unless
 *   eligible), unmet, unknown, blocking (masks: bit n is condition n of the bound level), "pathwaysMet", "pathwaysUnknown"
 *   (masks: bit n is pathway n).
 *
 * Outcomes are 0 unmet, 1 unknown, 2 met, 3 does not apply, so that "all" is least() and "any" greatest().
 */
import type { BoundCondition, BoundLevel, BoundPathway } from "./bind.ts";
import { modules } from "./rulebook.ts";

const outcomeOf = (item: BoundCondition) => `c${item.bit}`;
const planOf = (item: BoundCondition) => (item.term.planSql === item.term.sql ? `c${item.bit}` : `p${item.bit}`);
const least = (columns: readonly string[]) =>
  columns.length === 1 ? (columns[0] ?? "2") : `least(${columns.join(", ")})`;
const greatest = (columns: readonly string[]) =>
  columns.length === 1 ? (columns[0] ?? "0") : `greatest(${columns.join(", ")})`;

const counted = (pathway: BoundPathway) =>
  pathway.conditions.filter((item) => !item.condition.advisory && !pathway.waived.has(item.condition.id));

/** Sum of a bit per true test; a sum of CASEs is quicker than shifts and ors. */
const mask = (tests: readonly (readonly [number, string])[]) =>
  tests.length === 0
    ? "0::UBIGINT"
    : tests
        .map(([bit, test]) => `CASE WHEN ${test} THEN ${2n ** BigInt(bit)}::UBIGINT ELSE 0::UBIGINT END`)
        .join(" + ");

/** Which conditions of a pathway count against it, as a mask. */
const pathwayMask = (pathway: BoundPathway) =>
  counted(pathway).reduce((bits, item) => bits | (1n << BigInt(item.bit)), 0n);

/** SQL for one bound level. `relation` is a table name or a parenthesised SELECT; `keys` are its columns to carry along. */
export function maskSelect(bound: BoundLevel, relation: string, keys: readonly string[]): string {
  const { conditions, pathways } = bound;
  const keyList = keys.map((key) => `"${key}"`).join(", ");
  const early = conditions.filter((item) => item.noneMet === undefined);
  const late = conditions.filter((item) => item.noneMet !== undefined);
  const isLate = (pathway: BoundPathway) => pathway.conditions.some((item) => item.noneMet !== undefined);

  const conditionColumns = early.flatMap((item) => [
    `(${item.term.sql})::UTINYINT AS c${item.bit}`,
    ...(item.term.planSql === item.term.sql ? [] : [`(${item.term.planSql})::UTINYINT AS p${item.bit}`]),
  ]);
  // least() over conditions that do not apply would be 3: cap at met.
  const pathwayColumns = (late: boolean) =>
    pathways.flatMap((pathway, index) =>
      isLate(pathway) === late
        ? [
            `least(2::UTINYINT, ${least(counted(pathway).map(outcomeOf))}) AS w${index}`,
            `least(2::UTINYINT, ${least(counted(pathway).map(planOf))}) AS v${index}`,
          ]
        : [],
    );
  const lateColumns = late.flatMap((item) => {
    const of = pathways.flatMap((pathway, index) => (pathway.module === item.noneMet ? [index] : []));
    return [
      `(2::UTINYINT - ${greatest(of.map((index) => `w${index}`))})::UTINYINT AS c${item.bit}`,
      `(2::UTINYINT - ${greatest(of.map((index) => `v${index}`))})::UTINYINT AS p${item.bit}`,
    ];
  });
  const all = pathways.map((_, index) => index);
  const unmetTests = conditions.map((item) => [item.bit, `c${item.bit} = 0`] as const);
  const unknownTests = conditions.map((item) => [item.bit, `c${item.bit} = 1`] as const);
  const distance = (pathway: BoundPathway) => {
    const count = `bit_count(unmet & ${pathwayMask(pathway)}::UBIGINT)`;
    // A pathway whose door is shut comes after every open one.
    return pathway.door ? `${count} + CASE WHEN c${pathway.door.bit} = 0 THEN 64 ELSE 0 END` : count;
  };
  const nearest = pathways.map((pathway) => `(${distance(pathway)})`);
  const blocking = pathways
    .map((pathway, index) => `WHEN d${index} THEN unmet & ${pathwayMask(pathway)}::UBIGINT`)
    .join(" ");
  const moduleCases = modules
    .map((module, position) => {
      const of = pathways.flatMap((pathway, index) => (pathway.module === module ? [index] : []));
      return of.length > 0 ? `WHEN ${of.map((index) => `w${index} = 2`).join(" OR ")} THEN ${position}` : "";
    })
    .filter((text) => text !== "")
    .join(" ");

  return `
SELECT ${keyList}, decision, planning, module, unmet, "unknown",
  CASE WHEN decision = 0 THEN CASE ${least(all.map((index) => `d${index}`))} ${blocking} END ELSE 0::UBIGINT END AS blocking,
  "pathwaysMet", "pathwaysUnknown"
FROM (
  SELECT *, ${nearest.map((text, index) => `${text} AS d${index}`).join(", ")}
  FROM (
    SELECT ${keyList},
      ${greatest(all.map((index) => `w${index}`))} AS decision,
      ${greatest(all.map((index) => `v${index}`))} AS planning,
      CASE ${moduleCases} END AS module,
      ${mask(unmetTests)} AS unmet,
      ${mask(unknownTests)} AS "unknown",
      ${mask(all.map((index) => [index, `w${index} = 2`] as const))} AS "pathwaysMet",
      ${mask(all.map((index) => [index, `w${index} = 1`] as const))} AS "pathwaysUnknown",
      ${
        pathways
          .flatMap((pathway) => (pathway.door ? [`c${pathway.door.bit}`] : []))
          .filter((one, index, list) => list.indexOf(one) === index)
          .join(", ") || "0 AS no_door"
      }
    FROM (
      SELECT *${["", ...pathwayColumns(true)].join(", ")}
      FROM (
        SELECT *${["", ...lateColumns].join(", ")}
        FROM (
          SELECT *, ${pathwayColumns(false).join(", ")}
          FROM (
            SELECT ${keyList}, ${conditionColumns.join(", ")}
            FROM ${relation}
          )
        )
      )
    )
  )
)`;
}

/** Bits → ids of conditions (relieved variants share the id), in order, each once. */
export function conditionIds(bound: BoundLevel, bits: bigint): string[] {
  const ids = bound.conditions.filter((item) => (bits >> BigInt(item.bit)) & 1n).map((item) => item.condition.id);
  return [...new Set(ids)];
}
