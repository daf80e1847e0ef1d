import { type JSX, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useEligibility } from "../../api/hooks.ts";
import type { EligibilityRow } from "../../api/types.ts";
import { Chart } from "../../charts/Chart.tsx";
import { eligibilityBar, eligibilityParts } from "../../charts/options/eligibility-bars.ts";
import { barsHeight, stackedBars } from "../../charts/options/stacked-bars.ts";
import { ChartAndTable } from "../../parts/ChartAndTable.tsx";
import { CountsTable } from "../../parts/CountsTable.tsx";
import { Loaded } from "../../parts/States.tsx";
import { useWords } from "../../parts/words.ts";
import { groupByTier } from "../../state/districts.ts";
import { useAppMeta } from "../../state/meta.tsx";
import { sumOf } from "../../state/sums.ts";
import { useFilters } from "../../state/use-filters.ts";
import { type ShownCounts, shownMeasures, useEligibilityColumns } from "./columns.ts";

interface Place extends ShownCounts {
  /** Null: the chosen district's own office, which no filter can name. */
  readonly code: string | null;
  readonly name: string;
}

function Picture({ rows }: { readonly rows: readonly EligibilityRow[] }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const { districts } = useAppMeta();
  const { filters, change } = useFilters();
  const places = useMemo<readonly Place[]>(() => {
    const groups = groupByTier(rows, districts, filters.district);
    return groups.map((group) => ({
      // The only group of a chosen district is the district itself: its list is exact.
      code: group.own && groups.length > 1 ? null : group.code,
      name: group.own && groups.length > 1 ? t("common.ownOffice", { name: group.name }) : group.name,
      ...sumOf(group.rows, shownMeasures),
    }));
  }, [rows, districts, filters.district, t]);
  const option = useMemo(
    () =>
      stackedBars({
        parts: eligibilityParts({ expected: t("measure.planningEligible"), open: t("measure.openRest") }),
        bars: places.map(({ code, name, ...counts }) => eligibilityBar(code, name, counts, words.number)),
        format: words.number,
        unit: t("common.people"),
        totalName: t("common.total"),
      }),
    [places, words, t],
  );
  const columns = useEligibilityColumns<Place>((place) =>
    place.code === null ? undefined : { district: place.code || filters.district },
  );
  const height = barsHeight(places.length);
  return (
    <ChartAndTable
      title={t("overview.byDistrict")}
      testId="by-district"
      footer={t("overview.chartHint")}
      chart={
        <Chart
          option={option}
          height={height}
          label={t("overview.byDistrict")}
          testId="chart-district"
          onSelect={(index) => {
            const code = places[index]?.code;
            if (code && code !== filters.district) change({ district: code });
          }}
        />
      }
      table={
        <CountsTable
          label={t("overview.byDistrict")}
          heading={t("filters.district")}
          rows={places}
          rowKey={(place) => place.code ?? "own"}
          name={(place) => place.name}
          nameText={(place) => place.name}
          columns={columns}
          total={{ code: "", name: t("common.total"), ...sumOf(places, shownMeasures) }}
        />
      }
    />
  );
}

export function ByDistrict(): JSX.Element {
  const { query, year } = useFilters();
  const answer = useEligibility({ ...query, by: "district" }, year !== undefined);
  return <Loaded query={answer}>{(rows) => <Picture rows={rows} />}</Loaded>;
}
