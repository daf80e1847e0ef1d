import { Button, Empty } from "antd";
import { type JSX, type ReactNode, useId, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Chart } from "../../charts/Chart.tsx";
import { forecastBands } from "../../charts/options/forecast-bands.ts";
import { useWords } from "../../parts/words.ts";
import { BandTable } from "./BandTable.tsx";
import { type BandPoint, isTold } from "./band-points.ts";

/** One figure through the years: what was, and what is to come with its bands; the same in numbers behind a button. */
export function BandCard({
  title,
  unit,
  points,
  note,
  testId,
}: {
  readonly title: string;
  readonly unit: string;
  readonly points: readonly BandPoint[];
  /** How far such forecasts were off. */
  readonly note: ReactNode;
  readonly testId: string;
}): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const id = useId();
  const [open, setOpen] = useState(false);
  const hasSimple = points.some(({ simple }) => simple);
  const option = useMemo(
    () =>
      forecastBands({
        points: points.map((point) => ({ ...point, other: point.simple?.value ?? null })),
        names: {
          actual: t("forecast.actual"),
          forecast: t("forecast.forecast"),
          band80: t("forecast.band80"),
          band95: t("forecast.band95"),
          ...(hasSimple ? { other: t("forecast.simple") } : {}),
        },
        axes: { year: t("filters.year"), value: unit },
        format: words.number,
        mean: words.oneDecimal,
        legend: true,
      }),
    [points, hasSimple, unit, words, t],
  );
  const forecast = points.filter(({ mean }) => mean !== null);
  const [first, last] = [forecast[0]?.year, forecast.at(-1)?.year];
  return (
    <section className={open ? "band-card band-open" : "band-card"} aria-label={title} data-testid={testId}>
      <div className="band-head">
        <h3>{title}</h3>
        <Button
          type="link"
          className="inline-button"
          aria-expanded={open}
          aria-controls={`${id}-table`}
          onClick={() => setOpen(!open)}
          data-testid={`${testId}-open`}
        >
          {t(open ? "forecast.bands.closeTable" : "forecast.bands.openTable")}
        </Button>
      </div>
      <div className={open ? "chart-and-table" : undefined}>
        <div className="chart-side">
          {isTold(points) ? (
            <Chart
              option={option}
              height={272}
              label={t("forecast.bands.label", { name: title, from: first ?? "", to: last ?? "" })}
              testId={`${testId}-chart`}
            />
          ) : (
            <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("forecast.bands.notTold")} />
          )}
          {isTold(points) && <p className="section-note">{note}</p>}
        </div>
        <div id={`${id}-table`} className="table-side">
          {open && <BandTable points={points} name={title} testId={testId} />}
        </div>
      </div>
    </section>
  );
}
