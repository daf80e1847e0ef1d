import { Card, Table } from "antd";
import { type JSX, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useForecast } from "../../api/forecast-hooks.ts";
import type { ForecastRow } from "../../api/forecast-types.ts";
import { Loaded } from "../../parts/States.tsx";
import { useWords } from "../../parts/words.ts";
import { useAppMeta } from "../../state/meta.tsx";
import { unitNameOf } from "../../state/unit-name.ts";
import { useFilters } from "../../state/use-filters.ts";
import { oddsOf } from "./drill-columns.tsx";
import { useForecastState } from "./forecast-state.ts";

const counts = ["0", "1", "2", "3"] as const;

/** 占用几个指标: how probable it is that the unit uses none, one, two, three or more of its places. */
export function Places({ unit }: { readonly unit: string }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const { districts } = useAppMeta();
  const { filters } = useFilters();
  const { origin } = useForecastState();
  const { level, district, trade } = filters;
  const answer = useForecast({ origin, level, district, trade, unit, by: "unit" }, true);
  const rows = useMemo(() => (answer.data ?? []).filter((row) => oddsOf(row) !== undefined), [answer.data]);
  return (
    <Card
      size="small"
      className="section-card"
      data-testid="forecast-places"
      title={<h2 className="card-title">{t("forecast.odds.title", { unit: unitNameOf(unit, districts) })}</h2>}
    >
      <p className="section-note">{t("forecast.odds.note")}</p>
      <Loaded query={answer} rows={5}>
        {() =>
          rows.length === 0 ? (
            <p className="muted">{t("forecast.odds.none")}</p>
          ) : (
            <Table<ForecastRow>
              size="small"
              aria-label={t("forecast.odds.title", { unit: unitNameOf(unit, districts) })}
              dataSource={rows}
              rowKey="examYear"
              pagination={false}
              scroll={{ x: true }}
              columns={[
                { key: "year", title: t("filters.year"), dataIndex: "examYear", width: 100 },
                {
                  ...{ key: "quota", title: t("measure.quota"), align: "right", width: 100 },
                  render: (_, { quota }) => (
                    <span className="number">{quota === null ? t("common.dash") : words.oneDecimal(quota)}</span>
                  ),
                },
                {
                  ...{ key: "used", title: t("forecast.measure.quotaUsed"), align: "right", width: 140 },
                  render: (_, row) => (
                    <span className="number">
                      {row.quotaUsed === null ? t("common.dash") : words.oneDecimal(row.quotaUsed)}
                    </span>
                  ),
                },
                ...counts.map((count, index) => ({
                  key: count,
                  title: t(index === 3 ? "forecast.odds.more" : "forecast.odds.exactly", { n: count }),
                  render: (_: unknown, row: ForecastRow) => {
                    const share = oddsOf(row)?.[index] ?? 0;
                    return (
                      <span className="odds">
                        <span className="number" data-testid={`odds-${row.examYear}-${count}`}>
                          {words.percent(share)}
                        </span>
                        <span className="cell-bar" aria-hidden="true">
                          <span style={{ width: `${share * 100}%` }} />
                        </span>
                      </span>
                    );
                  },
                })),
              ]}
            />
          )
        }
      </Loaded>
    </Card>
  );
}
