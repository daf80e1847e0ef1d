import { Table, Tooltip } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import type { BottleneckRow, ConditionMeasure } from "../../api/types.ts";
import { NumberLink } from "../../parts/NumberLink.tsx";
import { EmptyState } from "../../parts/States.tsx";
import { useWords } from "../../parts/words.ts";
import type { ConditionAddress } from "./Conditions.tsx";
import { CureTag } from "./CureTag.tsx";

const shown = ["blocked", "soleBlocker", "oneShort", "unknown"] as const satisfies readonly ConditionMeasure[];

/** A row per condition, every count with its people. */
export function ConditionRows({
  rows,
  people,
}: {
  readonly rows: readonly BottleneckRow[];
  readonly people: ConditionAddress;
}): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const count = (measure: (typeof shown)[number], hint?: string) => ({
    key: measure,
    title: hint ? <Tooltip title={hint}>{t(`measure.${measure}`)}</Tooltip> : t(`measure.${measure}`),
    align: "right" as const,
    width: measure === "blocked" ? 108 : 92,
    sorter: (a: BottleneckRow, b: BottleneckRow) => a[measure] - b[measure],
    render: (_: unknown, row: BottleneckRow) => (
      <NumberLink
        value={row[measure]}
        name={`${words.condition(row.condition)} ${t(`measure.${measure}`)}`}
        to={people(measure, row.condition)}
        testId={`${measure}-${row.condition}`}
      />
    ),
  });
  return (
    <Table<BottleneckRow>
      size="small"
      aria-label={t("bottlenecks.conditionsTitle")}
      data-testid="condition-rows"
      dataSource={rows}
      rowKey="condition"
      pagination={false}
      showSorterTooltip={false}
      scroll={{ x: true }}
      locale={{ emptyText: <EmptyState text={t("bottlenecks.noneOfKind")} /> }}
      columns={[
        {
          key: "condition",
          title: t("bottlenecks.condition"),
          render: (_, row) => (
            <Tooltip title={words.say({ zh: row.conditionZh, en: row.conditionEn })}>
              <span>{words.condition(row.condition, { zh: row.conditionZh, en: row.conditionEn })}</span>
            </Tooltip>
          ),
        },
        {
          key: "cure",
          title: t("bottlenecks.cureLabel"),
          width: 88,
          render: (_, row) => (
            <CureTag kind={row.curability} why={words.say({ zh: row.curabilityZh, en: row.curabilityEn })} />
          ),
        },
        count("blocked"),
        count("soleBlocker"),
        count("oneShort", t("bottlenecks.oneShortHint")),
        {
          key: "shapley",
          title: <Tooltip title={t("bottlenecks.shapleyHint")}>{t("bottlenecks.shapley")}</Tooltip>,
          align: "right",
          width: 76,
          sorter: (a, b) => a.shapley - b.shapley,
          render: (_, row) => (
            <span className="number" data-testid={`shapley-${row.condition}`}>
              {words.decimal(row.shapley)}
            </span>
          ),
        },
        count("unknown"),
      ]}
    />
  );
}
