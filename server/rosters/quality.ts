/** Data quality: a score for each district and unit in each roster year, and the findings behind it. */
import type { Scope } from "../access/scope.ts";
import { type Connection, namedQuery, type Params, type Row } from "../store/index.ts";
import { notAmong, placeParameters } from "../tables/filters.ts";
import { type Grouping, groupColumns, orderBy } from "../tables/grouping.ts";
import type { Statement } from "../tables/tables.ts";
import { codeWords } from "./code-words.ts";
import { checkPlaces, rosterYears } from "./compare.ts";
import { findingCodes, keyFacts } from "./finding-codes.ts";

/**
 * The score of a group, 0…1: 0.6 × the share of its rows without an error + 0.4 × the share of key facts that are known. Errors
 * weigh more, because what is wrong misleads and what is missing only keeps a decision open.
 */
export const scoreWeights = { rowsWithoutError: 0.6, factsKnown: 0.4 } as const;

export interface QualityRequest {
  /** Roster year; absent: every one, a row for each. */
  readonly year?: number | undefined;
  readonly district?: string | undefined;
  /** Unit code. */
  readonly unit?: string | undefined;
  readonly scope: Scope;
}

const capital = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

/** Counts of the table, in order; the score comes last. */
export const qualityCounts: readonly string[] = [
  "workers",
  "errorRows",
  "warningRows",
  "incompleteRows",
  "cleanRows",
  "errors",
  "warnings",
  "factsKnown",
  "factsExpected",
  ...keyFacts.map(({ name }) => `missing${capital(name)}`),
];

async function parameters(c: Connection, request: QualityRequest): Promise<Params> {
  const { year } = request;
  const years = await rosterYears(c);
  if (year !== undefined && !years.includes(year)) notAmong("year", "名册年度", year, years);
  return { year: year ?? null, ...(await placeParameters(c, request)) };
}

/** A row for each group and roster year; see queries/quality.sql. Throws bad-input. */
export async function qualityTable(
  c: Connection,
  request: QualityRequest & { readonly by: readonly Grouping[] },
): Promise<Statement> {
  const { by } = request;
  checkPlaces(by);
  const params = await parameters(c, request);
  const keys = [...groupColumns(by), "rosterYear"];
  const quoted = keys.map((key) => `"${key}"`).join(", ");
  const sum = (name: string) => `coalesce(sum("${name}"), 0)::INTEGER`;
  const { rowsWithoutError, factsKnown } = scoreWeights;
  // divided last, from whole numbers, so that every format says the same
  const score = `CASE WHEN ${sum("workers")} > 0 THEN
    ${rowsWithoutError}::DOUBLE * (${sum("workers")} - ${sum("errorRows")}) / ${sum("workers")}
    + ${factsKnown}::DOUBLE * ${sum("factsKnown")} / ${sum("factsExpected")} END`;
  const figures = qualityCounts.map((name) => `${sum(name)} AS "${name}"`).join(", ");
  const order = [...(by.length > 0 ? [orderBy(by)] : []), '"rosterYear"'].join(", ");
  return {
    sql: `SELECT ${quoted}, ${figures}, ${score} AS score FROM (${namedQuery("quality")}) AS finest GROUP BY ${quoted} ORDER BY ${order}`,
    params,
    columns: [...keys, ...qualityCounts, "score"],
  };
}

export interface FindingsRequest extends QualityRequest {
  readonly code?: string | undefined;
  readonly severity?: "error" | "warning" | undefined;
  /** Part of the name, the worker number or the unit. */
  readonly q?: string | undefined;
}

const listedColumns: readonly string[] =
  "rosterYear code severity about zh en workerId name district districtName unit unitName trade level was now other importId file sheet sourceRow".split(
    " ",
  );

/** The findings, each as a sentence; the newest roster and the gravest first. Throws bad-input. */
export async function findingsTable(c: Connection, request: FindingsRequest): Promise<Statement> {
  const { code, severity, q } = request;
  const known = findingCodes.map((one) => one.code);
  if (code !== undefined && !known.includes(code)) notAmong("code", "存疑类别", code, known);
  const codes = findingCodes.map(({ code: name, about, sentence }, position) => ({
    code: name,
    about,
    position,
    ...sentence,
  }));
  const words = [...codeWords, ...keyFacts.map(({ name, zh, en }) => ({ code: name, zh, en }))];
  return {
    sql: namedQuery("quality-findings"),
    params: {
      ...(await parameters(c, request)),
      code: code ?? null,
      severity: severity ?? null,
      q: q || null,
      codes: JSON.stringify(codes),
      words: JSON.stringify(words),
    },
    columns: listedColumns,
  };
}

/** One page of the findings and how many there are. Throws bad-input. */
export async function findingsList(
  c: Connection,
  { limit, offset, ...request }: FindingsRequest & { readonly limit: number; readonly offset: number },
): Promise<{ total: number; rows: Row[] }> {
  const { sql, params } = await findingsTable(c, request);
  const [counted] = await c.rows<{ total: number }>(
    `SELECT count(*)::INTEGER AS total FROM (${sql}) AS listed`,
    params,
  );
  const rows = await c.rows(`${sql} LIMIT $limit::INTEGER OFFSET $offset::INTEGER`, { ...params, limit, offset });
  return { total: counted?.total ?? 0, rows };
}

/** Every code with its words and how many findings of it there are. Throws bad-input. */
export async function findingCounts(c: Connection, request: QualityRequest): Promise<Record<string, unknown>[]> {
  const { sql, params } = await findingsTable(c, request);
  const counts = await c.rows<{ code: string; findings: number }>(
    `SELECT code, count(*)::INTEGER AS findings FROM (${sql}) AS listed GROUP BY code`,
    params,
  );
  const found = new Map(counts.map(({ code, findings }) => [code, findings]));
  return findingCodes.map(({ code, severity, about, label, explain }) => ({
    code,
    severity,
    about,
    ...label,
    explain,
    findings: found.get(code) ?? 0,
  }));
}
