import { DownloadOutlined } from "@ant-design/icons";
import { Alert, Button, Card, Empty, Flex, Segmented, Select, Typography } from "antd";
import { type JSX, useId } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useSearchParams } from "react-router";
import { saveBlob } from "../../api/client.ts";
import { useUndo } from "../../api/import-hooks.ts";
import type { RosterKind } from "../../api/import-types.ts";
import { useImportHistory } from "../../api/roster-hooks.ts";
import type { ImportEntry } from "../../api/roster-types.ts";
import { toCsv } from "../../parts/csv.ts";
import { PageHeader } from "../../parts/PageHeader.tsx";
import { ErrorState, Loaded } from "../../parts/States.tsx";
import { useWords } from "../../parts/words.ts";
import { changeSearch } from "../../state/roster-search.ts";
import { ImportTabs } from "../imports/ImportTabs.tsx";
import { filterEntries, type HistoryFilter, readEntry, readHistoryFilter, yearsOf } from "./entries.ts";
import { HistoryTable } from "./HistoryTable.tsx";

const figures = [
  ["read", "rowsRead"],
  ["loaded", "rowsLoaded"],
  ["updated", "rowsUpdated"],
  ["unchanged", "rowsUnchanged"],
  ["rejected", "rowsRejected"],
  ["skipped", "rowsSkipped"],
  ["errors", "errors"],
  ["warnings", "warnings"],
] as const;

function ExportButton({ entries }: { readonly entries: readonly ImportEntry[] }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const save = (): void => {
    const headings = [
      ...["No.", t("history.when"), t("history.who"), t("history.action"), t("history.kind"), t("history.year")],
      ...[t("history.file"), "SHA-256", `${t("history.version")} ←`, `${t("history.version")} →`],
      ...figures.map(([name]) => t(`history.${name}`)),
      ...[t("history.undoneByNumber"), t("history.undoesNumber"), t("history.removedRows"), t("history.restoredRows")],
    ];
    const line = (entry: ImportEntry): readonly (string | number | null)[] => [
      ...[entry.id, entry.importedAt, words.who(entry.who), t(`history.actions.${entry.action}`)],
      ...[t(`imports.kinds.${entry.kind}`), entry.years.join(" "), entry.file, entry.sha256],
      ...[entry.versionBefore, entry.version],
      ...figures.map(([, key]) => (entry.action === "undo" ? null : (entry.report[key] ?? null))),
      ...[entry.undoneBy, entry.undoes, entry.report.rowsRemoved ?? null, entry.report.rowsRestored ?? null],
    ];
    const blob = new Blob([toCsv(headings, entries.map(line))], { type: "text/csv;charset=utf-8" });
    saveBlob(blob, `${t("history.exportName")}.csv`);
  };
  return (
    <Button
      icon={<DownloadOutlined />}
      disabled={entries.length === 0}
      onClick={save}
      data-testid="export-history"
      className="no-print"
    >
      {t("rosters.exportCsv")}
    </Button>
  );
}

function Filters({
  entries,
  filter,
  onChange,
}: {
  readonly entries: readonly ImportEntry[];
  readonly filter: HistoryFilter;
  readonly onChange: (change: Partial<HistoryFilter>) => void;
}): JSX.Element {
  const { t } = useTranslation();
  const id = useId();
  return (
    <search aria-label={t("rosters.filters")}>
      <Flex gap="8px 16px" wrap align="center">
        <div className="filter-field" data-testid="history-kind">
          <span id={`${id}-kind`}>{t("history.kind")}</span>
          <Segmented<RosterKind | "">
            aria-labelledby={`${id}-kind`}
            value={filter.kind ?? ""}
            options={[
              { value: "", label: t("history.allKinds") },
              { value: "workers", label: t("imports.kinds.workers") },
              { value: "applications", label: t("imports.kinds.applications") },
            ]}
            onChange={(kind) => onChange({ kind: kind === "" ? undefined : kind })}
          />
        </div>
        <div className="filter-field" data-testid="history-year">
          <label htmlFor={`${id}-year`}>{t("history.year")}</label>
          <Select<number | "">
            id={`${id}-year`}
            value={filter.year ?? ""}
            style={{ width: 130 }}
            options={[
              { value: "", label: t("history.allYears") },
              ...yearsOf(entries).map((year) => ({ value: year, label: t("filters.yearOption", { year }) })),
            ]}
            onChange={(year) => onChange({ year: year === "" ? undefined : year })}
          />
        </div>
      </Flex>
    </search>
  );
}

/** 导入历史: every import and undo, with its report; the newest of a kind can be undone. */
export function HistoryPage(): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams();
  const imports = useImportHistory();
  const undo = useUndo();
  const pointed = readEntry(search);
  const filter = readHistoryFilter(search);
  const isFiltered = filter.kind !== undefined || filter.year !== undefined;
  const shown = filterEntries(imports.data ?? [], filter);
  const change = (made: Partial<HistoryFilter>): void =>
    setSearch(changeSearch(new URLSearchParams(window.location.search), { ...made, entry: undefined }));
  return (
    <>
      <PageHeader
        title={t("history.title")}
        description={t("history.description")}
        actions={<ExportButton entries={shown} />}
      />
      <ImportTabs />
      {undo.data && (
        <Alert
          type="success"
          showIcon
          role="status"
          closable
          className="table-tools"
          data-testid="undo-done"
          title={t("history.done", {
            id: undo.data.undoes,
            removed: words.number(undo.data.rowsRemoved),
            restored: words.number(undo.data.rowsRestored),
            version: undo.data.version,
          })}
        />
      )}
      {undo.error && (
        <div className="table-tools" data-testid="undo-failed">
          <ErrorState error={undo.error} title={t("history.failed")} />
        </div>
      )}
      <Card size="small" className="section-card">
        <Loaded query={imports} rows={8}>
          {(all) => (
            <>
              <Flex justify="space-between" align="center" gap="8px 16px" wrap className="table-tools">
                <Filters entries={all} filter={filter} onChange={change} />
                <Typography.Text type="secondary" data-testid="history-shown">
                  {t("history.shown", { total: words.number(all.length), shown: words.number(shown.length) })}
                </Typography.Text>
              </Flex>
              <HistoryTable
                shown={shown}
                all={all}
                pointed={pointed}
                undoing={undo.isPending ? undo.variables : undefined}
                // Refused: the history has changed since it was shown.
                onUndo={(id) => undo.mutate(id, { onError: () => void imports.refetch() })}
                empty={
                  <Empty
                    image={Empty.PRESENTED_IMAGE_SIMPLE}
                    description={t(isFiltered ? "history.noMatch" : "history.empty")}
                  >
                    {isFiltered ? (
                      <Button onClick={() => change({ kind: undefined, year: undefined })}>{t("history.clear")}</Button>
                    ) : (
                      <Button type="primary" onClick={() => void navigate("/import")}>
                        {t("empty.goImport")}
                      </Button>
                    )}
                  </Empty>
                }
              />
            </>
          )}
        </Loaded>
      </Card>
    </>
  );
}
