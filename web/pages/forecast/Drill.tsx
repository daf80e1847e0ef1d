import { Breadcrumb, Card, Flex, Segmented, Select, Spin, Table } from "antd";
import { type JSX, useCallback, useId, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation, useNavigate, useSearchParams } from "react-router";
import { useBaselines } from "../../api/forecast-hooks.ts";
import { type ForecastMeasure, type ForecastRow, forecastMeasures } from "../../api/forecast-types.ts";
import { DataTable } from "../../parts/DataTable.tsx";
import { Loaded } from "../../parts/States.tsx";
import { useWords } from "../../parts/words.ts";
import { useAppMeta } from "../../state/meta.tsx";
import { unitNameOf } from "../../state/unit-name.ts";
import { useFilters } from "../../state/use-filters.ts";
import { chosenBy, filtersOf, listingOf, listingsOf, type Step, stepsOf, wholeFigures } from "./drill.ts";
import { type DrillTable, drillWidth, intervalText, useDrillColumns, useRowName } from "./drill-columns.tsx";
import { type Band, bands, changeForecast, type Listing, useForecastState } from "./forecast-state.ts";
import { groupingOf } from "./past-errors.ts";
import { SaveTable } from "./SaveTable.tsx";
import { type Drill as DrillData, type DrillRow, useDrill } from "./use-drill.ts";
import type { Past } from "./use-past.ts";

/** Where one is, and the ways back up, in the order in which one came down. */
function Crumbs({ steps }: { readonly steps: readonly Step[] }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const { districts } = useAppMeta();
  const [search] = useSearchParams();
  const { pathname } = useLocation();
  const nameOf = ({ by, value }: Step): string => {
    switch (by) {
      case "level":
        return words.level(value);
      case "district":
        return districts.find(({ code }) => code === value)?.name ?? value;
      case "trade":
        return value === "unknown" ? t("common.noTrade") : value;
      case "unit":
        return unitNameOf(value, districts);
    }
  };
  const upTo = (kept: number): string => {
    const next = changeForecast(search, { by: undefined });
    for (const { by } of steps.slice(kept)) next.delete(by);
    const text = next.toString();
    return text === "" ? pathname : `${pathname}?${text}`;
  };
  const all = [t("forecast.table.everybody"), ...steps.map(nameOf)];
  return (
    <Breadcrumb
      data-testid="forecast-crumbs"
      items={all.map((text, index) => ({
        key: text,
        title: index === all.length - 1 ? text : <Link to={upTo(index)}>{text}</Link>,
      }))}
    />
  );
}

function TotalRow({
  drill,
  band,
  hasOdds,
}: {
  readonly drill: DrillData;
  readonly band: Band;
  /** The rows have a column of probabilities, which do not add. */
  readonly hasOdds: boolean;
}): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const { sum, total } = drill;
  const isMeasure = (key: string): key is ForecastMeasure => forecastMeasures.some((one) => one === key);
  return (
    <Table.Summary.Row className="total-row" data-testid="drill-total">
      <Table.Summary.Cell index={0}>{t("common.total")}</Table.Summary.Cell>
      {wholeFigures.map((key, index) => (
        <Table.Summary.Cell key={key} index={index + 1} align="right">
          <span className="number">
            <span data-testid={`drill-total-${key}`}>
              {sum[key] === null ? t("common.dash") : words.number(sum[key])}
            </span>
            {isMeasure(key) && total && (
              <span className="line small muted nowrap">{intervalText(total, key, band, words.number)}</span>
            )}
          </span>
        </Table.Summary.Cell>
      ))}
      {hasOdds && <Table.Summary.Cell index={wholeFigures.length + 1} />}
    </Table.Summary.Row>
  );
}

function Rows({
  drill,
  table,
  year,
}: {
  readonly drill: DrillData;
  readonly table: DrillTable;
  readonly year: number;
}): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const columns = useDrillColumns(table);
  const { listing, band } = table;
  const rows = useMemo(
    () =>
      listing === "district" || listing === "level"
        ? drill.rows
        : [...drill.rows].sort((a, b) => b.row.planningEligible - a.row.planningEligible),
    [drill.rows, listing],
  );
  return (
    <DataTable<DrillRow>
      label={t("forecast.table.title", { year })}
      testId="forecast-table"
      width={drillWidth(words.language, listing)}
      reserve={150}
      minHeight={420}
      dataSource={rows}
      columns={columns}
      rowKey={({ row }) => chosenBy(row, listing) ?? ""}
      summary={() => (
        <Table.Summary fixed>
          <TotalRow drill={drill} band={band} hasOdds={listing === "unit"} />
        </Table.Summary>
      )}
    />
  );
}

