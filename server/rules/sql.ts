/**
 * One rulebook level in one exam year → one SELECT over a relation with fact columns (`columns.ts`), a row per worker:
 *
 *   <key columns>, decision, planning (0 ineligible, 1 undetermined, 2 eligible), module (position in `modules`, null unless
 *   eligible), unmet, "unknown", blocking (masks: bit n is condition n of the bound level), "pathwaysMet", "pathwaysUnknown"
 *   (masks: bit n is pathway n).
 *
 * Every condition contributes one number to a sum, `state`: its bit in the lower half when unmet, in the upper half when unknown,
 * nothing when met or not applicable. A pathway, a decision, a waiver or a near miss is then mask arithmetic on one integer.
 */
import { type BoundCondition, type BoundLevel, type BoundPathway, notListed } from "./bind.ts";
import { unknown } from "./kleene.ts";
import { modules } from "./rulebook.ts";
import type { OutcomeCases } from "./term.ts";

const counted = (pathway: BoundPathway) =>
  pathway.conditions.filter((item) => !item.condition.advisory && !pathway.waived.has(item.condition.id));

/** Which conditions of a pathway count, as a mask. */
const maskOf = (items: readonly BoundCondition[]) => items.reduce((bits, item) => bits | (1n << BigInt(item.bit)), 0n);

const isLate = (item: BoundCondition) => item.noneMet !== undefined;

/** SQL for one bound level. `relation` is a table name or a parenthesised SELECT; `keys` are its columns to carry along. */
export function maskSelect(bound: BoundLevel, relation: string, keys: readonly string[]): string {
  const { conditions, pathways } = bound;
  const half = conditions.length <= 32 ? 32n : 64n;
  const type = half === 32n ? "UBIGINT" : "UHUGEINT";
  const literal = (bits: bigint) => `${bits}::${type}`;
  const lower = literal((1n << half) - 1n);
  const keyList = keys.map((key) => `"${key}"`).join(", ");

  const contribution = (item: BoundCondition, outcome: string, cases?: OutcomeCases) => {
    const bit = 1n << BigInt(item.bit);
    if (cases) {
      const numbers = [literal(bit), literal(bit << half), literal(0n)];
      return `CASE ${cases.map(([test, found]) => `WHEN ${test} THEN ${numbers[found]}`).join(" ")} ELSE ${numbers[unknown]} END`;
    }
    return `CASE ${outcome} WHEN 2 THEN ${literal(0n)} WHEN 0 THEN ${literal(bit)} WHEN ${notListed} THEN ${literal(0n)} ELSE ${literal(bit << half)} END`;
  };
  const sum = (texts: readonly string[]) => (texts.length === 0 ? literal(0n) : texts.join(" + "));
  const early = conditions.filter((item) => !isLate(item));
  const late = conditions.filter(isLate);
  const differing = early.filter((item) => item.term.planSql !== item.term.sql);
  const kept = maskOf(conditions) & ~maskOf(differing);

  /** 0, 1 or 2 of a pathway, from a state. */
  const outcome = (pathway: BoundPathway, state: string) => {
    const bits = maskOf(counted(pathway));
    return `CASE WHEN (${state} & ${literal(bits)}) <> 0 THEN 0 WHEN (${state} & ${literal(bits << half)}) <> 0 THEN 1 ELSE 2 END`;
  };
  const columnsWhere = (wanted: boolean) =>
    pathways.flatMap((pathway, index) =>
      pathway.conditions.some(isLate) === wanted
        ? [`${outcome(pathway, "state")} AS w${index}`, `${outcome(pathway, "plan")} AS v${index}`]
        : [],
    );
  const greatest = (names: readonly string[]) =>
    names.length === 1 ? (names[0] ?? "0") : `greatest(${names.join(", ")})`;
  const all = pathways.map((_, index) => index);
  /** "No pathway of a module is met", decided from the pathways that are decided already. */
  const lateContributions = (prefix: "w" | "v") =>
    late.map((item) => {
      const of = pathways.flatMap((pathway, index) => (pathway.module === item.noneMet ? [`${prefix}${index}`] : []));
      return contribution(item, `2 - ${greatest(of)}`);
    });

  const distances = pathways.map((pathway, index) => {
    const count = `bit_count(state & ${literal(maskOf(counted(pathway)))})`;
    // A pathway whose door is shut comes after every open one.
    const shut = pathway.door
      ? ` + CASE WHEN (state & ${literal(1n << BigInt(pathway.door.bit))}) <> 0 THEN 64 ELSE 0 END`
      : "";
    return `${count}${shut} AS d${index}`;
  });
  const nearest = all.length === 1 ? "d0" : `least(${all.map((index) => `d${index}`).join(", ")})`;
  const blocking = pathways
    .map((pathway, index) => `WHEN d${index} THEN state & ${literal(maskOf(counted(pathway)))}`)
    .join(" ");
  const moduleCases = modules
    .map((module, position) => {
      const of = pathways.flatMap((pathway, index) => (pathway.module === module ? [`w${index} = 2`] : []));
      return of.length > 0 ? `WHEN ${of.join(" OR ")} THEN ${position}` : "";
    })
    .filter((text) => text !== "")
    .join(" ");
  const pathwayMask = (value: number) =>
    all.map((index) => `CASE WHEN w${index} = ${value} THEN ${1 << index} ELSE 0 END`).join(" + ");

  return `
SELECT ${keyList}, decision, planning, module,
  (state & ${lower})::UBIGINT AS unmet, (state >> ${half})::UBIGINT AS "unknown",
  CASE WHEN decision = 0 THEN (CASE ${nearest} ${blocking} END)::UBIGINT ELSE 0::UBIGINT END AS blocking,
  ("pathwaysMet")::UINTEGER AS "pathwaysMet", ("pathwaysUnknown")::UINTEGER AS "pathwaysUnknown"
FROM (
  SELECT ${keyList}, state,
    ${greatest(all.map((index) => `w${index}`))} AS decision,
    ${greatest(all.map((index) => `v${index}`))} AS planning,
    CASE ${moduleCases} END AS module,
    ${pathwayMask(2)} AS "pathwaysMet", ${pathwayMask(1)} AS "pathwaysUnknown",
    ${distances.join(", ")}
  FROM (
    SELECT *${["", ...columnsWhere(true)].join(", ")}
    FROM (
      SELECT * REPLACE (state + ${sum(lateContributions("w"))} AS state, plan + ${sum(lateContributions("v"))} AS plan)
      FROM (
        SELECT *${["", ...columnsWhere(false)].join(", ")}
        FROM (
          SELECT ${keyList}, state, (state & ${literal(kept | (kept << half))}) + changed AS plan
          FROM (
            SELECT ${keyList},
              ${sum(early.map((item) => contribution(item, item.term.sql, item.term.cases)))} AS state,
              ${sum(differing.map((item) => contribution(item, item.term.planSql)))} AS changed
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
