import { Alert } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import { useWords } from "../../parts/words.ts";
import { directionOf, doubtOf, type Figure } from "./rows.ts";
import type { Measure } from "./shapes.ts";
import { useFigures } from "./use-figures.ts";

/** What the run says of one year, in a sentence that can be read out. */
export function Summary({
  figure,
  year,
  measure,
  level,
  place,
}: {
  readonly figure: Figure;
  readonly year: number;
  readonly measure: Measure;
  readonly level: string | undefined;
  /** District, trade and unit it is narrowed to, in words. */
  readonly place: string;
}): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const figures = useFigures();
  const direction = directionOf(figure);
  const doubt = doubtOf(figure);
  const hasInterval = figure.low80 !== null;
  const key =
    !hasInterval && (direction === "more" || direction === "fewer") ? (`${direction}Only` as const) : direction;
  const what = t(`scenarios.what.${measure}`, {
    level: level === undefined ? t("scenarios.allLevels") : words.level(level),
  });
  const count = (n: number | null): string => t(`scenarios.count.${measure}`, { n: figures.people(n) });
  const said = {
    ...{ year, what, place: place === "" ? "" : t("scenarios.place", { place }) },
    n: count(Math.abs(figure.difference ?? 0)),
    base: count(figure.base),
    scenario: count(figure.scenario),
    interval80: figures.interval(figure.low80, figure.high80),
    interval95: figures.interval(figure.low95, figure.high95),
  };
  return (
    <Alert
      type={direction === "open" ? "warning" : "info"}
      showIcon
      data-testid="scenario-summary"
      title={<strong>{t(`scenarios.summary.${key}`, said)}</strong>}
      description={
        direction === "open" ? undefined : (
          <>
            {t(hasInterval ? "scenarios.summary.from" : "scenarios.summary.fromOnly", said)}
            {doubt && ` ${t(`scenarios.summary.doubt.${doubt}`)}`}
          </>
        )
      }
    />
  );
}
