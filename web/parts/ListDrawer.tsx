import { Drawer, Flex, Input, Spin, type TableColumnsType, Typography } from "antd";
import { type JSX, type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Page } from "../api/roster-types.ts";
import { changeSearch, closeList, listSize } from "../state/roster-search.ts";
import { useRosterSearch } from "../state/use-roster-search.ts";
import { DataTable } from "./DataTable.tsx";
import { Loaded } from "./States.tsx";

interface Answer<Row> {
  readonly data: Page<Row> | undefined;
  readonly error: unknown;
  readonly isPlaceholderData: boolean;
}

/** The list behind a number, laid over the page; the address says which, so that it can be sent on and gone back from. */
export function ListDrawer<Row extends object>({
  title,
  about,
  answer,
  columns,
  width,
  rowKey,
  tools,
  testId,
}: {
  /** With the number of rows, once it is known. */
  readonly title: (total: number | undefined) => string;
  readonly about: ReactNode;
  readonly answer: Answer<Row>;
  readonly columns: TableColumnsType<Row>;
  /** Sum of the column widths, px. */
  readonly width: number;
  readonly rowKey: (row: Row) => string;
  readonly tools: ReactNode;
  readonly testId: string;
}): JSX.Element {
  const { t } = useTranslation();
  const { list, go } = useRosterSearch();
  const q = list?.q ?? "";
  const [typed, setTyped] = useState(q);
  useEffect(() => setTyped(q), [q]);
  const total = answer.data?.total;
  return (
    <Drawer
      open={list !== undefined}
      onClose={() => go(closeList)}
      size="min(1240px, 94vw)"
      title={<h2 className="card-title">{title(total)}</h2>}
      extra={tools}
      closable={{ "aria-label": t("rosters.close") }}
      styles={{ body: { padding: "12px 20px" } }}
      data-testid={testId}
    >
      <Flex gap="8px 16px" wrap align="center" justify="space-between" className="table-tools">
        <Typography.Text type="secondary" data-testid="list-about">
          {about}
          {answer.isPlaceholderData && <Spin size="small" className="after" aria-label={t("common.refreshing")} />}
        </Typography.Text>
        <Input.Search
          allowClear
          value={typed}
          maxLength={100}
          placeholder={t("rosters.search")}
          aria-label={t("rosters.search")}
          data-testid="list-search"
          style={{ width: 260 }}
          onChange={(event) => setTyped(event.target.value)}
          onSearch={(value) => go((old) => changeSearch(old, { q: value.trim(), page: undefined }))}
        />
      </Flex>
      <Loaded query={answer} rows={10}>
        {(page) => (
          <DataTable<Row>
            label={title(page.total)}
            testId={`${testId}-table`}
            width={width}
            reserve={72}
            dataSource={page.rows}
            columns={columns}
            rowKey={rowKey}
            locale={{
              emptyText: <span className="muted">{q === "" ? t("rosters.noList") : t("empty.noSearch", { q })}</span>,
            }}
            pagination={{
              current: list?.page ?? 1,
              pageSize: list?.size ?? listSize,
              total: page.total,
              showSizeChanger: true,
              pageSizeOptions: [50, 100, 200, 500, 1000],
              onChange: (next, size) =>
                go((old) =>
                  changeSearch(old, {
                    page: size === (list?.size ?? listSize) && next > 1 ? next : undefined,
                    size: size === listSize ? undefined : size,
                  }),
                ),
            }}
          />
        )}
      </Loaded>
    </Drawer>
  );
}
