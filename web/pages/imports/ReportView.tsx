import { DownloadOutlined, ExclamationCircleFilled, WarningOutlined } from "@ant-design/icons";
import { Button, Flex, Tag } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import { saveBlob } from "../../api/client.ts";
import type { ImportProblem, ImportReport } from "../../api/types.ts";
import { toCsv } from "../../parts/csv.ts";
import { DataTable } from "../../parts/DataTable.tsx";
import { useWords } from "../../parts/words.ts";

const shownValue = (value: unknown): string =>
  value === null || value === undefined ? "" : typeof value === "string" ? value : JSON.stringify(value);

function Severity({ of }: { readonly of: ImportProblem["severity"] }): JSX.Element {
  const { t } = useTranslation();
  return (
    <span className={of === "error" ? "mark mark-unmet" : "mark mark-unknown"}>
      <span aria-hidden="true">{of === "error" ? <ExclamationCircleFilled /> : <WarningOutlined />}</span>
      {t(`imports.${of}`)}
    </span>
  );
}

function Counts({ report, dryRun }: { readonly report: ImportReport; readonly dryRun: boolean }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const counts = [
    ["rowsRead", t("imports.rowsRead"), report.rowsRead],
    ["rowsLoaded", t(dryRun ? "imports.rowsLoaded" : "imports.rowsLoadedDone"), report.rowsLoaded],
    ["rowsUpdated", t("imports.rowsUpdated"), report.rowsUpdated],
    ["rowsUnchanged", t("imports.rowsUnchanged"), report.rowsUnchanged],
    ["rowsRejected", t("imports.rowsRejected"), report.rowsRejected],
  ] as const;
  return (
    <dl className="report-counts">
      {counts.map(([key, name, value]) => (
        <div key={key}>
          <dt>{name}</dt>
          <dd className="stat-figure" data-testid={`report-${key}`}>
            {words.number(value)}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Unmapped({ report }: { readonly report: ImportReport }): JSX.Element | null {
  const { t } = useTranslation();
  const kinds = [
    [t("imports.unmappedColumns"), report.unmapped.columns],
    [t("imports.unmappedTrades"), report.unmapped.trades],
    [t("imports.unmappedDistricts"), report.unmapped.districts],
  ] as const;
  if (kinds.every(([, names]) => names.length === 0)) return null;
  return (
    <section aria-label={t("imports.unmapped")} data-testid="import-unmapped">
      {kinds
        .filter(([, names]) => names.length > 0)
        .map(([title, names]) => (
          <p key={title}>
            {title}
            {t("common.colon")}
            {names.map((name) => (
              <Tag key={name} variant="outlined">
                {name}
              </Tag>
            ))}
          </p>
        ))}
    </section>
  );
}

/** What an import read, took, refused — and where the file is wrong, by row and column. */
export function ReportView({
  report,
  dryRun,
}: {
  readonly report: ImportReport;
  readonly dryRun: boolean;
}): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const rows = report.problems.map((problem, index) => ({ ...problem, key: index }));
  const save = (): void => {
    const headings = (["row", "column", "value", "severity", "code", "problem"] as const).map((key) =>
      t(`imports.${key}`),
    );
    const lines = report.problems.map((problem) => [
      problem.row,
      problem.column,
      shownValue(problem.value),
      t(`imports.${problem.severity}`),
      problem.code,
      words.say(problem.message),
    ]);
    saveBlob(
      new Blob([toCsv(headings, lines)], { type: "text/csv;charset=utf-8" }),
      `${t("imports.problems")}-${report.file}.csv`,
    );
  };
  return (
    <Flex vertical gap={12}>
      <Counts report={report} dryRun={dryRun} />
      <Unmapped report={report} />
      {rows.length === 0 ? (
        <p>{t("imports.noProblems")}</p>
      ) : (
        <>
          <Flex justify="space-between" align="center">
            <h3 className="card-title">
              {t("imports.problems")} · {t("common.rows", { n: words.number(rows.length) })}
            </h3>
            <Button size="small" icon={<DownloadOutlined />} onClick={save}>
              {t("imports.exportProblems")}
            </Button>
          </Flex>
          {(report.problemsNotListed ?? 0) > 0 && (
            <p className="section-note">
              {t("imports.problemsCapped", {
                listed: words.number(rows.length),
                more: words.number(report.problemsNotListed ?? 0),
              })}
            </p>
          )}
          <DataTable
            label={t("imports.problems")}
            testId="import-problems"
            width={860}
            reserve={120}
            minHeight={260}
            dataSource={rows}
            rowKey="key"
            columns={[
              {
                key: "row",
                title: t("imports.row"),
                dataIndex: "row",
                width: 80,
                sorter: (a, b) => (a.row ?? 0) - (b.row ?? 0),
              },
              { key: "column", title: t("imports.column"), dataIndex: "column", width: 150, ellipsis: true },
              {
                key: "value",
                title: t("imports.value"),
                width: 150,
                ellipsis: true,
                render: (_, row) => <span title={shownValue(row.value)}>{shownValue(row.value)}</span>,
              },
              {
                key: "severity",
                title: t("imports.severity"),
                width: 90,
                sorter: (a, b) => a.severity.localeCompare(b.severity),
                render: (_, row) => <Severity of={row.severity} />,
              },
              {
                key: "message",
                title: t("imports.problem"),
                width: 390,
                render: (_, row) => (
                  <span>
                    {words.say(row.message)} <span className="muted">{row.code}</span>
                  </span>
                ),
              },
            ]}
          />
        </>
      )}
    </Flex>
  );
}
