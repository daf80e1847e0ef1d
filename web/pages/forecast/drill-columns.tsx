import { type TableColumnsType, Tooltip } from "antd";
import { type JSX, type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { BaselineRow, ForecastMeasure, ForecastRow } from "../../api/forecast-types.ts";
import { useWords } from "../../parts/words.ts";
import { districtPath } from "../../state/districts.ts";
import { useAppMeta } from "../../state/meta.tsx";
import { endOf } from "./band-points.ts";
import { chosenBy, type WholeFigure } from "./drill.ts";
import type { Band, Listing } from "./forecast-state.ts";
import type { DrillRow } from "./use-drill.ts";
import { type Past, usePastWords } from "./use-past.ts";

/** px in Chinese and in English. */
const widths = { name: [210, 190], figure: [84, 100], measure: [118, 140], odds: [190, 210] } as const;

const widthOf = (language: string, column: keyof typeof widths): number => widths[column][language === "en" ? 1 : 0];

export interface DrillTable {
  readonly listing: Listing | "level";
  readonly band: Band;
  readonly past: Past;
  readonly errorOf: (measure: ForecastMeasure) => ReturnType<Past["of"]>;
  readonly baselines: readonly BaselineRow[];
  /** What a click on a row leads to; undefined where nothing is below it. */
  readonly open: (row: ForecastRow) => (() => void) | undefined;
}

/** Name of what a row is of. */
export function useRowName(listing: Listing | "level"): (row: ForecastRow) => string {
  const { t } = useTranslation();
  const words = useWords();
  const { districts } = useAppMeta();
  return useMemo(
    () => (row) => {
      switch (listing) {
        case "level":
          return row.targetLevel ? words.level(row.targetLevel) : t("forecast.table.noLevel");
        case "trade":
          return row.trade ?? t("common.noTrade");
        case "unit":
          return row.unitName ?? row.unit ?? "";
        case "district": {
          const path = districtPath(districts, row.district);
          const above = path.at(-2);
          const own = row.districtName ?? path.at(-1)?.name ?? row.district ?? "";
          return path.length > 2 && above ? `${above.name} ${own}` : own;
        }
      }
    },
    [listing, words, districts, t],
  );
}

/** "3–11"; nothing where it is not told. */
export function intervalText(
  row: ForecastRow,
  measure: ForecastMeasure,
  band: Band,
  number: (n: number) => string,
): string {
  const [low, high] = [endOf(row, measure, `Low${band}`), endOf(row, measure, `High${band}`)];
  return low === null || high === null ? "" : `${number(low)}–${number(high)}`;
}

/** Probabilities of 0, 1, 2, 3 or more places; undefined where the row is not of one unit, or no quota holds. */
export function oddsOf(row: ForecastRow): readonly number[] | undefined {
  const odds = [row.quotaUsed0, row.quotaUsed1, row.quotaUsed2, row.quotaUsed3];
  const known = odds.flatMap((share) => (share === null ? [] : [share]));
  return known.length === odds.length ? known : undefined;
}

/** Width of the table, px. */
export const drillWidth = (language: string, listing: Listing | "level"): number =>
  widthOf(language, "name") +
  3 * widthOf(language, "figure") +
  4 * widthOf(language, "measure") +
  (listing === "unit" ? widthOf(language, "odds") : 0);

export function useDrillColumns(table: DrillTable): NonNullable<TableColumnsType<DrillRow>> {
  const { t } = useTranslation();
  const words = useWords();
  const pastWords = usePastWords();
  const nameOf = useRowName(table.listing);
  return useMemo(() => {
    const { listing, band, errorOf, baselines, open } = table;
    const { language } = words;
    const show = (value: number | null): string => (value === null ? t("common.dash") : words.number(value));
    const heading = (measure: ForecastMeasure): JSX.Element => {
      const past = errorOf(measure);
      return (
        <Tooltip
          title={
            past &&
            t("forecast.table.pastHint", {
              error: pastWords.error(past),
              ratio: pastWords.ratio(past),
              coverage: pastWords.coverage(past, band),
            })
          }
        >
          <span className="line">{t(`forecast.measure.${measure}`)}</span>
          <span className="line small muted" data-testid={`drill-past-${measure}`}>
            {t("forecast.table.past", { error: pastWords.error(past) })}
          </span>
        </Tooltip>
      );
    };
    const simpleOf = (row: ForecastRow, measure: ForecastMeasure): ReactNode => {
      const past = errorOf(measure);
      const baseline = past?.worse ? (past.best ?? undefined) : undefined;
      if (!baseline || listing === "level") return null;
      const said = baselines.find(
        (one) =>
          one.measure === measure && one.baseline === baseline && chosenBy(one, listing) === chosenBy(row, listing),
      );
      if (said?.value == null) return null;
      return (
        <span className="line small simple">
          {t("forecast.table.simple", {
            baseline: t(`backtest.baseline.${baseline}`),
            n: words.oneDecimal(said.value),
          })}
        </span>
      );
    };
    const figure = (key: WholeFigure, title: string) => ({
      key,
      title,
      align: "right" as const,
      width: widthOf(language, "figure"),
      sorter: (a: DrillRow, b: DrillRow) => (a.row[key] ?? -1) - (b.row[key] ?? -1),
      render: (_: unknown, { row, whole }: DrillRow) => (
        <span className="number" data-testid={`drill-${key}-${chosenBy(row, listing) ?? ""}`}>
          {show(whole[key])}
        </span>
      ),
    });
    const measured = (measure: ForecastMeasure) => ({
      ...figure(measure, ""),
      title: heading(measure),
      width: widthOf(language, "measure"),
      render: (_: unknown, { row, whole }: DrillRow) => (
        <Tooltip
          title={t("forecast.table.mean", {
            n: row[measure] === null ? t("common.dash") : words.decimal(row[measure]),
          })}
        >
          <span className="number drill-figure">
            <strong data-testid={`drill-${measure}-${chosenBy(row, listing) ?? ""}`}>{show(whole[measure])}</strong>
            <span className="line small muted nowrap">{intervalText(row, measure, band, words.number)}</span>
            {simpleOf(row, measure)}
          </span>
        </Tooltip>
      ),
    });
    return [
      {
        key: "name",
        title: t(`filters.${listing}`),
        width: widthOf(language, "name"),
        fixed: "left",
        sorter: (a, b) => nameOf(a.row).localeCompare(nameOf(b.row), "zh-CN"),
        render: (_, { row }) => {
          const go = open(row);
          return go ? (
            <button
              type="button"
              className="drill-name"
              onClick={go}
              data-testid={`drill-open-${chosenBy(row, listing) ?? ""}`}
            >
              {nameOf(row)}
            </button>
          ) : (
            nameOf(row)
          );
        },
      },
      figure("workers", t("forecast.table.workers")),
      measured("planningEligible"),
      measured("applicants"),
      figure("quota", t("measure.quota")),
      measured("quotaUsed"),
      measured("passes"),
      figure("retirements", t("forecast.table.retirements")),
      ...(listing === "unit"
        ? [
            {
              key: "odds",
              title: <Tooltip title={t("forecast.odds.hint")}>{t("forecast.odds.column")}</Tooltip>,
              width: widthOf(language, "odds"),
              render: (_: unknown, { row }: DrillRow) => <Odds row={row} />,
            },
          ]
        : []),
    ];
  }, [table, words, pastWords, nameOf, t]);
}

/** "0: 62%  1: 30% …" */
function Odds({ row }: { readonly row: ForecastRow }): JSX.Element {
  const { t } = useTranslation();
  const odds = oddsOf(row);
  if (!odds) return <span className="muted">{t("common.dash")}</span>;
  const percent = (share: number): string => `${Math.round(share * 100)}%`;
  return (
    <span className="number odds-cell">
      {odds.map((share, places) => (
        <span key={["none", "one", "two", "more"][places]}>
          <span className="muted">{places === 3 ? "3+" : places} </span>
          {percent(share)}
        </span>
      ))}
    </span>
  );
}
