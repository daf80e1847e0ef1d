import { Tabs } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import { PageHeader } from "../../parts/PageHeader.tsx";
import { EmptyState } from "../../parts/States.tsx";
import { type BottleneckPart, bottleneckParts } from "../../state/drill.ts";
import { useFilters } from "../../state/use-filters.ts";
import { Actions } from "./Actions.tsx";
import { Conditions } from "./Conditions.tsx";
import { Outliers } from "./Outliers.tsx";
import { PassRates } from "./PassRates.tsx";
import { usePart } from "./part-state.ts";
import { QuotaPressure } from "./QuotaPressure.tsx";
import { Stages } from "./Stages.tsx";
import "./bottlenecks.css";

const contents: Readonly<Record<BottleneckPart, () => JSX.Element>> = {
  conditions: Conditions,
  actions: Actions,
  stages: Stages,
  quota: QuotaPressure,
  passes: PassRates,
  outliers: Outliers,
};

/** 瓶颈: which conditions, stages and quotas stand in people's way, and where pass rates are unusual. */
export function BottlenecksPage(): JSX.Element {
  const { t } = useTranslation();
  const { year } = useFilters();
  const { show, set } = usePart();
  return (
    <>
      <PageHeader title={t("bottlenecks.title")} description={t("bottlenecks.description")} />
      {year === undefined ? (
        <EmptyState />
      ) : (
        <Tabs
          aria-label={t("bottlenecks.parts")}
          activeKey={show}
          onChange={(key) => set({ show: bottleneckParts.find((part) => part === key) ?? "conditions" })}
          destroyOnHidden
          items={bottleneckParts.map((part) => {
            const Content = contents[part];
            return { key: part, label: t(`bottlenecks.part.${part}`), children: <Content /> };
          })}
        />
      )}
    </>
  );
}
