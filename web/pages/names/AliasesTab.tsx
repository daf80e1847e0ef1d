import { PlusOutlined } from "@ant-design/icons";
import { Button, Card, Empty, Flex, Popconfirm, Segmented, Table, Tag } from "antd";
import { type JSX, useState } from "react";
import { useTranslation } from "react-i18next";
import { Loaded } from "../../parts/States.tsx";
import { useWords } from "../../parts/words.ts";
import { type AliasDraft, AliasForm } from "./AliasForm.tsx";
import { deleteAlias, type ListedAlias, putAlias, useAliases } from "./api.ts";
import { type Announce, useAttempt } from "./Notice.tsx";
import { chosen, holds } from "./names-state.ts";
import { Origin } from "./Origin.tsx";
import { SearchBox } from "./SearchBox.tsx";
import { Unmapped } from "./Unmapped.tsx";
import { useNames } from "./use-names.ts";

const shows = ["all", "own", "product"] as const;
type Show = (typeof shows)[number];

const isShown: Record<Show, (alias: ListedAlias) => boolean> = {
  all: () => true,
  own: ({ who }) => who !== null,
  product: ({ who }) => who === null,
};

function Aliases({
  aliases,
  announce,
  onEdit,
}: {
  readonly aliases: readonly ListedAlias[];
  readonly announce: Announce;
  readonly onEdit: (draft: AliasDraft) => void;
}): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const { q, show: wanted } = useNames();
  const show = chosen(shows, wanted);
  const attempt = useAttempt(announce);
  const remove = (alias: ListedAlias): Promise<void> =>
    attempt(async () => {
      await deleteAlias(alias.alias);
      return { text: t("names.done.aliasDeleted", { alias: alias.alias }), undo: () => putAlias(alias) };
    });
  return (
    <Table<ListedAlias>
      size="small"
      rowKey="alias"
      aria-label={t("names.aliases.list")}
      data-testid="aliases"
      dataSource={aliases.filter((one) => isShown[show](one) && holds(q, one.alias, one.trade))}
      pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
      showSorterTooltip={false}
      locale={{
        emptyText: (
          <Empty
            image={Empty.PRESENTED_IMAGE_SIMPLE}
            description={q === "" ? t("names.aliases.empty") : t("names.noMatch", { q })}
          />
        ),
      }}
      columns={[
        {
          key: "alias",
          title: t("names.aliases.alias"),
          dataIndex: "alias",
          sorter: (a, b) => a.alias.localeCompare(b.alias, "zh-CN"),
        },
        {
          key: "trade",
          title: t("names.aliases.trade"),
          width: 180,
          render: (_, { trade }) => trade ?? <span className="muted">{t("names.aliases.noTrade")}</span>,
        },
        {
          key: "since",
          title: t("names.since"),
          width: 100,
          render: (_, { since }) =>
            since === null ? <span className="muted">{t("names.always")}</span> : t("names.year", { year: since }),
        },
        {
          key: "rows",
          title: t("names.rows"),
          align: "right",
          width: 90,
          sorter: (a, b) => a.rows - b.rows,
          render: (_, { rows }) => <span className="number">{words.number(rows)}</span>,
        },
        {
          key: "source",
          title: t("names.source"),
          width: 250,
          render: (_, { source, confidence, who }) => (
            <>
              {who !== null && source}
              <Tag variant="outlined" className={who === null ? "" : "small-tag"}>
                {t(`names.aliases.confidences.${confidence}`)}
              </Tag>
            </>
          ),
        },
        { key: "who", title: t("names.who"), width: 170, render: (_, row) => <Origin {...row} /> },
        {
          key: "actions",
          title: t("names.actions"),
          width: 140,
          render: (_, row) => (
            <Flex gap={4}>
              <Button
                size="small"
                aria-label={t("names.editOf", { name: row.alias })}
                onClick={() => onEdit({ before: row, rows: row.rows })}
                data-testid="edit"
              >
                {t("names.edit")}
              </Button>
              {row.who !== null && (
                <Popconfirm
                  title={t("names.aliases.deleteTitle")}
                  description={t("names.aliases.deleteText")}
                  okText={t("names.remove")}
                  cancelText={t("names.cancel")}
                  onConfirm={() => remove(row)}
                >
                  <Button
                    size="small"
                    type="text"
                    danger
                    aria-label={t("names.removeOf", { name: row.alias })}
                    data-testid="remove"
                  >
                    {t("names.remove")}
                  </Button>
                </Popconfirm>
              )}
            </Flex>
          ),
        },
      ]}
    />
  );
}

/** 工种对照: which names stand for which trades. */
export function AliasesTab({ announce }: { readonly announce: Announce }): JSX.Element {
  const { t } = useTranslation();
  const { q, show, change } = useNames();
  const aliases = useAliases();
  const [draft, setDraft] = useState<AliasDraft | undefined>(undefined);
  return (
    <Flex vertical gap={12}>
      <p className="names-note">{t("names.aliases.note")}</p>
      <Flex gap="8px 16px" wrap align="center">
        <SearchBox label={t("names.aliases.search")} />
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setDraft({})} data-testid="add-alias">
          {t("names.aliases.add")}
        </Button>
      </Flex>
      <Unmapped
        q={q}
        announce={announce}
        onOther={({ tradeRaw, suggestion, rows }) =>
          setDraft({ alias: tradeRaw, rows, ...(suggestion === null ? {} : { trade: suggestion }) })
        }
      />
      <Card
        size="small"
        className="section-card"
        title={<h2 className="card-title">{t("names.aliases.list")}</h2>}
        extra={
          <Segmented<Show>
            size="small"
            aria-label={t("names.aliases.show")}
            value={chosen(shows, show)}
            options={shows.map((value) => ({ value, label: t(`names.aliases.shows.${value}`) }))}
            onChange={(value) => change({ show: value === "all" ? "" : value })}
          />
        }
      >
        <p className="section-note">{t("names.aliases.productHint")}</p>
        <Loaded query={aliases}>{(rows) => <Aliases aliases={rows} announce={announce} onEdit={setDraft} />}</Loaded>
      </Card>
      <AliasForm draft={draft} known={aliases.data ?? []} announce={announce} onClose={() => setDraft(undefined)} />
    </Flex>
  );
}
