import { Card } from "antd";
import type { JSX, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useModelledWork } from "../../api/forecast-hooks.ts";
import { useAppMeta } from "../../state/meta.tsx";
import { useFilters } from "../../state/use-filters.ts";
import { Preparing } from "../forecast/Preparing.tsx";

/** What the forecast tells; until it is computed, how far it is. The rest of the page does not wait for it. */
export function Modelled({
  kind = "forecast",
  children,
  testId,
}: {
  readonly kind?: "forecast" | "actions";
  readonly children: ReactNode;
  readonly testId: string;
}): JSX.Element {
  const { t } = useTranslation();
  const { year } = useFilters();
  const { rosterYears } = useAppMeta();
  const newest = Math.max(...rosterYears);
  // the forecast from the newest roster is the one that other pages use
  const origin = year !== undefined && year < newest && rosterYears.includes(year) ? year : undefined;
  const work = useModelledWork(kind, origin, year !== undefined && rosterYears.length > 0);
  if (work.ready) return <>{children}</>;
  return (
    <Card size="small" className="section-card">
      <Preparing
        work={work}
        title={t(kind === "actions" ? "bottlenecks.actions.computing" : "bottlenecks.modelled")}
        failed={t("bottlenecks.modelledFailed")}
        testId={`${testId}-preparing`}
      />
    </Card>
  );
}
