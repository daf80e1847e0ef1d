import { Button, Spin, Table } from "antd";
import { type JSX, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useQuality } from "../../api/roster-hooks.ts";
import type { QualityCounts, QualityRow } from "../../api/roster-types.ts";
import { Chart } from "../../charts/Chart.tsx";
import { lostParts } from "../../charts/options/lost-points.ts";
import { barsHeight, stackedBars } from "../../charts/options/stacked-bars.ts";
import { ChartAndTable } from "../../parts/ChartAndTable.tsx";
import { NumberLink } from "../../parts/NumberLink.tsx";
import { Loaded } from "../../parts/States.tsx";
import { useWords } from "../../parts/words.ts";
import { useAppMeta } from "../../state/meta.tsx";
import { type Place, placeBy, placesOf, type SortOrder, sortPlaces } from "../../state/roster-places.ts";
import { goTo, openList, type PlaceBy } from "../../state/roster-search.ts";
import { useRosterSearch } from "../../state/use-roster-search.ts";
import { addQuality, lostText, pointsText, scoreOf } from "./score.ts";

type Scored = Place<QualityCounts>;

const numbers = {
  score: ({ counts }) => scoreOf(counts)?.score ?? null,
  lost: ({ counts }) => {
    const score = scoreOf(counts);
    return score && 100 - score.score;
  },
  workers: ({ counts }) => counts.workers,
  errors: ({ counts }) => counts.errors,
  warnings: ({ counts }) => counts.warnings,
  incompleteRows: ({ counts }) => counts.incompleteRows,
} satisfies Record<string, (place: Scored) => number | null>;
type SortKey = keyof typeof numbers;
const isSortKey = (key: unknown): key is SortKey => typeof key === "string" && key in numbers;

/** Bars beyond which a picture is no help. */
const charted = 16;

