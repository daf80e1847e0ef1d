import { type JSX, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useQuota } from "../api/hooks.ts";
import { type QuotaMeasure, type QuotaRow, quotaMeasures } from "../api/types.ts";
import { Chart } from "../charts/Chart.tsx";
import { quotaBar, quotaParts } from "../charts/options/quota-bars.ts";
import { barsHeight, stackedBars } from "../charts/options/stacked-bars.ts";
import { groupByTier } from "../state/districts.ts";
import { type Origin, peopleAddress } from "../state/drill.ts";
import { useAppMeta } from "../state/meta.tsx";
import { type QuotaSums, sumQuota } from "../state/sums.ts";
import { useFilters } from "../state/use-filters.ts";
import { useQuotaLevel } from "../state/use-quota-level.ts";
import { ChartAndTable } from "./ChartAndTable.tsx";
import { CountsTable } from "./CountsTable.tsx";
import { EmptyState, Loaded } from "./States.tsx";
import { useWords } from "./words.ts";

interface Place extends QuotaSums {
  readonly code: string | null;
  readonly name: string;
}

const isListed = (measure: string): measure is QuotaMeasure => quotaMeasures.some((one) => one === measure);

/** Rows beyond which the table scrolls, so that it does not outgrow the chart. */
const longTable = 16;

const shown = ["technicians", "quota", "used", "left", "over"] as const;

function Picture({
  rows,
  from,
  title,
}: {
  readonly rows: readonly QuotaRow[];
  readonly from: Origin;
  readonly title: string;
}): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const { districts } = useAppMeta();
  const { filters, year, change } = useFilters();
  const { level } = useQuotaLevel();
  const places = useMemo<readonly Place[]>(() => {
    const groups = groupByTier(rows, districts, filters.district);
    const all = groups.map((group) => ({
      code: group.own && groups.length > 1 ? null : group.code,
      name: group.own && groups.length > 1 ? t("common.ownOffice", { name: group.name }) : group.name,
      ...sumQuota(group.rows),
    }));
    // Places where the quota rule does not hold come last.
    return [...all.filter(({ quota }) => quota !== null), ...all.filter(({ quota }) => quota === null)];
  }, [rows, districts, filters.district, t]);
  const charted = useMemo(() => places.filter(({ quota }) => quota !== null), [places]);
  const option = useMemo(
    () =>
      stackedBars({
        parts: quotaParts({ within: t("overview.withinQuota"), left: t("measure.left"), over: t("measure.over") }),
        bars: charted.map((place) =>
          quotaBar(place.code, place.name, place, (within, quota, over) => {
            const use = `${words.number(within)} / ${words.number(quota)}`;
            return over === 0 ? use : `${use}${t("common.comma")}${t("quota.overBy", { n: words.number(over) })}`;
          }),
        ),
        format: words.number,
        unit: t("common.people"),
        totalName: t("common.total"),
      }),
    [charted, words, t],
  );
  const total = { code: "", name: t("common.total"), ...sumQuota(rows) };
  const notes = [
    ...(total.applications === 0 && year !== undefined ? [t("quota.noApplications", { year })] : []),
    ...(total.assumed ? [t("overview.quotaAssumed")] : []),
  ];
  return (
    <ChartAndTable
      title={title}
      testId="quota-by-district"
      note={notes.join(t("common.semicolon"))}
      footer={t("overview.quotaWithinNote")}
      chart={
        charted.length === 0 ? (
          <EmptyState text={t("overview.noQuota")} />
        ) : (
          <Chart
            option={option}
            height={barsHeight(charted.length)}
            label={title}
            testId="chart-quota"
            onSelect={(index) => {
              const code = charted[index]?.code;
              if (code && code !== filters.district) change({ district: code });
            }}
          />
        )
      }
      table={
        <CountsTable
          label={title}
          heading={t("filters.district")}
          rows={places}
          rowKey={(place) => place.code ?? "own"}
          name={(place) => place.name}
          nameText={(place) => place.name}
          columns={shown.map((measure) => ({
            key: measure,
            title:
              measure === "technicians" && level !== "seniorTechnician"
                ? t("quota.levelBelow")
                : t(`measure.${measure}`),
            value: (place: Place) => place[measure],
            to: (place: Place) =>
              isListed(measure) && place.code !== null
                ? peopleAddress(measure, filters, { district: place.code || filters.district, level }, from)
                : undefined,
          }))}
          total={total}
          {...(places.length > longTable ? { height: 36 * longTable } : {})}
        />
      }
    />
  );
}

/** Use of the places, by the tier of districts below the chosen one. */
export function QuotaByDistrict({ from, title }: { readonly from: Origin; readonly title: string }): JSX.Element {
  const { query, year } = useFilters();
  const { level } = useQuotaLevel();
  const answer = useQuota({ ...query, level, by: "district" }, year !== undefined);
  return (
    <Loaded query={answer} isEmpty={(rows) => rows.length === 0}>
      {(rows) => <Picture rows={rows} from={from} title={title} />}
    </Loaded>
  );
}
