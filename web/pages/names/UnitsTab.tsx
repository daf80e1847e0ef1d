import { PlusOutlined } from "@ant-design/icons";
import { Button, Card, Empty, Flex, Popconfirm, Table } from "antd";
import { type JSX, useState } from "react";
import { useTranslation } from "react-i18next";
import { Loaded } from "../../parts/States.tsx";
import { useWords } from "../../parts/words.ts";
import { deleteUnitChange, type ListedUnitChange, putUnitChange, useUnitChanges } from "./api.ts";
import { type Announce, useAttempt } from "./Notice.tsx";
import { holds } from "./names-state.ts";
import { Origin } from "./Origin.tsx";
import { SearchBox } from "./SearchBox.tsx";
import { type UnitDraft, UnitForm } from "./UnitForm.tsx";
import { UnitSuggestions } from "./UnitSuggestions.tsx";
import { useNames } from "./use-names.ts";

function Changes({
  rows,
  announce,
  onEdit,
}: {
  readonly rows: readonly ListedUnitChange[];
  readonly announce: Announce;
  readonly onEdit: (change: ListedUnitChange) => void;
}): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const { q } = useNames();
  const attempt = useAttempt(announce);
  const remove = (change: ListedUnitChange): Promise<void> =>
    attempt(async () => {
      await deleteUnitChange(change.id);
      return {
        text: t("names.done.unitDeleted", { from: change.fromUnit, to: change.toUnit }),
        undo: () => putUnitChange(change),
      };
    });
  return (
    <Table<ListedUnitChange>
      size="small"
      rowKey="id"
      aria-label={t("names.units.changes")}
      data-testid="unit-changes"
      dataSource={rows.filter((one) => holds(q, one.fromUnit, one.toUnit, one.districtName, one.source))}
      pagination={{ pageSize: 50, hideOnSinglePage: true }}
      locale={{
        emptyText: (
          <Empty
            image={Empty.PRESENTED_IMAGE_SIMPLE}
            description={rows.length === 0 ? t("names.units.empty") : t("names.noMatch", { q })}
          />
        ),
      }}
      columns={[
        { key: "district", title: t("names.units.district"), dataIndex: "districtName", width: 100 },
        {
          key: "change",
          title: t("names.units.change"),
          render: (_, { fromUnit, toUnit }) => `${fromUnit} → ${toUnit}`,
        },
        {
          key: "since",
          title: t("names.units.since"),
          width: 110,
          render: (_, { since }) => t("names.year", { year: since }),
        },
        {
          key: "kind",
          title: t("names.units.kind"),
          width: 84,
          render: (_, { kind }) => t(`names.units.kinds.${kind}`),
        },
        {
          key: "source",
          title: t("names.source"),
          width: 260,
          render: (_, { source, note }) => (
            <>
              <span className="line">{source}</span>
              {note !== null && <span className="muted small">{note}</span>}
            </>
          ),
        },
        { key: "who", title: t("names.who"), width: 160, render: (_, row) => <Origin {...row} /> },
        {
          key: "rows",
          title: <span title={t("names.units.rowsHint")}>{t("names.units.rowsAffected")}</span>,
          align: "right",
          width: 120,
          render: (_, { rowsFrom, rowsTo }) => (
            <span className="number">
              {words.number(rowsFrom)} / {words.number(rowsTo)}
            </span>
          ),
        },
        {
          key: "actions",
          title: t("names.actions"),
          width: 140,
          render: (_, row) => (
            <Flex gap={4}>
              <Button
                size="small"
                aria-label={t("names.editOf", { name: row.fromUnit })}
                onClick={() => onEdit(row)}
                data-testid="edit"
              >
                {t("names.edit")}
              </Button>
              <Popconfirm
                title={t("names.units.deleteTitle")}
                description={t("names.units.deleteText", { from: row.fromUnit })}
                okText={t("names.remove")}
                cancelText={t("names.cancel")}
                onConfirm={() => remove(row)}
              >
                <Button
                  size="small"
                  type="text"
                  danger
                  aria-label={t("names.removeOf", { name: row.fromUnit })}
                  data-testid="remove"
                >
                  {t("names.remove")}
                </Button>
              </Popconfirm>
            </Flex>
          ),
        },
      ]}
    />
  );
}

/** 单位: units renamed or merged, and those that may have been. */
export function UnitsTab({ announce }: { readonly announce: Announce }): JSX.Element {
  const { t } = useTranslation();
  const { q } = useNames();
  const changes = useUnitChanges();
  const [draft, setDraft] = useState<UnitDraft | undefined>(undefined);
  return (
    <Flex vertical gap={12}>
      <p className="names-note">{t("names.units.note")}</p>
      <Flex gap="8px 16px" wrap align="center">
        <SearchBox label={t("names.units.search")} />
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setDraft({ start: {} })} data-testid="add-unit">
          {t("names.units.add")}
        </Button>
      </Flex>
      <UnitSuggestions
        q={q}
        onAdopt={({ district, fromUnit, toUnit, since, kind }) =>
          setDraft({ start: { district, fromUnit, toUnit, since, kind } })
        }
      />
      <Card size="small" className="section-card" title={<h2 className="card-title">{t("names.units.changes")}</h2>}>
        <Loaded query={changes}>
          {(rows) => (
            <Changes rows={rows} announce={announce} onEdit={(before) => setDraft({ start: before, before })} />
          )}
        </Loaded>
      </Card>
      <UnitForm draft={draft} announce={announce} onClose={() => setDraft(undefined)} />
    </Flex>
  );
}
