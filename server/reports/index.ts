/** The reports by name, for the command line and the API: asked with filters, answered with the bytes of a workbook. */
import { type Scope, scopeParameter } from "../access/scope.ts";
import { AppError } from "../errors.ts";
import type { RulebookLibrary } from "../rules/rulebook.ts";
import { type Connection, dataVersion, namedQuery } from "../store/index.ts";
import { quotaTable, unknownTrade } from "../tables.ts";
import { type QuotaRow, quotaUseWorkbook } from "./quota-use.ts";

export interface ReportRequest {
  /** Exam year. */
  readonly year: number;
  readonly district?: string | undefined;
  readonly trade?: string | undefined;
  readonly unit?: string | undefined;
  readonly scope: Scope;
}

export interface Report {
  /** File name in Chinese, without year and ending. */
  readonly fileName: string;
  /** The .xlsx file. Throws bad-input for a year or district there is not. */
  build(c: Connection, library: RulebookLibrary, request: ReportRequest, now?: Date): Promise<Uint8Array>;
}

const quotaUse: Report = {
  fileName: "高级技师申报指标使用情况表",
  async build(c, library, request, now = new Date()) {
    const { year, district, trade, unit } = request;
    const scope = scopeParameter(request.scope);
    const table = await quotaTable(c, { ...request, level: "seniorTechnician", by: ["district", "unit", "trade"] });
    const rows = await c.rows<QuotaRow>(table.sql, table.params);
    const books = await c.rows<{ rulebook: string }>(namedQuery("rulebooks-used"), {
      examYear: year,
      level: "seniorTechnician",
      district: district ?? null,
      scope,
    });
    const names =
      district === undefined ? [] : await c.rows<{ name: string }>(namedQuery("district-name"), { district, scope });
    // the title says everything the table was narrowed to
    const tradeName = trade === unknownTrade ? "工种未匹配" : trade;
    const unitName = unit === undefined ? undefined : (rows[0]?.unitName ?? unit);
    const narrowedTo = [names[0]?.name, unitName, tradeName].filter((name) => name !== undefined).join("·") || null;
    const [demonstration] = await c.rows<{ demo: boolean }>(namedQuery("meta-demo"));
    const { version, publishedAt } = await dataVersion(c);
    return quotaUseWorkbook({
      year,
      rosterYear: year - 1,
      districtName: narrowedTo,
      rows,
      dataVersion: version,
      publishedAt,
      rulebooks: books.map(({ rulebook: id }) => {
        const book = library.books.get(id);
        const quota = book?.quota?.level === "seniorTechnician" ? book.quota : null;
        return { id, title: book?.title.zh ?? id, quota };
      }),
      demo: demonstration?.demo === true,
      now,
    });
  },
};

const reports: ReadonlyMap<string, Report> = new Map([["quota-use", quotaUse]]);

/** A report by its name. Throws not-found, listing the names. */
export function findReport(name: string): Report {
  const report = reports.get(name);
  if (report) return report;
  const allowed = [...reports.keys()];
  throw new AppError(
    "not-found",
    { zh: `没有报表 ${name}；可用：${allowed.join("、")}`, en: `no report ${name}; available: ${allowed.join(", ")}` },
    { property: "report", value: name, allowed },
  );
}
