import { type TableColumnsType, Tag, Tooltip } from "antd";
import type { TFunction } from "i18next";
import { type JSX, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { QuotaMeasure, QuotaRow } from "../../api/types.ts";
import { NumberLink } from "../../parts/NumberLink.tsx";
import { Over } from "../../parts/Over.tsx";
import { useWords } from "../../parts/words.ts";
import { peopleAddress, unknownTrade } from "../../state/drill.ts";
import { useAppMeta } from "../../state/meta.tsx";
import { type Band as BandRange, bandOf, quotaRuleOf } from "../../state/quota-rules.ts";
import { useFilters } from "../../state/use-filters.ts";

/** px in Chinese and in English, whose headings are longer; names of units and trades are Chinese in both. */
const widths = {
  unit: [184, 250],
  district: [78, 90],
  trade: [158, 190],
  level: [88, 130],
  technicians: [72, 120],
  band: [116, 150],
  quota: [64, 80],
  appliedLastYear: [72, 110],
  planningEligible: [80, 116],
  applications: [72, 124],
  exempt: [72, 96],
  used: [64, 76],
  left: [64, 72],
  over: [80, 120],
} as const;

export type ColumnKey = keyof typeof widths;

const widthOf = (language: string, column: ColumnKey): number => widths[column][language === "en" ? 1 : 0];

/** The columns in the order of the official table; the level only where there is more than one. */
export function shownColumns(rows: readonly QuotaRow[]): readonly ColumnKey[] {
  const all = Object.keys(widths) as ColumnKey[];
  const isMixed = rows.some(({ targetLevel }) => targetLevel !== rows[0]?.targetLevel);
  return isMixed ? all : all.filter((key) => key !== "level");
}

export const tableWidth = (language: string, keys: readonly ColumnKey[]): number =>
  keys.reduce((sum, column) => sum + widthOf(language, column), 0);

/** Counts with a list of people behind them, and the measure of the list. */
const listed = {
  technicians: "technicians",
  appliedLastYear: "appliedLastYear",
  planningEligible: "quotaEligible",
  exempt: "exempt",
  applications: "applications",
  used: "used",
} as const satisfies Partial<Record<keyof QuotaRow, QuotaMeasure>>;
type Listed = keyof typeof listed;

/** What the quota of the row rests on: a band of the rulebook that serves the district, or a share of the unit's posts. */
function Band({ row }: { readonly row: QuotaRow }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const meta = useAppMeta();
  const { examYear: year, district = "", targetLevel: level } = row;
  const rule = level && quotaRuleOf(meta, { year, district, level });
  if (row.posts !== null)
    return (
      <Tooltip title={rule && words.say(rule.sentence)}>
        <span className="number">{t("quota.shareText", { posts: row.posts, holders: row.holders ?? 0 })}</span>
      </Tooltip>
    );
  if (row.generalTrade === false)
    return (
      <Tooltip title={t("quota.notGeneralHint")}>
        <span className="muted">{t("quota.notGeneral")}</span>
      </Tooltip>
    );
  if (row.quota === null || !rule || !("bands" in rule)) return <span className="muted">{t("common.dash")}</span>;
  const band = bandOf(rule.bands, row.technicians);
  const range = band && rangeText(t, band);
  return (
    <Tooltip
      title={
        band && range !== undefined
          ? t(band.alternateYears ? "quota.bandHintAlternate" : "quota.bandHint", { range, places: band.places })
          : t("quota.belowBands")
      }
    >
      <span className="number">
        {range === undefined ? t("quota.bandExact", { n: row.technicians }) : range}
        {band?.alternateYears && <span className="muted">{t("quota.alternate")}</span>}
      </span>
    </Tooltip>
  );
}

function rangeText(t: TFunction, { from, to }: BandRange): string {
  if (to === undefined) return t("rulebooks.bandFrom", { from });
  return to === from ? t("quota.bandExact", { n: from }) : t("rulebooks.bandBetween", { from, to });
}

function TradeName({ row }: { readonly row: QuotaRow }): JSX.Element {
  const { t } = useTranslation();
  return (
    <span>
      {row.posts === null ? (row.trade ?? t("common.noTrade")) : t("quota.wholeUnit")}
      {row.assumed && row.quota !== null && (
        <Tooltip title={t("quota.assumedHint")}>
          <Tag variant="outlined" className="small-tag">
            {t("quota.assumedTag")}
          </Tag>
        </Tooltip>
      )}
    </span>
  );
}

const compareText = (a: string | null | undefined, b: string | null | undefined): number =>
  (a ?? "").localeCompare(b ?? "", "zh-CN");
const compareCount = (a: number | null, b: number | null): number => (a ?? -1) - (b ?? -1);

/** The columns named by `keys`, for these rows. */
export function useQuotaColumns(
  rows: readonly QuotaRow[],
  keys: readonly ColumnKey[],
): NonNullable<TableColumnsType<QuotaRow>> {
  const { t } = useTranslation();
  const words = useWords();
  const { filters } = useFilters();
  return useMemo(() => {
    const { language } = words;
    const hasShares = rows.some(({ posts }) => posts !== null);
    const isSenior = rows.every(({ targetLevel }) => targetLevel === "seniorTechnician");
    const people = (measure: QuotaMeasure, row: QuotaRow): string =>
      peopleAddress(
        measure,
        filters,
        { level: row.targetLevel, unit: row.unit, trade: row.trade ?? unknownTrade },
        "quota",
      );
    const count = (measure: Listed): TableColumnsType<QuotaRow>[number] => ({
      key: measure,
      title: measure === "technicians" && !isSenior ? t("quota.levelBelow") : t(`measure.${measure}`),
      align: "right",
      width: widthOf(language, measure),
      sorter: (a, b) => a[measure] - b[measure],
      render: (_, row) => (
        <NumberLink
          value={row[measure]}
          name={`${row.unitName} ${row.trade ?? ""} ${t(`measure.${measure}`)}`}
          to={people(listed[measure], row)}
        />
      ),
    });
    const all: NonNullable<TableColumnsType<QuotaRow>> = [
      {
        key: "unit",
        title: t("quota.unit"),
        width: widthOf(language, "unit"),
        fixed: "left",
        sorter: (a, b) => compareText(a.unitName, b.unitName),
        render: (_, row) => row.unitName,
      },
      {
        key: "district",
        title: t("quota.district"),
        width: widthOf(language, "district"),
        ellipsis: true,
        sorter: (a, b) => compareText(a.district, b.district),
        render: (_, row) => row.districtName,
      },
      {
        key: "trade",
        title: t("quota.trade"),
        width: widthOf(language, "trade"),
        sorter: (a, b) => compareText(a.trade, b.trade),
        render: (_, row) => <TradeName row={row} />,
      },
      {
        key: "level",
        title: t("filters.level"),
        width: widthOf(language, "level"),
        render: (_, row) => words.level(row.targetLevel),
      },
      count("technicians"),
      {
        key: "band",
        title: t(hasShares ? "quota.ground" : "quota.band"),
        width: widthOf(language, "band"),
        sorter: (a, b) => a.technicians - b.technicians,
        render: (_, row) => <Band row={row} />,
      },
      {
        key: "quota",
        title: t("measure.quota"),
        align: "right",
        width: widthOf(language, "quota"),
        sorter: (a, b) => compareCount(a.quota, b.quota),
        render: (_, row) => <NumberLink value={row.quota} name={t("measure.quota")} to={people("technicians", row)} />,
      },
      count("appliedLastYear"),
      count("planningEligible"),
      count("applications"),
      count("exempt"),
      count("used"),
      {
        key: "left",
        title: t("measure.left"),
        align: "right",
        width: widthOf(language, "left"),
        sorter: (a, b) => compareCount(a.left, b.left),
        render: (_, row) => <NumberLink value={row.left} name={t("measure.left")} to={people("technicians", row)} />,
      },
      {
        key: "over",
        title: t("measure.over"),
        align: "right",
        width: widthOf(language, "over"),
        sorter: (a, b) => compareCount(a.over, b.over),
        render: (_, row) => <Over value={row.over} />,
      },
    ];
    return all.filter(({ key }) => keys.some((one) => one === key));
  }, [t, filters, words, rows, keys]);
}
