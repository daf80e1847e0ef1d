import { Card, Flex, Segmented, Select, Spin } from "antd";
import { type JSX, useId, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useBaselines, useForecast, useHistory } from "../../api/forecast-hooks.ts";
import {
  type BaselineRow,
  type ForecastMeasure,
  type ForecastRow,
  forecastMeasures,
  type HistoryRow,
} from "../../api/forecast-types.ts";
import { type LevelCode, levelCodes } from "../../api/types.ts";
import { Loaded } from "../../parts/States.tsx";
import { useWords } from "../../parts/words.ts";
import { useFilters } from "../../state/use-filters.ts";
import { BandCard } from "./BandCard.tsx";
import { bandPoints } from "./band-points.ts";
import { useForecastState, type View, views } from "./forecast-state.ts";
import { PastNote } from "./PastNote.tsx";
import { groupingOf } from "./past-errors.ts";
import type { Past } from "./use-past.ts";

interface Answers {
  readonly forecast: readonly ForecastRow[];
  readonly history: readonly HistoryRow[];
  readonly baselines: readonly BaselineRow[];
}

/** One panel: a measure, of one level or of all of them. */
interface Panel {
  readonly measure: ForecastMeasure;
  /** Undefined: all levels, or the one that is filtered for. */
  readonly level: LevelCode | undefined;
  readonly title: string;
  readonly testId: string;
}

function Panels({
  panels,
  answers,
  origin,
  past,
}: {
  readonly panels: readonly Panel[];
  readonly answers: Answers;
  readonly origin: number;
  readonly past: Past;
}): JSX.Element {
  const { t } = useTranslation();
  const { filters } = useFilters();
  const drawn = useMemo(() => {
    const grouping = groupingOf(filters);
    return panels.map((panel) => {
      const { measure } = panel;
      const level = panel.level ?? filters.level;
      const own = <Row extends { readonly targetLevel?: string | null }>(rows: readonly Row[]): readonly Row[] =>
        panel.level === undefined ? rows : rows.filter(({ targetLevel }) => targetLevel === panel.level);
      const pastOf = (examYear: number) => past.of({ measure, grouping, level, horizon: examYear - origin });
      const points = bandPoints({
        measure,
        forecast: own(answers.forecast),
        history: own(answers.history),
        baselines: own(answers.baselines),
        pastOf,
      });
      return { panel, points, first: pastOf(origin + 1) };
    });
  }, [panels, answers, origin, past, filters]);
  return (
    <div className={panels.length > forecastMeasures.length ? "band-grid band-levels" : "band-grid"}>
      {drawn.map(({ panel, points, first }) => (
        <BandCard
          key={panel.testId}
          title={panel.title}
          unit={t(`scenarios.unit.${panel.measure}`)}
          points={points}
          testId={panel.testId}
          note={<PastNote past={past} row={first} horizon={1} testId={`${panel.testId}-past`} />}
        />
      ))}
    </div>
  );
}

/** 逐年预测: four figures of what is chosen, or one figure for every level. */
export function Bands({ origin, past }: { readonly origin: number; readonly past: Past }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const id = useId();
  const { filters } = useFilters();
  const { view, measure, origin: asked, set } = useForecastState();
  const { district, trade, unit } = filters;
  const place = { district, trade, unit };
  const query = view === "levels" ? { ...place, by: "level" } : { ...place, level: filters.level, by: "" };
  const forecast = useForecast({ ...query, origin: asked }, true);
  const history = useHistory(query, true);
  const isWorse = past.rows?.some(({ origin: of, worse }) => of === null && worse) ?? false;
  const baselines = useBaselines({ ...query, origin: asked }, isWorse);
  const panels = useMemo(
    (): readonly Panel[] =>
      view === "levels"
        ? levelCodes.map((level) => ({ measure, level, title: words.level(level), testId: `band-${level}` }))
        : forecastMeasures.map((one) => ({
            measure: one,
            level: undefined,
            title: t(`forecast.measure.${one}`),
            testId: `band-${one}`,
          })),
    [view, measure, words, t],
  );
  const both = {
    data:
      forecast.data && history.data
        ? { forecast: forecast.data, history: history.data, baselines: baselines.data ?? [] }
        : undefined,
    error: forecast.error ?? history.error,
  };
  const isOld = forecast.isPlaceholderData || history.isPlaceholderData;
  return (
    <Card
      size="small"
      className="section-card"
      title={<h2 className="card-title">{t("forecast.bands.title")}</h2>}
      data-testid="forecast-bands"
      extra={
        <Flex gap="8px 16px" wrap align="center">
          {isOld && <Spin size="small" aria-label={t("common.refreshing")} />}
          {view === "levels" && (
            <div className="filter-field" data-testid="forecast-measure">
              <label htmlFor={`${id}-measure`}>{t("forecast.measureLabel")}</label>
              <Select<ForecastMeasure>
                id={`${id}-measure`}
                value={measure}
                style={{ width: 140 }}
                options={forecastMeasures.map((value) => ({ value, label: t(`forecast.measure.${value}`) }))}
                onChange={(value) => set({ measure: value })}
              />
            </div>
          )}
          <Segmented<View>
            aria-label={t("forecast.bands.view")}
            value={view}
            options={views.map((value) => ({ value, label: t(`forecast.bands.${value}`) }))}
            onChange={(value) => set({ view: value })}
          />
        </Flex>
      }
    >
      <p className="section-note">{t("forecast.bands.note")}</p>
      <Loaded query={both} rows={12} isEmpty={(all) => all.forecast.length === 0}>
        {(answers) => (
          // what was shown before stays until the new is there; panels never mix the two
          <div aria-busy={isOld}>
            <Panels panels={panels} answers={answers} origin={origin} past={past} />
          </div>
        )}
      </Loaded>
    </Card>
  );
}
