import { WarningOutlined } from "@ant-design/icons";
import { type TableColumnsType, Tag, Tooltip } from "antd";
import { type JSX, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { QuotaMeasure, QuotaRow } from "../../api/types.ts";
import { NumberLink } from "../../parts/NumberLink.tsx";
import { useWords } from "../../parts/words.ts";
import { peopleAddress, unknownTrade } from "../../state/drill.ts";
import { bandOf } from "../../state/sums.ts";
import { useFilters } from "../../state/use-filters.ts";

/** px in Chinese and in English, whose headings are longer; names of units and trades are Chinese in both. */
const widths = {
  unit: [190, 250],
  district: [78, 90],
  trade: [164, 190],
  technicians: [72, 120],
  band: [96, 110],
  quota: [64, 80],
  appliedLastYear: [72, 110],
  planningEligible: [80, 116],
  applications: [72, 124],
  exempt: [72, 96],
  used: [64, 76],
  left: [64, 72],
  over: [88, 120],
} as const;

const widthOf = (language: string, column: keyof typeof widths): number => widths[column][language === "en" ? 1 : 0];

export const tableWidth = (language: string): number =>
  (Object.keys(widths) as (keyof typeof widths)[]).reduce((sum, column) => sum + widthOf(language, column), 0);

/** Columns of counts in the order of the official table; those with a list of people behind them. */
const listed = ["technicians", "appliedLastYear", "planningEligible", "exempt", "applications", "used"] as const;
type Listed = (typeof listed)[number];

function Band({ row }: { readonly row: QuotaRow }): JSX.Element {
  const { t } = useTranslation();
  if (row.generalTrade === false)
    return (
      <Tooltip title={t("quota.notGeneralHint")}>
        <span className="muted">{t("quota.notGeneral")}</span>
      </Tooltip>
    );
  if (row.quota === null) return <span className="muted">{t("common.dash")}</span>;
  const band = bandOf(row.technicians);
  return (
    <Tooltip title={t(`quota.bandHint.${band}`)}>
      <span>{t(`quota.bandText.${band}`)}</span>
    </Tooltip>
  );
}

function TradeName({ row }: { readonly row: QuotaRow }): JSX.Element {
  const { t } = useTranslation();
  return (
    <span>
      {row.trade ?? t("common.noTrade")}
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

/** "Over" never by colour alone: a sign and words say it too. */
export function Over({ value }: { readonly value: number | null }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  if (value === null) return <span>{t("common.dash")}</span>;
  if (value === 0) return <span className="number">0</span>;
  return (
    <strong className="over">
      <WarningOutlined aria-hidden="true" /> {t("quota.overBy", { n: words.number(value) })}
    </strong>
  );
}

const compareText = (a: string | null | undefined, b: string | null | undefined): number =>
  (a ?? "").localeCompare(b ?? "", "zh-CN");
const compareCount = (a: number | null, b: number | null): number => (a ?? -1) - (b ?? -1);

export function useQuotaColumns(): TableColumnsType<QuotaRow> {
  const { t } = useTranslation();
  const { language } = useWords();
  const { filters } = useFilters();
  return useMemo(() => {
    const people = (measure: QuotaMeasure | "planningEligible", row: QuotaRow): string =>
      peopleAddress(
        measure,
        filters,
        {
          level: "seniorTechnician",
          unit: row.unit,
          trade: row.trade ?? unknownTrade,
        },
        "quota",
      );
    const count = (measure: Listed): TableColumnsType<QuotaRow>[number] => ({
      key: measure,
      title: t(`measure.${measure}`),
      align: "right",
      width: widthOf(language, measure),
      sorter: (a, b) => a[measure] - b[measure],
      render: (_, row) => (
        <NumberLink
          value={row[measure]}
          name={`${row.unitName} ${row.trade ?? ""} ${t(`measure.${measure}`)}`}
          to={people(measure, row)}
        />
      ),
    });
    return [
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
      count("technicians"),
      {
        key: "band",
        title: t("quota.band"),
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
  }, [t, filters, language]);
}
