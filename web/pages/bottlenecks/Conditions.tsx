import { Flex, Segmented, Select } from "antd";
import { type JSX, useId, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { useBottlenecks } from "../../api/hooks.ts";
import {
  type BottleneckRow,
  type ConditionMeasure,
  type Curability,
  curabilities,
  pools,
  type RuleMeasure,
  type SetMeasure,
} from "../../api/types.ts";
import { Chart } from "../../charts/Chart.tsx";
import { conditionBars } from "../../charts/options/condition-bars.ts";
import { barsHeight } from "../../charts/options/stacked-bars.ts";
import { ChartAndTable } from "../../parts/ChartAndTable.tsx";
import { StatCard } from "../../parts/StatCard.tsx";
import { EmptyState, Loaded } from "../../parts/States.tsx";
import { useWords } from "../../parts/words.ts";
import { bottleneckAddress } from "../../state/drill.ts";
import { useAppMeta } from "../../state/meta.tsx";
import { useFilters } from "../../state/use-filters.ts";
import { ConditionRows } from "./ConditionRows.tsx";
import { cureSigns } from "./CureTag.tsx";
import { usePart } from "./part-state.ts";
import { type Rule, rulesOf, sharesByCure } from "./rules.ts";
import { Sets } from "./Sets.tsx";

/** Bars beyond which a picture is no help. */
const charted = 14;

export type ConditionAddress = (measure: ConditionMeasure | SetMeasure, condition: string) => string;

function Picture({ rule, rows }: { readonly rule: Rule; readonly rows: readonly BottleneckRow[] }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const navigate = useNavigate();
  const { filters } = useFilters();
  const { pool } = usePart();
  const { rulebook, level } = rule;
  const people: ConditionAddress = (measure, condition) =>
    bottleneckAddress(measure, filters, { level }, "conditions", { rulebook, condition, pool });
  const drawn = useMemo(() => rows.filter(({ blocked }) => blocked > 0).slice(0, charted), [rows]);
  const option = useMemo(
    () =>
      conditionBars({
        bars: drawn.map((row) => ({
          key: row.condition,
          name: `${cureSigns[row.curability]} ${words.condition(row.condition)}`,
          ...{ sole: row.soleBlocker, blocked: row.blocked, shapley: row.shapley },
        })),
        names: {
          sole: t("measure.soleBlocker"),
          others: t("bottlenecks.others"),
          shapley: t("bottlenecks.shapley"),
          total: t("measure.blocked"),
        },
        format: words.number,
        decimal: words.decimal,
        unit: t("common.people"),
      }),
    [drawn, words, t],
  );
  return (
    <ChartAndTable
      title={t("bottlenecks.conditionsTitle")}
      testId="bottleneck-conditions"
      note={t("bottlenecks.conditionsNote")}
      footer={t("bottlenecks.conditionsFooter")}
      chart={
        drawn.length === 0 ? (
          <EmptyState text={t("bottlenecks.noBlocked")} />
        ) : (
          <Chart
            option={option}
            height={barsHeight(drawn.length, 220)}
            label={t("bottlenecks.conditionsTitle")}
            testId="chart-conditions"
            onSelect={(index) => {
              const condition = drawn[index]?.condition;
              if (condition) void navigate(people("blocked", condition));
            }}
          />
        )
      }
      table={<ConditionRows rows={rows} people={people} />}
    />
  );
}

function Chosen({ rule }: { readonly rule: Rule }): JSX.Element {
  const { t } = useTranslation();
  const { filters } = useFilters();
  const { pool } = usePart();
  const words = useWords();
  const [cure, setCure] = useState<Curability | "all">("all");
  const shares = sharesByCure(rule.rows);
  const rows = cure === "all" ? rule.rows : rule.rows.filter(({ curability }) => curability === cure);
  const sole = rule.rows.reduce((sum, row) => sum + row.soleBlocker, 0);
  const { rulebook, level } = rule;
  const people = (measure: RuleMeasure): string =>
    bottleneckAddress(measure, filters, { level }, "conditions", { rulebook, pool });
  return (
    <Flex vertical gap={16}>
      <div className="cure-figures">
        <StatCard
          measure="bottleneck-ineligible"
          name={t("bottlenecks.ineligible")}
          hint={t("bottlenecks.ineligibleHint")}
          value={rule.ineligible}
          to={people("blockedAll")}
          strong
        />
        <StatCard
          measure="bottleneck-oneAway"
          name={t("bottlenecks.oneAway")}
          hint={t("bottlenecks.oneAwayHint")}
          value={sole}
          to={people("oneAway")}
        />
        {curabilities.map((kind) => (
          <StatCard
            key={kind}
            measure={`bottleneck-${kind}`}
            name={`${cureSigns[kind]} ${t(`bottlenecks.cure.${kind}`)} · ${
              rule.ineligible === 0 ? t("common.dash") : words.percent(shares[kind] / rule.ineligible)
            }`}
            hint={t(`bottlenecks.cureHint.${kind}`)}
            value={Math.round(shares[kind])}
          />
        ))}
      </div>
      <Segmented<Curability | "all">
        aria-label={t("bottlenecks.cureLabel")}
        value={cure}
        onChange={setCure}
        style={{ alignSelf: "flex-start" }}
        options={(["all", ...curabilities] as const).map((kind) => ({
          value: kind,
          label: `${kind === "all" ? "" : `${cureSigns[kind]} `}${t(`bottlenecks.cure.${kind}`)}`,
        }))}
      />
      <Picture rule={rule} rows={rows} />
      <Sets rule={rule} />
    </Flex>
  );
}

function Rules({ rules }: { readonly rules: readonly Rule[] }): JSX.Element {
  const { t } = useTranslation();
  const id = useId();
  const words = useWords();
  const { rulebooks } = useAppMeta();
  const { pool, rule: chosen, set } = usePart();
  const rule = rules.find(({ key }) => key === chosen) ?? rules[0];
  if (!rule) return <EmptyState />;
  const title = (book: string): string => {
    const found = rulebooks.find((one) => one.id === book)?.title;
    return found ? words.say(found) : book;
  };
  return (
    <Flex vertical gap={16}>
      <Flex gap="8px 24px" wrap align="center">
        <div className="filter-field" data-testid="bottleneck-rule">
          <label htmlFor={`${id}-rule`}>{t("bottlenecks.rule")}</label>
          <Select
            id={`${id}-rule`}
            value={rule.key}
            style={{ width: 420 }}
            options={rules.map(({ key, rulebook, level, workers }) => ({
              value: key,
              title: key,
              label: t("bottlenecks.ruleOption", {
                ...{ rulebook: title(rulebook), level: words.level(level), n: words.number(workers) },
              }),
            }))}
            onChange={(key) => set({ rule: key })}
          />
        </div>
        <div className="filter-field" data-testid="bottleneck-pool">
          <span id={`${id}-pool`}>{t("bottlenecks.poolLabel")}</span>
          <Segmented
            aria-labelledby={`${id}-pool`}
            value={pool}
            options={pools.map((value) => ({ value, label: t(`bottlenecks.pool.${value}`) }))}
            onChange={(value) => set({ pool: value })}
          />
        </div>
      </Flex>
      <Chosen rule={rule} key={rule.key} />
    </Flex>
  );
}

/** 条件: what people lack, how many lack nothing else, and what can be done about it. */
export function Conditions(): JSX.Element {
  const { query, year } = useFilters();
  const { pool } = usePart();
  const answer = useBottlenecks({ ...query, pool, by: "" }, year !== undefined);
  return (
    <Loaded query={answer} rows={12} isEmpty={(rows) => rows.length === 0}>
      {(rows) => <Rules rules={rulesOf(rows)} />}
    </Loaded>
  );
}
