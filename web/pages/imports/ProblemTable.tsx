import { ClearOutlined } from "@ant-design/icons";
import { Button, Input, Segmented, Select } from "antd";
import { type JSX, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { ImportReport, RosterProblem } from "../../api/import-types.ts";
import { columnWidth } from "../../parts/column-width.ts";
import { DataTable } from "../../parts/DataTable.tsx";
import { SeverityMark } from "../../parts/SeverityMark.tsx";
import { useWords } from "../../parts/words.ts";
import { filterProblems, isNarrowed, type ProblemFilter, placeOf } from "./problems.ts";
import { useCodeName } from "./use-code-name.ts";

interface Row extends RosterProblem {
  /** Position in the order of the file. */
  readonly at: number;
}

function Filters({
  report,
  filter,
  onChange,
}: {
  readonly report: ImportReport;
  readonly filter: ProblemFilter;
  readonly onChange: (change: Partial<ProblemFilter>) => void;
}): JSX.Element {
  const { t } = useTranslation();
  const codeName = useCodeName();
  const codes = [...new Set(report.counts.map(({ code }) => code))];
  const units = [...new Set(report.problems.map(({ unit = "" }) => unit))].sort();
  return (
    <search className="problem-filters" aria-label={t("importing.problems.filter")}>
      <Segmented<ProblemFilter["severity"]>
        aria-label={t("imports.severity")}
        data-testid="problem-severity"
        value={filter.severity}
        onChange={(severity) => onChange({ severity })}
        options={[
          { value: "" as const, label: t("importing.problems.all") },
          { value: "error" as const, label: t("imports.error") },
          { value: "warning" as const, label: t("imports.warning") },
        ]}
      />
      <Select<string>
        aria-label={t("importing.problems.code")}
        data-testid="problem-code"
        value={filter.code}
        style={{ width: 160 }}
        popupMatchSelectWidth={280}
        onChange={(code) => onChange({ code })}
        options={[
          { value: "", label: t("importing.problems.everyCode") },
          ...codes.map((code) => ({ value: code, label: codeName(code) })),
        ]}
      />
      <Select<string>
        aria-label={t("importing.problems.unit")}
        data-testid="problem-unit"
        showSearch={{ optionFilterProp: "label" }}
        allowClear
        placeholder={t("importing.problems.everyUnit")}
        value={filter.unit ?? null}
        style={{ width: 160 }}
        popupMatchSelectWidth={280}
        onChange={(unit: string | undefined) => onChange({ unit })}
        options={units.map((unit) => ({ value: unit, label: unit === "" ? t("importing.problems.noUnit") : unit }))}
      />
      <Input.Search
        allowClear
        aria-label={t("importing.problems.find")}
        placeholder={t("importing.problems.search")}
        data-testid="problem-search"
        style={{ width: 180 }}
        value={filter.q}
        onChange={({ target }) => onChange({ q: target.value })}
      />
      {isNarrowed(filter) && (
        <Button
          type="text"
          icon={<ClearOutlined />}
          onClick={() => onChange({ severity: "", code: "", unit: undefined, q: "" })}
        >
          {t("filters.reset")}
        </Button>
      )}
    </search>
  );
}

/** Every problem by its cell: what stood there, what was taken, and why. */
export function ProblemTable({
  report,
  filter,
  onChange,
}: {
  readonly report: ImportReport;
  readonly filter: ProblemFilter;
  readonly onChange: (change: Partial<ProblemFilter>) => void;
}): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const codeName = useCodeName();
  const all = useMemo<readonly Row[]>(() => report.problems.map((problem, at) => ({ ...problem, at })), [report]);
  const rows = useMemo(() => filterProblems(all, filter) as Row[], [all, filter]);
  const px = (width: number): number => columnWidth(words.language, width);
  const widths = [px(104), px(96), 108, 96, px(70), 272, 120];
  const [place, column, value, taken, severity, message, unit] = widths;
  return (
    <section aria-label={t("imports.problems")}>
      <Filters report={report} filter={filter} onChange={onChange} />
      <p className="section-note" role="status" data-testid="problems-shown">
        {rows.length === all.length
          ? t("common.rows", { n: words.number(all.length) })
          : t("quota.shown", { shown: words.number(rows.length), total: words.number(all.length) })}
        {report.problemsNotListed > 0 &&
          ` · ${t("importing.problems.capped", { more: words.number(report.problemsNotListed) })}`}
      </p>
      <DataTable<Row>
        label={t("imports.problems")}
        testId="import-problems"
        width={widths.reduce((sum, one) => sum + one, 0)}
        reserve={130}
        minHeight={520}
        dataSource={rows}
        rowKey="at"
        columns={[
          {
            key: "place",
            title: t("importing.problems.cell"),
            width: place ?? 0,
            sorter: (a, b) => a.at - b.at,
            render: (_, row) => (
              <span className="cell-address" title={placeOf(row, 60)}>
                {placeOf(row, 3) || t("importing.problems.wholeFile")}
              </span>
            ),
          },
          { key: "column", title: t("imports.column"), dataIndex: "column", width: column ?? 0 },
          {
            key: "value",
            title: t("imports.value"),
            width: value ?? 0,
            render: (_, row) => <span className="raw-value">{row.value}</span>,
          },
          {
            key: "taken",
            title: t("importing.problems.taken"),
            width: taken ?? 0,
            render: (_, row) => <span className="raw-value">{row.taken}</span>,
          },
          {
            key: "severity",
            title: t("imports.severity"),
            width: severity ?? 0,
            render: (_, row) => <SeverityMark of={row.severity} />,
          },
          {
            key: "message",
            title: t("imports.problem"),
            width: message ?? 0,
            render: (_, row) => <span title={codeName(row.code)}>{words.say(row.message)}</span>,
          },
          { key: "unit", title: t("people.unit"), dataIndex: "unit", width: unit ?? 0 },
        ]}
      />
    </section>
  );
}
