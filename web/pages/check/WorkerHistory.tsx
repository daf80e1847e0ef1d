import { Card, Table } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import { type Module, modules, type WorkerRecord } from "../../api/types.ts";
import { useWords } from "../../parts/words.ts";

const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
const isModule = (value: unknown): value is Module => modules.some((one) => one === value);

/** How the worker stood on every roster, and every application. */
export function WorkerHistory({ record }: { readonly record: WorkerRecord }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const dash = t("common.dash");
  return (
    <div className="history">
      <Card size="small" title={<h2 className="card-title">{t("check.history")}</h2>}>
        <Table
          size="small"
          pagination={false}
          dataSource={[...record.history].sort((a, b) => b.rosterYear - a.rosterYear)}
          rowKey="rosterYear"
          columns={[
            { title: t("check.rosterYear"), dataIndex: "rosterYear", width: 60 },
            { title: t("people.presentLevel"), render: (_, row) => words.level(row.level), width: 104 },
            {
              title: t("people.trade"),
              render: (_, row) => row.trade ?? t("common.noTrade"),
              width: 124,
              ellipsis: true,
            },
            {
              title: t("people.unit"),
              render: (_, row) => text((row as unknown as Record<string, unknown>).unitName) ?? row.unit,
            },
          ]}
        />
      </Card>
      <Card size="small" title={<h2 className="card-title">{t("check.applications")}</h2>}>
        <Table
          size="small"
          pagination={false}
          dataSource={[...record.applications].sort((a, b) => Number(b.examYear) - Number(a.examYear))}
          rowKey={(row) => `${row.examYear}|${row.targetLevel}`}
          locale={{ emptyText: t("common.none") }}
          columns={[
            { title: t("check.rosterYear"), dataIndex: "examYear", width: 60 },
            { title: t("filters.level"), render: (_, row) => words.level(text(row.targetLevel)) },
            {
              title: t("people.module"),
              render: (_, row) => (isModule(row.module) ? t(`module.${row.module}`) : dash),
            },
            {
              title: t("people.result"),
              render: (_, row) => {
                const code = text(row.result);
                return code ? words.result(code) : dash;
              },
            },
          ]}
        />
      </Card>
    </div>
  );
}
