import { Table } from "antd";
import type { JSX, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { NumberLink } from "./NumberLink.tsx";

export interface CountColumn<Row> {
  readonly key: string;
  readonly title: string;
  /** What is counted, in full, where the heading is short. */
  readonly hint?: string;
  readonly value: (row: Row) => number | null;
  /** Address of the people behind the number. */
  readonly to?: ((row: Row) => string | undefined) | undefined;
  readonly width?: number;
}

export interface CountsTableProps<Row extends object> {
  readonly label: string;
  readonly heading: string;
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  readonly name: (row: Row) => ReactNode;
  /** The same in words, for the accessible names of the numbers. */
  readonly nameText: (row: Row) => string;
  readonly columns: readonly CountColumn<Row>[];
  /** A row of sums; it must come from the same rows. */
  readonly total?: Row;
  readonly height?: number;
  readonly testId?: string;
}

/** A short table of counts that each open a list of people, with a total. */
export function CountsTable<Row extends object>(props: CountsTableProps<Row>): JSX.Element {
  const { label, heading, rows, rowKey, name, nameText, columns, total, height, testId } = props;
  const { t } = useTranslation();
  const cell = (column: CountColumn<Row>, row: Row, whose: string): JSX.Element => (
    <NumberLink value={column.value(row)} name={`${whose} ${column.title}`} to={column.to?.(row)} />
  );
  return (
    <section aria-label={label} data-testid={testId}>
      <Table<Row>
        size="small"
        pagination={false}
        dataSource={rows}
        rowKey={rowKey}
        showSorterTooltip={false}
        // Words wrap before the table scrolls; with a height the head stands alone and needs whole columns.
        scroll={height === undefined ? { x: true } : { x: "max-content", y: height }}
        columns={[
          { key: "name", title: heading, fixed: "left", render: (_: unknown, row: Row) => name(row) },
          ...columns.map((column) => ({
            key: column.key,
            title: column.hint ? <span title={column.hint}>{column.title}</span> : column.title,
            align: "right" as const,
            width: column.width ?? 96,
            sorter: (a: Row, b: Row) => (column.value(a) ?? -1) - (column.value(b) ?? -1),
            render: (_: unknown, row: Row) => cell(column, row, nameText(row)),
          })),
        ]}
        {...(total
          ? {
              summary: () => (
                <Table.Summary fixed>
                  <Table.Summary.Row className="total-row">
                    <Table.Summary.Cell index={0}>{t("common.total")}</Table.Summary.Cell>
                    {columns.map((column, index) => (
                      <Table.Summary.Cell key={column.key} index={index + 1} align="right">
                        {cell(column, total, t("common.total"))}
                      </Table.Summary.Cell>
                    ))}
                  </Table.Summary.Row>
                </Table.Summary>
              ),
            }
          : {})}
      />
    </section>
  );
}
