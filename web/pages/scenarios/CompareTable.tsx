import { Button, Card, Table } from "antd";
import type { JSX, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { SaveRows } from "../../parts/SaveRows.tsx";
import type { Pair } from "./compare-rows.ts";
import type { Measure } from "./shapes.ts";
import { useFigures } from "./use-figures.ts";

/** Base, both scenarios with their differences from it, and what lies between the two. */
export function CompareTable({
  title,
  heading,
  rows,
  measure,
  tools,
  chosen,
  onChoose,
  testId,
}: {
  readonly title: string;
  /** Of the first column. */
  readonly heading: string;
  readonly rows: readonly Pair[];
  readonly measure: Measure;
  readonly tools?: ReactNode;
  readonly chosen?: string;
  readonly onChoose?: (key: string) => void;
  readonly testId: string;
}): JSX.Element {
  const { t } = useTranslation();
  const figures = useFigures();
  const hasInterval = measure !== "quota";
  const number = (key: string, name: string, value: (row: Pair) => string, strong = false) => ({
    ...{ key, title: name, align: "right" as const },
    render: (_: unknown, row: Pair) => (
      <span className={`number nowrap${strong ? " strong" : ""}`} data-testid={`${key}-${row.key}`}>
        {value(row)}
      </span>
    ),
  });
  const side = (of: "a" | "b") => ({
    key: of,
    title: t(`scenarios.compare.${of}`),
    children: [
      number(`scenario-${of}`, t("scenarios.scenario"), (row) => figures.people(row[of].scenario)),
      number(`difference-${of}`, t("scenarios.compare.fromBase"), (row) => figures.signed(row[of].difference), true),
      ...(hasInterval
        ? [
            number(`interval-${of}`, t("scenarios.interval80"), (row) =>
              figures.interval(row[of].low80, row[of].high80),
            ),
          ]
        : []),
    ],
  });
  const saved = (of: "a" | "b") => {
    const head = (name: string): string => `${t(`scenarios.compare.${of}`)} ${name}`;
    return [
      { heading: head(t("scenarios.scenario")), value: (row: Pair) => row[of].scenario },
      { heading: head(t("scenarios.compare.fromBase")), value: (row: Pair) => row[of].difference },
      { heading: head(`${t("scenarios.interval80")} −`), value: (row: Pair) => row[of].low80 },
      { heading: head(`${t("scenarios.interval80")} +`), value: (row: Pair) => row[of].high80 },
      { heading: head(`${t("scenarios.interval95")} −`), value: (row: Pair) => row[of].low95 },
      { heading: head(`${t("scenarios.interval95")} +`), value: (row: Pair) => row[of].high95 },
    ];
  };
  return (
    <Card
      size="small"
      className="section-card"
      title={<h2 className="card-title">{title}</h2>}
      extra={
        <SaveRows
          name={title}
          rows={rows}
          testId={`${testId}-csv`}
          columns={[
            { heading, value: (row) => row.name },
            { heading: t("scenarios.base"), value: (row) => row.a.base ?? row.b.base },
            ...saved("a"),
            ...saved("b"),
            { heading: t("scenarios.compare.apart"), value: (row) => row.apart },
          ]}
        />
      }
      data-testid={testId}
    >
      {tools}
      <Table<Pair>
        size="small"
        bordered
        aria-label={title}
        dataSource={rows}
        rowKey="key"
        rowClassName={({ key }) => (key === chosen ? "chosen-row" : "")}
        scroll={{ x: true }}
        pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false, size: "small" }}
        columns={[
          {
            ...{ key: "name", title: heading },
            render: (_, { key, name }) =>
              onChoose ? (
                <Button
                  type="link"
                  className="inline-button"
                  aria-pressed={key === chosen}
                  onClick={() => onChoose(key)}
                >
                  {name}
                </Button>
              ) : (
                name
              ),
          },
          number("base", t("scenarios.base"), ({ a, b }) => figures.people(a.base ?? b.base)),
          side("a"),
          side("b"),
          number("apart", t("scenarios.compare.apart"), ({ apart }) => figures.signed(apart), true),
        ]}
      />
    </Card>
  );
}
