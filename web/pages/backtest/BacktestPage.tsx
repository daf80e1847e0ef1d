import { ReloadOutlined } from "@ant-design/icons";
import { App, Button, Card, Empty, Flex, Select } from "antd";
import { type JSX, useId } from "react";
import { useTranslation } from "react-i18next";
import { isTooShort, useBacktest, useBacktestWork } from "../../api/forecast-hooks.ts";
import {
  type BacktestRow,
  type BacktestStatus,
  backtestGroupings,
  forecastMeasures,
} from "../../api/forecast-types.ts";
import { type LevelCode, levelCodes } from "../../api/types.ts";
import { PageHeader } from "../../parts/PageHeader.tsx";
import { EmptyState, Loaded } from "../../parts/States.tsx";
import { useWords } from "../../parts/words.ts";
import { useAppMeta } from "../../state/meta.tsx";
import { Preparing } from "../forecast/Preparing.tsx";
import { horizons, useBacktestState } from "./backtest-state.ts";
import { ByOrigin, Coverage } from "./Charts.tsx";
import { Figures } from "./Figures.tsx";
import { originsOf } from "./lines.ts";
import { Matrix } from "./Matrix.tsx";
import "../forecast/forecast.css";

const glossary = ["wape", "bias", "ratio", "coverage", "pinball", "baselines", "cells"] as const;

/** What each figure means, in a planner's words. */
function Glossary(): JSX.Element {
  const { t } = useTranslation();
  return (
    <Card size="small" className="section-card" title={<h2 className="card-title">{t("backtest.glossaryTitle")}</h2>}>
      <dl className="glossary">
        {glossary.map((name) => (
          <div key={name} style={{ display: "contents" }}>
            <dt>{t(`backtest.glossary.${name}.name`)}</dt>
            <dd>{t(`backtest.glossary.${name}.text`)}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

/** Which line the charts are of, and of which level everything is. */
function Choices(): JSX.Element {
  const { t } = useTranslation();
  const id = useId();
  const { measure, grouping, horizon, level, set } = useBacktestState();
  return (
    <search className="roster-filters no-print" aria-label={t("filters.label")}>
      <Flex gap="8px 16px" wrap align="center">
        <div className="filter-field" data-testid="backtest-level">
          <label htmlFor={`${id}-level`}>{t("filters.level")}</label>
          <Select<LevelCode | "">
            id={`${id}-level`}
            value={level ?? ""}
            style={{ width: 130 }}
            options={[
              { value: "" as const, label: t("filters.allLevels") },
              ...levelCodes.map((code) => ({ value: code, label: t(`level.${code}`) })),
            ]}
            onChange={(value) => set({ level: value === "" ? undefined : value })}
          />
        </div>
        <div className="filter-field" data-testid="backtest-measure">
          <label htmlFor={`${id}-measure`}>{t("forecast.measureLabel")}</label>
          <Select
            id={`${id}-measure`}
            value={measure}
            style={{ width: 130 }}
            options={forecastMeasures.map((value) => ({ value, label: t(`forecast.measure.${value}`) }))}
            onChange={(value) => set({ measure: value })}
          />
        </div>
        <div className="filter-field" data-testid="backtest-grouping">
          <label htmlFor={`${id}-grouping`}>{t("backtest.groupingLabel")}</label>
          <Select
            id={`${id}-grouping`}
            value={grouping}
            style={{ width: 130 }}
            options={backtestGroupings.map((value) => ({ value, label: t(`backtest.grouping.${value}`) }))}
            onChange={(value) => set({ grouping: value })}
          />
        </div>
        <div className="filter-field" data-testid="backtest-horizon">
          <label htmlFor={`${id}-horizon`}>{t("backtest.aheadLabel")}</label>
          <Select<number>
            id={`${id}-horizon`}
            value={horizon}
            style={{ width: 100 }}
            options={horizons.map((value) => ({ value, label: t("backtest.ahead", { n: value }) }))}
            onChange={(value) => set({ horizon: value })}
          />
        </div>
      </Flex>
    </search>
  );
}

/** Why there is nothing to check, as the engine says it. */
function TooShort({ status }: { readonly status: BacktestStatus | undefined }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  return (
    <Empty
      image={Empty.PRESENTED_IMAGE_SIMPLE}
      description={status?.problem ? words.say(status.problem) : t("backtest.tooShort")}
      data-testid="backtest-short"
    />
  );
}

function Content({ rows }: { readonly rows: readonly BacktestRow[] }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const origins = originsOf(rows);
  if (origins.length === 0) return <TooShort status={undefined} />;
  return (
    <Flex vertical gap={16}>
      <p className="section-note" data-testid="backtest-about">
        {t("backtest.about", { list: words.list(origins.map(String)), n: origins.length })}
      </p>
      <Matrix rows={rows} />
      <div className="backtest-charts">
        <Coverage rows={rows} />
        <ByOrigin rows={rows} />
      </div>
      <Figures rows={rows} />
    </Flex>
  );
}

function Tested(): JSX.Element {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const work = useBacktestWork({ enabled: true, automatic: true });
  const rows = useBacktest(work.ready);
  const again = async (): Promise<void> => {
    const status = await work.start();
    if (status?.state === "ready") void message.info(t("backtest.upToDate"));
  };
  return (
    <>
      <PageHeader
        title={t("backtest.title")}
        description={t("backtest.description")}
        actions={
          <Button
            icon={<ReloadOutlined />}
            loading={work.status?.state === "running"}
            onClick={() => void again()}
            data-testid="backtest-again"
          >
            {t("backtest.again")}
          </Button>
        }
      />
      {isTooShort(work) ? (
        <TooShort status={work.status} />
      ) : work.ready ? (
        <>
          <Choices />
          <Loaded query={rows} rows={12}>
            {(all) => <Content rows={all} />}
          </Loaded>
        </>
      ) : (
        <Preparing
          work={work}
          title={t("backtest.preparing")}
          failed={t("backtest.failed")}
          testId="backtest-preparing"
        />
      )}
      <div className="after-sections">
        <Glossary />
      </div>
    </>
  );
}

/** 预测检验: what would have been forecast in earlier years with what was known then, against what became of it. */
export function BacktestPage(): JSX.Element {
  const { t } = useTranslation();
  const { rosterYears } = useAppMeta();
  if (rosterYears.length > 0) return <Tested />;
  return (
    <>
      <PageHeader title={t("backtest.title")} />
      <EmptyState />
    </>
  );
}
