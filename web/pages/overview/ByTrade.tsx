import { type JSX, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useEligibility } from "../../api/hooks.ts";
import type { EligibilityRow } from "../../api/types.ts";
import { Chart } from "../../charts/Chart.tsx";
import { eligibilityBar, eligibilityParts, topBars } from "../../charts/options/eligibility-bars.ts";
import { barsHeight, stackedBars } from "../../charts/options/stacked-bars.ts";
import { ChartAndTable } from "../../parts/ChartAndTable.tsx";
import { CountsTable } from "../../parts/CountsTable.tsx";
import { Loaded } from "../../parts/States.tsx";
import { useWords } from "../../parts/words.ts";
import { unknownTrade } from "../../state/drill.ts";
import { sumOf } from "../../state/sums.ts";
import { useFilters } from "../../state/use-filters.ts";
import { type ShownCounts, shownMeasures, useEligibilityColumns } from "./columns.ts";

const top = 15;

interface TradeCounts extends ShownCounts {
  /** Name for the filter; undefined in the total row. */
  readonly trade: string | undefined;
  readonly name: string;
}

function Picture({ rows }: { readonly rows: readonly EligibilityRow[] }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const { filters, change } = useFilters();
  const trades = useMemo<readonly TradeCounts[]>(
    () =>
      rows
        .map((row) => ({
          ...sumOf([row], shownMeasures),
          trade: row.trade ?? unknownTrade,
          name: row.trade ?? t("common.noTrade"),
        }))
        .sort((a, b) => b.planningEligible - a.planningEligible || b.workers - a.workers),
    [rows, t],
  );
  const bars = useMemo(
    () =>
      topBars(
        trades.map(({ trade, name, ...counts }) => eligibilityBar(trade ?? null, name, counts, words.number)),
        top,
        t("common.other"),
        words.number,
      ),
    [trades, words, t],
  );
  const option = useMemo(
    () =>
      stackedBars({
        parts: eligibilityParts({ expected: t("measure.planningEligible"), open: t("measure.openRest") }),
        bars,
        format: words.number,
        unit: t("common.people"),
        totalName: t("common.total"),
      }),
    [bars, words, t],
  );
  const columns = useEligibilityColumns<TradeCounts>((row) => ({ trade: row.trade ?? filters.trade }));
  const height = barsHeight(bars.length);
  return (
    <ChartAndTable
      title={t("overview.byTrade")}
      testId="by-trade"
      {...(trades.length > top ? { note: t("overview.byTradeNote", { n: top }) } : {})}
      footer={t("overview.chartHint")}
      chart={
        <Chart
          option={option}
          height={height}
          label={t("overview.byTrade")}
          testId="chart-trade"
          onSelect={(index) => {
            const key = bars[index]?.key;
            if (key) change({ trade: key });
          }}
        />
      }
      table={
        <CountsTable
          label={t("overview.byTrade")}
          heading={t("filters.trade")}
          rows={trades}
          rowKey={({ name }) => name}
          name={({ name }) => name}
          nameText={({ name }) => name}
          columns={columns}
          total={{ trade: undefined, name: t("common.total"), ...sumOf(trades, shownMeasures) }}
          height={height - 80}
        />
      }
    />
  );
}

export function ByTrade(): JSX.Element {
  const { query, year } = useFilters();
  const answer = useEligibility({ ...query, by: "trade" }, year !== undefined);
  return <Loaded query={answer}>{(rows) => <Picture rows={rows} />}</Loaded>;
}