function Picture({ rows, by }: { readonly rows: readonly QualityRow[]; readonly by: PlaceBy }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const { districts } = useAppMeta();
  const { place, go, href } = useRosterSearch();
  const [sort, setSort] = useState<{ readonly key: SortKey; readonly order: SortOrder }>({
    ...{ key: "score", order: "ascend" },
  });
  const places = useMemo(
    () =>
      placesOf(rows, {
        ...{ by, districts, district: place.district, add: addQuality },
        ownOffice: (name) => t("common.ownOffice", { name }),
        inDistrict: (name) => t("common.aside", { text: name }),
        noUnit: t("rosters.noUnit"),
      }),
    [rows, by, districts, place.district, t],
  );
  const sorted = useMemo(() => sortPlaces(places, numbers[sort.key], sort.order), [places, sort]);
  const drawn = useMemo(() => sorted.filter(({ counts }) => counts.workers > 0).slice(0, charted), [sorted]);
  const option = useMemo(
    () =>
      stackedBars({
        parts: lostParts({ errors: t("quality.lostErrors"), missing: t("quality.lostMissing") }),
        bars: drawn.flatMap(({ key, name, counts }) => {
          const score = scoreOf(counts);
          if (!score) return [];
          const label = `${pointsText(score.score)} ${t("quality.points")}`;
          return [{ key, name, label, values: [score.lostToErrors, score.lostToMissing] }];
        }),
        format: lostText,
        unit: t("quality.points"),
        totalName: t("quality.lost"),
        whole: false,
        ...(by === "unit" ? { nameWidth: 190 } : {}),
      }),
    [drawn, by, t],
  );
  const canOpen = ({ district, unit }: Scored): boolean =>
    by === "unit" ? unit !== undefined : district !== undefined && district !== place.district;
  const open = (chosen: Scored | undefined): void => {
    if (chosen && canOpen(chosen)) go((old) => goTo(old, { district: chosen.district, unit: chosen.unit }));
  };
  const isListed = ({ district, unit }: Scored): boolean => district !== undefined && (by === "district" || !!unit);
  const findings = (chosen: Scored, severity: "error" | "warning"): string | undefined =>
    isListed(chosen) ? href((old) => openList(old, { severity, at: chosen.district, atUnit: chosen.unit })) : undefined;
  const column = (key: SortKey, title: string, width: number) => ({
    key,
    title,
    width,
    align: "right" as const,
    sorter: true,
    sortOrder: sort.key === key ? sort.order : null,
    showSorterTooltip: false,
  });
  const title = t(by === "unit" ? "quality.units" : "quality.places");
  return (
    <ChartAndTable
      title={title}
      note={t("quality.placesNote")}
      footer={[
        ...(sorted.length > charted ? [t("rosters.chartFirst", { n: charted })] : []),
        t("rosters.chartHint"),
      ].join("")}
      testId="quality-places"
      chart={
        <Chart
          option={option}
          height={barsHeight(drawn.length)}
          label={title}
          testId="chart-places"
          onSelect={(index) => open(drawn[index])}
        />
      }
      table={
        <Table<Scored>
          size="small"
          aria-label={title}
          dataSource={sorted}
          rowKey="key"
          scroll={{ x: true }}
          sortDirections={["ascend", "descend", "ascend"]}
          pagination={{ pageSize: 16, hideOnSinglePage: true, showSizeChanger: false, size: "small" }}
          onChange={(_page, _filters, sorter) => {
            const { columnKey, order } = Array.isArray(sorter) ? (sorter[0] ?? {}) : sorter;
            if (isSortKey(columnKey) && order) setSort({ key: columnKey, order });
          }}
          columns={[
            {
              key: "name",
              title: t(by === "unit" ? "filters.unit" : "filters.district"),
              render: (_, row) =>
                canOpen(row) ? (
                  <Button type="link" className="inline-button place-button" onClick={() => open(row)}>
                    {row.name}
                  </Button>
                ) : (
                  row.name
                ),
            },
            {
              ...column("score", t("quality.score"), 66),
              render: (_, row) => {
                const score = scoreOf(row.counts);
                return (
                  <strong className="number" data-testid={`score-${row.key}`}>
                    {score ? pointsText(score.score) : t("common.dash")}
                  </strong>
                );
              },
            },
            {
              ...column("lost", t("quality.lost"), 66),
              render: (_, row) => {
                const score = scoreOf(row.counts);
                return <span className="number">{score ? lostText(100 - score.score) : t("common.dash")}</span>;
              },
            },
            {
              ...column("workers", t("quality.workers"), 72),
              render: (_, { counts }) => <span className="number">{words.number(counts.workers)}</span>,
            },
            {
              ...column("errors", t("quality.errors"), 62),
              render: (_, row) => (
                <NumberLink
                  value={row.counts.errors}
                  name={row.name}
                  label={t("quality.openList", {
                    what: `${row.name} ${t("quality.errors")}`,
                    n: words.number(row.counts.errors),
                  })}
                  to={findings(row, "error")}
                  testId={`errors-${row.key}`}
                />
              ),
            },
            {
              ...column("warnings", t("quality.warnings"), 62),
              render: (_, row) => (
                <NumberLink
                  value={row.counts.warnings}
                  name={row.name}
                  label={t("quality.openList", {
                    what: `${row.name} ${t("quality.warnings")}`,
                    n: words.number(row.counts.warnings),
                  })}
                  to={findings(row, "warning")}
                  testId={`warnings-${row.key}`}
                />
              ),
            },
            {
              ...column("incompleteRows", t("quality.incompleteRows"), 104),
              render: (_, { counts }) => <span className="number">{words.number(counts.incompleteRows)}</span>,
            },
          ]}
        />
      }
    />
  );
}

/** The score of the districts below the chosen one, or of the units in it; each opens what lies in it. */
export function Places({ year }: { readonly year: number }): JSX.Element {
  const { t } = useTranslation();
  const { districts } = useAppMeta();
  const { place } = useRosterSearch();
  const by = placeBy(place, districts);
  const answer = useQuality({
    ...{ year, district: place.district, unit: place.unit },
    by: by === "unit" ? "district,unit" : "district",
  });
  const isOther = answer.data?.some((row) => (row.unit === undefined) === (by === "unit"));
  return (
    <Loaded query={answer}>
      {(rows) =>
        // Rows of the grouping before, while the new ones are on their way.
        isOther ? <Spin aria-label={t("common.refreshing")} /> : <Picture rows={rows} by={by} key={by} />
      }
    </Loaded>
  );
}
