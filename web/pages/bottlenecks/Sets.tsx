import { Card, Table } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import { useBlockingSets } from "../../api/hooks.ts";
import type { BlockingSet } from "../../api/types.ts";
import { NumberLink } from "../../parts/NumberLink.tsx";
import { EmptyState, Loaded } from "../../parts/States.tsx";
import { useWords } from "../../parts/words.ts";
import { bottleneckAddress } from "../../state/drill.ts";
import { useFilters } from "../../state/use-filters.ts";
import { usePart } from "./part-state.ts";
import type { Rule } from "./rules.ts";

/** Which conditions people lack together. */
export function Sets({ rule }: { readonly rule: Rule }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const { query, filters } = useFilters();
  const { pool } = usePart();
  const { rulebook, level } = rule;
  const answer = useBlockingSets({ ...query, level, rulebook, pool, by: "" });
  const name = ({ conditions }: BlockingSet): string =>
    conditions
      .split(",")
      .map((id) => words.condition(id))
      .join(" + ");
  return (
    <Card
      size="small"
      className="section-card"
      title={<h2 className="card-title">{t("bottlenecks.setsTitle")}</h2>}
      data-testid="bottleneck-sets"
    >
      <p className="section-note">{t("bottlenecks.setsNote")}</p>
      <Loaded query={answer}>
        {(rows) => (
          <Table<BlockingSet>
            size="small"
            aria-label={t("bottlenecks.setsTitle")}
            dataSource={rows}
            rowKey="conditions"
            pagination={{ pageSize: 10, hideOnSinglePage: true, showSizeChanger: false, size: "small" }}
            scroll={{ x: true }}
            locale={{ emptyText: <EmptyState text={t("bottlenecks.noBlocked")} /> }}
            columns={[
              { key: "set", title: t("bottlenecks.set"), render: (_, row) => name(row) },
              {
                key: "size",
                title: t("bottlenecks.setSize"),
                align: "right",
                width: 96,
                render: (_, row) => <span className="number">{row.size}</span>,
              },
              {
                key: "blocked",
                title: t("bottlenecks.setBlocked"),
                align: "right",
                width: 96,
                render: (_, row) => (
                  <NumberLink
                    value={row.blocked}
                    name={name(row)}
                    testId={`set-${row.conditions}`}
                    to={bottleneckAddress("together", filters, { level }, "conditions", {
                      ...{ rulebook, condition: row.conditions, pool },
                    })}
                  />
                ),
              },
              {
                key: "share",
                title: t("bottlenecks.setShare"),
                align: "right",
                width: 120,
                render: (_, row) => <span className="number">{words.percent(row.share)}</span>,
              },
            ]}
          />
        )}
      </Loaded>
    </Card>
  );
}
