/** Two roster years beside each other: how many joined, left, retired, were promoted, moved; and who. */
import type { Scope } from "../access/scope.ts";
import { badInput, type Message } from "../errors.ts";
import { decodeDate } from "../rules/columns.ts";
import { formatMonth, retirementSchedules } from "../rules/retirement.ts";
import { type Connection, namedQuery, type Params, type Row } from "../store/index.ts";
import { examYears, notAmong, placeParameters } from "../tables/filters.ts";
import { type Grouping, groupColumns, orderBy } from "../tables/grouping.ts";
import type { Statement } from "../tables/tables.ts";
import { changeColumns, changeKinds } from "./change-kinds.ts";
import { wordsOf } from "./code-words.ts";

export interface ChangesRequest {
  /** Roster years, 31 December; `from` lies before `to`. */
  readonly from: number;
  readonly to: number;
  readonly district?: string | undefined;
  /** Unit code, of the unit as it is called in the later year. */
  readonly unit?: string | undefined;
  readonly scope: Scope;
}

/** Groupings of questions about rosters alone. */
export const placeGroupings = ["district", "unit"] as const satisfies readonly Grouping[];

/** Refuses what a roster question cannot be grouped by. */
export function checkPlaces(by: readonly Grouping[]): void {
  const other = by.find((name) => !placeGroupings.some((one) => one === name));
  if (other !== undefined) notAmong("by", "分组", other, placeGroupings);
}

/** The years there are rosters of, ascending. */
export const rosterYears = async (c: Connection): Promise<number[]> => (await examYears(c)).map((year) => year - 1);

async function parameters(c: Connection, request: ChangesRequest): Promise<Params> {
  const { from, to } = request;
  const years = await rosterYears(c);
  if (!years.includes(from)) notAmong("from", "名册年度", from, years);
  if (!years.includes(to)) notAmong("to", "名册年度", to, years);
  if (from >= to) {
    throw badInput(`起始年度 ${from} 应早于终止年度 ${to}`, `from (${from}) must lie before to (${to})`, {
      property: "from",
      value: from,
    });
  }
  return { from, to, schedules: JSON.stringify(retirementSchedules), ...(await placeParameters(c, request)) };
}

const compared = (select: string, tail: string) =>
  `SELECT ${select} FROM (${namedQuery("roster-changes")}) AS changes ${tail}`;

/** Counts of people by what became of them; see queries/roster-changes.sql. Throws bad-input. */
export async function changesTable(
  c: Connection,
  request: ChangesRequest & { readonly by: readonly Grouping[] },
): Promise<Statement> {
  const { by } = request;
  checkPlaces(by);
  const params = await parameters(c, request);
  const keys = groupColumns(by);
  const quoted = keys.map((key) => `"${key}"`);
  const counts = changeColumns.map(
    (kind) => `(count(*) FILTER (list_contains(kinds, '${kind}')))::INTEGER AS "${kind}"`,
  );
  const select = [...quoted, '$from::INTEGER AS "from"', '$to::INTEGER AS "to"', ...counts].join(", ");
  const tail = by.length === 0 ? "" : `GROUP BY ${quoted.join(", ")} ORDER BY ${orderBy(by)}`;
  return { sql: compared(select, tail), params, columns: [...keys, "from", "to", ...changeColumns] };
}

/** An impossible change with both values. */
export interface ChangeFound {
  readonly code: string;
  readonly was: string;
  readonly now: string;
  readonly message: Message;
}

/** What differs in an impossible change, by the column of either roster. */
const fieldOf: Readonly<Record<string, string>> = {
  birthDateMoved: "BirthDate",
  sexChanged: "Sex",
  levelFell: "Level",
  workStartMoved: "WorkStartedOn",
  levelDateEarlier: "LevelObtainedOn",
  levelDateTooEarly: "LevelObtainedOn",
  educationFell: "Education",
};

const text = (row: Row, name: string): string | null => {
  const value = row[name];
  return typeof value === "string" ? value : (decodeDate(row[`${name}From`], row[`${name}To`]) ?? null);
};

function changesFound(row: Row, kinds: readonly string[]): ChangeFound[] {
  return changeKinds.flatMap(({ kind, impossible, label }) => {
    if (!impossible || !kinds.includes(kind)) return [];
    const field = fieldOf[kind];
    // identity numbers are shown nowhere
    const [was, now] = field ? [text(row, `before${field}`) ?? "", text(row, `after${field}`) ?? ""] : ["", ""];
    const [before, after] = [wordsOf(was), wordsOf(now)];
    const message =
      field === undefined
        ? label
        : { zh: `${label.zh}：${before.zh} → ${after.zh}`, en: `${label.en}: ${before.en} → ${after.en}` };
    return [{ code: kind, was, now, message }];
  });
}

export interface ChangesListRequest extends ChangesRequest {
  /** A count of the table. */
  readonly kind: string;
  /** Part of the name, the worker number or the unit. */
  readonly q?: string | undefined;
  readonly limit: number;
  readonly offset: number;
}

const listed = ["District", "DistrictName", "Unit", "UnitName", "Trade", "Level"] as const;

function person(row: Row): Record<string, unknown> {
  const side = (prefix: "before" | "after", name: "from" | "to", seen: unknown) => ({
    ...Object.fromEntries(
      listed.map((column) => [`${name}${column}`, seen ? (row[`${prefix}${column}`] ?? null) : null]),
    ),
    [`${name}LevelObtainedOn`]: seen ? text(row, `${prefix}LevelObtainedOn`) : null,
  });
  const kinds = (row.kinds as readonly string[]).filter((kind) => !kind.startsWith("workers"));
  const present = row.side === "from" ? "before" : "after";
  const month = row.retirementMonth;
  return {
    workerId: row.workerId,
    workerIdBefore: row.workerIdBefore,
    name: row[`${present}Name`],
    sex: row[`${present}Sex`],
    birthDate: text(row, `${present}BirthDate`),
    side: row.side,
    ...side("before", "from", row.seenBefore),
    ...side("after", "to", row.seenAfter),
    retirementMonth: typeof month === "number" ? formatMonth(month) : null,
    kinds,
    changes: row.seenBefore ? changesFound(row, kinds) : [],
  };
}

/** One page of the people behind a count of the table; `total` is that count. Throws bad-input. */
export async function changedPeople(
  c: Connection,
  request: ChangesListRequest,
): Promise<{ total: number; rows: Record<string, unknown>[] }> {
  const { kind, q, limit, offset } = request;
  if (!changeColumns.includes(kind)) notAmong("kind", "变动类别", kind, changeColumns);
  const params = { ...(await parameters(c, request)), kind, q: q || null };
  const where = `WHERE list_contains(kinds, $kind::VARCHAR) AND (
    $q::VARCHAR IS NULL OR contains("workerId", $q::VARCHAR) OR contains("unitName", $q::VARCHAR)
    OR coalesce(contains(CASE WHEN side = 'from' THEN "beforeName" ELSE "afterName" END, $q::VARCHAR), false))`;
  const [counted] = await c.rows<{ total: number }>(compared("count(*)::INTEGER AS total", where), params);
  const rows = await c.rows(
    compared("*", `${where} ORDER BY district, unit, "workerId" LIMIT $limit::INTEGER OFFSET $offset::INTEGER`),
    { ...params, limit, offset },
  );
  return { total: counted?.total ?? 0, rows: rows.map(person) };
}
