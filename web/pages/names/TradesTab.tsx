import { Button, Card, Empty, Flex, Segmented, Table, Typography } from "antd";
import { type JSX, useState } from "react";
import { useTranslation } from "react-i18next";
import { Loaded } from "../../parts/States.tsx";
import { useWords } from "../../parts/words.ts";
import { type ListedTrade, useTrades } from "./api.ts";
import type { Announce } from "./Notice.tsx";
import { chosen, holds } from "./names-state.ts";
import { Origin } from "./Origin.tsx";
import { isOpen, QuotaGround } from "./QuotaGround.tsx";
import { SearchBox } from "./SearchBox.tsx";
import { type TradeAction, TradeDialog, type TradeDraft } from "./TradeDialog.tsx";
import { General, State } from "./TradeMarks.tsx";
import { useNames } from "./use-names.ts";

const shows = ["used", "unconfirmed", "all"] as const;
type Show = (typeof shows)[number];

const isShown: Record<Show, (trade: ListedTrade) => boolean> = {
  used: ({ workers }) => workers > 0,
  unconfirmed: isOpen,
  all: () => true,
};

function Trades({
  trades,
  announce,
}: {
  readonly trades: readonly ListedTrade[];
  readonly announce: Announce;
}): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const { q, show: wanted, change } = useNames();
  const show = chosen(shows, wanted);
  const [names, setNames] = useState<readonly string[]>([]);
  const [draft, setDraft] = useState<TradeDraft | undefined>(undefined);
  const rows = trades.filter((trade) => isShown[show](trade) && holds(q, trade.name, trade.category));
  // What is out of sight is not chosen: nobody confirms a trade they do not see.
  const picked = rows.filter(({ name }) => names.includes(name));
  const none = picked.length === 0;
  const ask = (action: TradeAction, of: readonly ListedTrade[]): void => setDraft({ action, trades: of });
  const ownOnly = picked.every(({ who }) => who === null);
  return (
    <Card size="small" className="section-card">
      <Flex gap="8px 16px" wrap align="center" className="table-tools">
        <SearchBox label={t("names.trades.search")} />
        <Segmented<Show>
          aria-label={t("names.trades.show")}
          value={show}
          options={shows.map((value) => ({ value, label: t(`names.trades.shows.${value}`) }))}
          onChange={(value) => change({ show: value === "used" ? "" : value })}
          data-testid="trades-show"
        />
        <Typography.Text type="secondary" data-testid="trades-shown">
          {t("names.trades.shown", { shown: words.number(rows.length), total: words.number(trades.length) })}
        </Typography.Text>
      </Flex>
      <Flex
        gap={8}
        wrap
        align="center"
        className="table-tools names-bulk"
        role="toolbar"
        aria-label={t("names.actions")}
      >
        <span aria-live="polite">
          {none ? t("names.trades.chooseHint") : t("names.trades.chosen", { n: words.number(picked.length) })}
        </span>
        <Button
          size="small"
          type="primary"
          disabled={none}
          onClick={() => ask("confirm", picked)}
          data-testid="confirm-trades"
        >
          {t("names.trades.confirmAs")}
        </Button>
        <Button size="small" disabled={none} onClick={() => ask("general", picked)} data-testid="set-general">
          {t("names.trades.setGeneral")}
        </Button>
        <Button size="small" disabled={none} onClick={() => ask("notGeneral", picked)} data-testid="set-not-general">
          {t("names.trades.setNotGeneral")}
        </Button>
        <Button
          size="small"
          disabled={none || ownOnly}
          {...(!none && ownOnly ? { title: t("names.trades.resetHint") } : {})}
          onClick={() =>
            ask(
              "reset",
              picked.filter(({ who }) => who !== null),
            )
          }
          data-testid="reset-trades"
        >
          {t("names.trades.reset")}
        </Button>
        {!none && (
          <Button size="small" type="text" onClick={() => setNames([])}>
            {t("names.trades.clear")}
          </Button>
        )}
      </Flex>
      <Table<ListedTrade>
        size="small"
        rowKey="name"
        aria-label={t("names.tabs.trades")}
        data-testid="trades"
        dataSource={rows}
        pagination={false}
        showSorterTooltip={false}
        locale={{
          emptyText: (
            <Empty
              image={Empty.PRESENTED_IMAGE_SIMPLE}
              description={q === "" ? t("names.trades.none") : t("names.noMatch", { q })}
            />
          ),
        }}
        rowSelection={{
          selectedRowKeys: picked.map(({ name }) => name),
          onChange: (keys) => setNames(keys.map(String)),
          getCheckboxProps: ({ name }) => ({ "aria-label": t("names.trades.choose", { name }) }) as object,
        }}
        columns={[
          {
            key: "name",
            title: t("names.trades.name"),
            dataIndex: "name",
            sorter: (a, b) => a.name.localeCompare(b.name, "zh-CN"),
          },
          {
            key: "category",
            title: t("names.trades.category"),
            dataIndex: "category",
            width: 110,
            sorter: (a, b) => a.category.localeCompare(b.category, "zh-CN"),
          },
          {
            key: "workers",
            title: <span title={t("names.trades.workersHint")}>{t("names.trades.workers")}</span>,
            align: "right",
            width: 110,
            sorter: (a, b) => a.workers - b.workers,
            render: (_, { workers }) => <span className="number">{words.number(workers)}</span>,
          },
          {
            key: "general",
            title: t("names.trades.general"),
            width: 120,
            sorter: (a, b) => Number(a.general) - Number(b.general),
            render: (_, { general }) => <General is={general} />,
          },
          { key: "state", title: t("names.trades.state"), width: 110, render: (_, trade) => <State trade={trade} /> },
          {
            key: "source",
            title: t("names.source"),
            width: 280,
            render: (_, { source }) => source ?? <span className="muted">{t("common.dash")}</span>,
          },
          { key: "who", title: t("names.who"), width: 180, render: (_, row) => <Origin {...row} /> },
        ]}
      />
      {draft && (
        <TradeDialog
          draft={draft}
          announce={announce}
          onCancel={() => setDraft(undefined)}
          onDone={() => {
            setDraft(undefined);
            setNames([]);
          }}
        />
      )}
    </Card>
  );
}

/** 工种: which trades are general, on which the quota rests. */
export function TradesTab({ announce }: { readonly announce: Announce }): JSX.Element {
  const { t } = useTranslation();
  const trades = useTrades();
  return (
    <Flex vertical gap={12}>
      <p className="names-note">{t("names.trades.note")}</p>
      <Loaded query={trades} rows={12}>
        {(rows) => (
          <>
            <QuotaGround trades={rows} />
            <Trades trades={rows} announce={announce} />
          </>
        )}
      </Loaded>
    </Flex>
  );
}
