import { type JSX, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useQuotaPressure } from "../../api/hooks.ts";
import type { QuotaPressureRow } from "../../api/types.ts";
import { Chart } from "../../charts/Chart.tsx";
import { barsHeight, stackedBars } from "../../charts/options/stacked-bars.ts";
import { dots, hatch, palette } from "../../charts/palette.ts";
import { ChartAndTable } from "../../parts/ChartAndTable.tsx";
import { CountsTable } from "../../parts/CountsTable.tsx";
import { Loaded } from "../../parts/States.tsx";
import { useWords } from "../../parts/words.ts";
import { bottleneckAddress } from "../../state/drill.ts";
import { useFilters } from "../../state/use-filters.ts";
import { useQuotaLevel } from "../../state/use-quota-level.ts";

/** Bars beyond which a picture is no help. */
const charted = 20;

function Picture({ rows }: { readonly rows: readonly QuotaPressureRow[] }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const { filters, change } = useFilters();
  const { level } = useQuotaLevel();
  const sorted = useMemo(
    () => [...rows].sort((a, b) => (b.overSubscription ?? -1) - (a.overSubscription ?? -1)),
    [rows],
  );
  const drawn = sorted.slice(0, charted);
  const title = t("bottlenecks.quotaDistricts");
  const option = useMemo(
    () =>
      stackedBars({
        parts: [
          { name: t("bottlenecks.used"), color: palette.primary },
          {
            ...{ name: t("bottlenecks.idleWithout"), color: palette.light },
            decal: { ...dots, color: "rgba(31,78,121,0.45)" },
          },
          {
            ...{ name: t("bottlenecks.idleWith"), color: palette.open },
            decal: { ...hatch, color: "rgba(90,60,0,0.45)" },
          },
        ],
        bars: drawn.map((row) => ({
          key: row.district ?? null,
          name: row.districtName ?? "",
          values: [row.used, row.idleWithoutCandidates, row.idleWithCandidates],
          label: `${words.number(row.used)} / ${words.number(row.places)}`,
        })),
        format: words.number,
        unit: t("common.people"),
        totalName: t("common.total"),
      }),
    [drawn, words, t],
  );
  const people = (measure: "windowCandidates" | "windowUsed" | "queued") => (row: QuotaPressureRow) =>
    bottleneckAddress(measure, filters, { district: row.district, level }, "quota");
  const name = (row: QuotaPressureRow): string => row.districtName ?? "";
  return (
    <ChartAndTable
      title={title}
      testId="bottleneck-quota-districts"
      note={t("bottlenecks.quotaDistrictsNote")}
      chart={
        <Chart
          option={option}
          height={barsHeight(drawn.length)}
          label={title}
          testId="chart-quota-districts"
          onSelect={(index) => {
            const district = drawn[index]?.district;
            if (district && district !== filters.district) change({ district });
          }}
        />
      }
      table={
        <CountsTable<QuotaPressureRow>
          label={title}
          heading={t("filters.district")}
          rows={sorted}
          rowKey={(row) => row.district ?? ""}
          name={(row) => <span className="nowrap">{name(row)}</span>}
          nameText={name}
          columns={[
            { key: "places", title: t("bottlenecks.places"), value: (row) => row.places, width: 72 },
            {
              ...{ key: "candidates", title: t("bottlenecks.candidates"), width: 72 },
              ...{ value: (row) => row.candidates, to: people("windowCandidates") },
            },
            {
              ...{ key: "used", title: t("bottlenecks.used"), width: 72 },
              ...{ value: (row) => row.used, to: people("windowUsed") },
            },
            {
              ...{ key: "overSubscription", title: t("bottlenecks.overSubscription") },
              // two decimals
              value: (row) => (row.overSubscription === null ? null : Math.round(row.overSubscription * 100) / 100),
            },
            {
              ...{ key: "queue", title: t("bottlenecks.queue"), hint: t("bottlenecks.queueHint"), width: 72 },
              ...{ value: (row) => row.queue, to: people("queued") },
            },
            {
              ...{ key: "transfer", title: t("bottlenecks.transfer"), hint: t("bottlenecks.transferDistrictHint") },
              value: (row) => row.transferPotential,
            },
            {
              ...{ key: "oneMore", title: t("bottlenecks.oneMore"), hint: t("bottlenecks.oneMoreHint") },
              value: (row) => row.oneMore,
            },
            { key: "withheld", title: t("bottlenecks.withheld"), value: (row) => row.withheld },
          ]}
          {...(sorted.length > charted ? { height: barsHeight(charted) - 80 } : {})}
        />
      }
    />
  );
}

/** Where the places of the districts went. */
export function QuotaDistricts(): JSX.Element {
  const { query, year } = useFilters();
  const { level } = useQuotaLevel();
  const answer = useQuotaPressure({ ...query, level, by: "district" }, year !== undefined);
  return <Loaded query={answer}>{(rows) => <Picture rows={rows} />}</Loaded>;
}
