import { Card, Flex, Input, Segmented, Spin, Table, Typography } from "antd";
import { type JSX, useDeferredValue, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useQuota } from "../../api/hooks.ts";
import type { QuotaRow } from "../../api/types.ts";
import { DataTable } from "../../parts/DataTable.tsx";
import { EmptyState, Loaded } from "../../parts/States.tsx";
import { useWords } from "../../parts/words.ts";
import { sumQuota } from "../../state/sums.ts";
import { useFilters } from "../../state/use-filters.ts";
import { useQuotaLevel } from "../../state/use-quota-level.ts";
import { shownColumns, tableWidth, useQuotaColumns } from "./columns.tsx";
import { type Show, shows, visibleRows } from "./rows.ts";
import { TotalRow } from "./TotalRow.tsx";

function Rows({ rows }: { readonly rows: readonly QuotaRow[] }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const [show, setShow] = useState<Show>("relevant");
  const [text, setText] = useState("");
  const wanted = useDeferredValue(text);
  const visible = useMemo(() => visibleRows(rows, show, wanted), [rows, show, wanted]);
  const total = useMemo(() => sumQuota(visible), [visible]);
  const keys = useMemo(() => shownColumns(rows), [rows]);
  const columns = useQuotaColumns(rows, keys);
  return (
    <>
      <Flex gap="8px 16px" wrap align="center" className="table-tools">
        <Input.Search
          allowClear
          value={text}
          placeholder={t("quota.searchUnit")}
          aria-label={t("quota.searchUnit")}
          style={{ width: 240 }}
          onChange={(event) => setText(event.target.value)}
        />
        <Segmented<Show>
          aria-label={t("quota.show")}
          value={show}
          options={shows.map((value) => ({ value, label: t(`quota.${value}`) }))}
          onChange={setShow}
        />
        <Typography.Text type="secondary" data-testid="quota-shown">
          {t("quota.shown", { shown: words.number(visible.length), total: words.number(rows.length) })}
        </Typography.Text>
        {rows.some(({ assumed, quota }) => assumed && quota !== null) && (
          <Link className="text-link" to="/names?tab=trades&show=unconfirmed" data-testid="confirm-general">
            {t("quota.assumedLink")}
          </Link>
        )}
      </Flex>
      <DataTable<QuotaRow>
        label={t("quota.tableTitle")}
        testId="quota-table"
        width={tableWidth(words.language, keys)}
        reserve={190}
        minHeight={320}
        dataSource={visible}
        columns={columns}
        rowKey={(row) => `${row.unit}|${row.trade}|${row.targetLevel}`}
        locale={{ emptyText: <EmptyState {...(wanted ? { text: t("empty.noSearch", { q: wanted }) } : {})} /> }}
        summary={() => (
          // The table recognises a fixed summary by its type: it must be the outermost element.
          <Table.Summary fixed>
            <TotalRow total={total} keys={keys} />
          </Table.Summary>
        )}
      />
    </>
  );
}

/** Unit × trade, or the unit where its places know no trade. The total row is the sum of the rows shown. */
export function QuotaTable(): JSX.Element {
  const { t } = useTranslation();
  const { query, year } = useFilters();
  const { level } = useQuotaLevel();
  const answer = useQuota({ ...query, level, by: "district,unit,trade,level" }, year !== undefined);
  return (
    <Card
      size="small"
      className="section-card"
      title={<h2 className="card-title">{t("quota.tableTitle")}</h2>}
      extra={answer.isPlaceholderData ? <Spin size="small" aria-label={t("common.refreshing")} /> : undefined}
    >
      <Loaded query={answer} rows={12} isEmpty={(rows) => rows.length === 0}>
        {(rows) => <Rows rows={rows} />}
      </Loaded>
    </Card>
  );
}
