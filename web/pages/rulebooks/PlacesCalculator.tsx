import { InputNumber, Table } from "antd";
import { type JSX, useState } from "react";
import { useTranslation } from "react-i18next";
import type { PlacesBalance, RegionBalance, TradeBalance } from "../../../server/tables/places.ts";
import { usePlaces, useRetry } from "../../api/hooks.ts";
import type { LevelCode } from "../../api/types.ts";
import { NumberLink } from "../../parts/NumberLink.tsx";
import { Over } from "../../parts/Over.tsx";
import { ErrorState, LoadingState } from "../../parts/States.tsx";
import { useDebounced } from "../../parts/use-debounced.ts";
import { useWords } from "../../parts/words.ts";
import { peopleAddress, unknownTrade } from "../../state/drill.ts";
import { useAppMeta } from "../../state/meta.tsx";
import { quotaLevels, servedPlace } from "../../state/quota-rules.ts";

const largest = 1_000_000;
/** Beyond it the table scrolls in itself, beside the shorter one of the regions. */
const tradesHeight = 360;

function Regions({ answer }: { readonly answer: PlacesBalance }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const { regions, workers, total } = answer;
  const figures: readonly {
    readonly key: string;
    readonly title: string;
    readonly of: (region: RegionBalance) => string;
    readonly total: string;
  }[] = [
    {
      key: "workers",
      title: t("rulebooks.workersOnPost"),
      of: (region) => words.number(region.workers),
      total: words.number(workers),
    },
    {
      key: "share",
      title: t("rulebooks.placesShare"),
      of: ({ share }) => words.percent(share),
      total: words.percent(1),
    },
    {
      key: "places",
      title: t("rulebooks.placesPlaces"),
      of: ({ places }) => words.number(places),
      total: words.number(total),
    },
    {
      key: "exact",
      title: t("rulebooks.placesExact"),
      of: ({ exact }) => words.decimal(exact),
      total: words.decimal(total),
    },
    {
      key: "deviation",
      title: t("rulebooks.placesDeviation"),
      of: ({ deviation }) => words.signed(deviation),
      total: words.signed(0),
    },
  ];
  return (
    <Table<RegionBalance>
      size="small"
      rowKey="district"
      pagination={false}
      aria-label={t("rulebooks.placesRegions")}
      data-testid="places-regions"
      dataSource={regions}
      columns={[
        { key: "district", title: t("filters.district"), dataIndex: "districtName" },
        ...figures.map(({ key, title, of }) => ({
          key,
          title,
          align: "right" as const,
          render: (_: unknown, region: RegionBalance) => <span className="number">{of(region)}</span>,
        })),
      ]}
      summary={() => (
        <Table.Summary.Row className="total-row">
          <Table.Summary.Cell index={0}>{t("common.total")}</Table.Summary.Cell>
          {figures.map((figure, index) => (
            <Table.Summary.Cell key={figure.key} index={index + 1} align="right">
              <span className="number">{figure.total}</span>
            </Table.Summary.Cell>
          ))}
        </Table.Summary.Row>
      )}
    />
  );
}

/** The trades, the one with most people first. What is compared with the cap opens its list. */
function Trades({ answer }: { readonly answer: PlacesBalance }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const meta = useAppMeta();
  const { compared, trades, rulebook, level, examYear } = answer;
  const district = servedPlace(meta, { rulebook, level, year: examYear });
  const isListed =
    district !== undefined && (compared !== "applications" || quotaLevels(meta, examYear).includes(level));
  const year = examYear === meta.newestExamYear ? undefined : examYear;
  const people = (cell: { readonly trade?: string }): string | undefined =>
    isListed ? peopleAddress(compared, {}, { year, level, district, ...cell }, "rulebooks", rulebook) : undefined;
  if (trades.length === 0) return <p className="section-note">{t("rulebooks.placesNoTrades")}</p>;
  const rows = [...trades].sort((a, b) => b[compared] - a[compared]);
  return (
    <Table<TradeBalance>
      size="small"
      rowKey={({ trade }) => trade ?? unknownTrade}
      pagination={false}
      aria-label={t("rulebooks.placesTrades")}
      data-testid="places-trades"
      dataSource={rows}
      scroll={{ y: tradesHeight }}
      columns={[
        { key: "trade", title: t("filters.trade"), render: (_, { trade }) => trade ?? t("common.noTrade") },
        {
          key: "people",
          title: t(`measure.${compared}`),
          align: "right",
          width: 112,
          render: (_, row) => (
            <NumberLink
              value={row[compared]}
              name={`${row.trade ?? t("common.noTrade")} ${t(`measure.${compared}`)}`}
              to={people({ trade: row.trade ?? unknownTrade })}
            />
          ),
        },
        {
          key: "cap",
          title: t("rulebooks.placesCap"),
          align: "right",
          width: 64,
          render: (_, { cap }) => <span className="number">{words.number(cap)}</span>,
        },
        {
          key: "over",
          title: t("rulebooks.placesOver"),
          align: "right",
          width: 104,
          render: (_, { over }) => <Over value={over} />,
        },
      ]}
      summary={() => (
        <Table.Summary fixed>
          <Table.Summary.Row className="total-row">
            <Table.Summary.Cell index={0}>{t("common.total")}</Table.Summary.Cell>
            <Table.Summary.Cell index={1} align="right">
              <NumberLink
                value={rows.reduce((sum, row) => sum + row[compared], 0)}
                name={`${t("common.total")} ${t(`measure.${compared}`)}`}
                to={people({})}
              />
            </Table.Summary.Cell>
            <Table.Summary.Cell index={2} />
            <Table.Summary.Cell index={3} align="right">
              <Over value={rows.reduce((sum, { over }) => sum + over, 0)} />
            </Table.Summary.Cell>
          </Table.Summary.Row>
        </Table.Summary>
      )}
    />
  );
}

/** Asks how many people a proposed list has, and shows how it should be spread. */
export function PlacesCalculator({
  rulebook,
  level,
  year,
}: {
  readonly rulebook: string;
  readonly level: LevelCode;
  readonly year: number;
}): JSX.Element {
  const { t } = useTranslation();
  const retry = useRetry();
  const [typed, setTyped] = useState<number | null>(null);
  const isValid = typed !== null && Number.isInteger(typed) && typed >= 1 && typed <= largest;
  const total = useDebounced(isValid ? typed : undefined, 300);
  const { data, error, isPlaceholderData } = usePlaces({ rulebook, year, total });
  const id = `places-total-${level}`;
  return (
    <>
      <div className="filter-field places-total no-print">
        <label htmlFor={id}>{t("rulebooks.placesTotal")}</label>
        <InputNumber<number>
          id={id}
          value={typed}
          min={1}
          precision={0}
          style={{ width: 120 }}
          status={typed !== null && !isValid ? "error" : ""}
          onChange={setTyped}
        />
        <span className="muted">{t("rulebooks.placesOf", { exam: year, year: year - 1 })}</span>
      </div>
      {!isValid ? (
        <p className={typed === null ? "section-note" : "field-error"}>
          {t(typed === null ? "rulebooks.placesAsk" : "rulebooks.placesInvalid")}
        </p>
      ) : error ? (
        <ErrorState error={error} onRetry={retry} />
      ) : total === undefined || data === undefined ? (
        <LoadingState rows={4} />
      ) : data.workers === 0 ? (
        <p className="section-note">{t("rulebooks.placesNobody")}</p>
      ) : (
        <div className={isPlaceholderData ? "places-tables stale" : "places-tables"} aria-live="polite">
          <Regions answer={data} />
          <Trades answer={data} />
        </div>
      )}
    </>
  );
}