/** 逐层预测: districts, their trades, their units; whatever is shown adds up to the row it was opened from. */
export function Drill({
  origin,
  years,
  past,
}: {
  readonly origin: number;
  /** Exam years that are forecast, ascending. */
  readonly years: readonly number[];
  readonly past: Past;
}): JSX.Element {
  const { t } = useTranslation();
  const id = useId();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const [search] = useSearchParams();
  const { districts } = useAppMeta();
  const { filters } = useFilters();
  const { at: asked, by, band, origin: chosenOrigin, set } = useForecastState();
  const at = years.find((year) => year === asked) ?? years[0] ?? origin + 1;
  const below = listingOf(filters, districts, by);
  const listing = below ?? "level";
  const answer = useDrill(at, listing);
  const steps = useMemo(() => stepsOf(search, filters), [search, filters]);
  const errorOf = useCallback(
    (measure: ForecastMeasure) => {
      const place = { ...filters, ...(listing === "level" ? {} : { [listing]: "each" }) };
      const ofLevels = listing === "level" && groupingOf(filters) === "total";
      const grouping = ofLevels ? ("level" as const) : groupingOf(place);
      return past.of({ measure, grouping, level: ofLevels ? undefined : filters.level, horizon: at - origin });
    },
    [filters, listing, past, at, origin],
  );
  const isWorse = forecastMeasures.some((measure) => errorOf(measure)?.worse);
  const baselines = useBaselines(
    { ...filtersOf(steps), origin: chosenOrigin, by: listing },
    isWorse && listing !== "level",
  );
  const ofYear = useMemo(() => (baselines.data ?? []).filter(({ examYear }) => examYear === at), [baselines.data, at]);
  const open = useCallback(
    (row: ForecastRow) => {
      const value = listing === "level" || filters.unit !== undefined ? undefined : chosenBy(row, listing);
      if (value === undefined) return undefined;
      return () => {
        const next = changeForecast(search, { by: undefined });
        // Asked for again it stands last: the order of the address is the way one came.
        next.delete(listing);
        next.set(listing, value);
        void navigate(`${pathname}?${next}`);
      };
    },
    [listing, filters.unit, search, navigate, pathname],
  );
  const table = useMemo(
    (): DrillTable => ({ listing, band, past, errorOf, baselines: ofYear, open }),
    [listing, band, past, errorOf, ofYear, open],
  );
  const nameOf = useRowName(listing);
  return (
    <Card
      size="small"
      className="section-card"
      title={<h2 className="card-title">{t("forecast.table.title", { year: at })}</h2>}
      data-testid="forecast-drill"
      extra={answer.isOld ? <Spin size="small" aria-label={t("common.refreshing")} /> : undefined}
    >
      <Flex gap="8px 16px" wrap align="center" justify="space-between" className="table-tools">
        <Crumbs steps={steps} />
        <Flex gap="8px 16px" wrap align="center">
          <div className="filter-field" data-testid="forecast-year">
            <label htmlFor={`${id}-year`}>{t("filters.year")}</label>
            <Select
              id={`${id}-year`}
              value={at}
              style={{ width: 104 }}
              options={years.map((year) => ({ value: year, label: t("filters.yearOption", { year }) }))}
              onChange={(year: number) => set({ at: year === years[0] ? undefined : year })}
            />
          </div>
          {below !== undefined && (
            <Segmented<Listing>
              aria-label={t("forecast.table.listing")}
              value={below}
              options={listingsOf(filters, districts).map((value) => ({
                value,
                label: t(`forecast.table.by.${value}`),
              }))}
              onChange={(value) => set({ by: value })}
            />
          )}
          <Segmented<Band>
            aria-label={t("forecast.table.band")}
            value={band}
            options={bands.map((value) => ({ value, label: t("forecast.table.bandOf", { n: value }) }))}
            onChange={(value) => set({ band: value })}
          />
          {answer.data && (
            <SaveTable drill={answer.data} year={at} band={band} listing={listing} nameOf={nameOf} errorOf={errorOf} />
          )}
        </Flex>
      </Flex>
      <p className="section-note" data-testid="interval-note">
        {t("forecast.table.note")}
      </p>
      <Loaded query={answer} rows={12} isEmpty={(drill) => drill.rows.length === 0}>
        {(drill) => <Rows drill={drill} table={table} year={at} />}
      </Loaded>
    </Card>
  );
}
