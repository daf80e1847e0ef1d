import { Card, Empty, Table } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import { useImports } from "../../api/hooks.ts";
import type { ImportRecord } from "../../api/types.ts";
import { Loaded } from "../../parts/States.tsx";
import { useWords } from "../../parts/words.ts";
import { ReportView } from "./ReportView.tsx";

/** Every import, the newest first; a row opens its report. */
export function History(): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const imports = useImports();
  const count = (key: "rowsRead" | "rowsLoaded" | "rowsUpdated" | "rowsRejected", title: string) => ({
    key,
    title,
    align: "right" as const,
    width: 96,
    render: (_: unknown, row: ImportRecord) => <span className="number">{words.number(row.report[key])}</span>,
  });
  return (
    <Card size="small" className="section-card" title={<h2 className="card-title">{t("imports.history")}</h2>}>
      <Loaded query={imports}>
        {(rows) => (
          <Table<ImportRecord>
            size="small"
            rowKey="id"
            dataSource={rows}
            data-testid="import-history"
            pagination={{ pageSize: 20, hideOnSinglePage: true }}
            locale={{
              emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("imports.historyEmpty")} />,
            }}
            expandable={{
              columnTitle: <span className="visually-hidden">{t("common.details")}</span>,
              expandedRowRender: (row) => <ReportView report={row.report} dryRun={false} />,
            }}
            columns={[
              {
                key: "importedAt",
                title: t("imports.importedAt"),
                width: 190,
                render: (_, row) => words.instant(row.importedAt),
              },
              { key: "kind", title: t("imports.kind"), width: 190, render: (_, row) => t(`imports.kinds.${row.kind}`) },
              { key: "file", title: t("imports.file"), dataIndex: "file", ellipsis: true },
              count("rowsRead", t("imports.rowsRead")),
              count("rowsLoaded", t("imports.rowsLoadedDone")),
              count("rowsUpdated", t("imports.rowsUpdated")),
              count("rowsRejected", t("imports.rowsRejected")),
              { key: "version", title: t("imports.version"), dataIndex: "version", width: 96, align: "right" },
            ]}
          />
        )}
      </Loaded>
    </Card>
  );
}
