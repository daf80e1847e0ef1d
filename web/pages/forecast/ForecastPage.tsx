import { Alert, Button, Flex, Select } from "antd";
import { type JSX, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useForecastWork } from "../../api/forecast-hooks.ts";
import type { Basis, ForecastStatus } from "../../api/forecast-types.ts";
import { columnWidth } from "../../parts/column-width.ts";
import { PageHeader } from "../../parts/PageHeader.tsx";
import { EmptyState } from "../../parts/States.tsx";
import { useWords } from "../../parts/words.ts";
import { useAppMeta } from "../../state/meta.tsx";
import { useFilters } from "../../state/use-filters.ts";
import { Bands } from "./Bands.tsx";
import { Compare } from "./Compare.tsx";
import { Drill } from "./Drill.tsx";
import { useForecastState } from "./forecast-state.ts";
import { Places } from "./Places.tsx";
import { Preparing } from "./Preparing.tsx";
import { usePast } from "./use-past.ts";
import { YearsDrawer } from "./YearsDrawer.tsx";
import "./forecast.css";

/** Exam years that a forecast speaks of. */
const ahead = 5;

/** There is nothing to learn from: only who can come forward, and the quota, are told. */
const isBare = (basis: readonly Basis[]): boolean => basis.some(({ code }) => code === "noHistory");

/** What the forecast leans on, in the engine's own sentences. */
function Leaning({ basis }: { readonly basis: readonly Basis[] }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  return (
    <Alert
      type={isBare(basis) ? "warning" : "info"}
      showIcon
      data-testid="forecast-basis"
      title={t("forecast.basis")}
      description={
        <ul className="basis">
          {basis.map(({ code, text }) => (
            <li key={code}>{words.say(text)}</li>
          ))}
        </ul>
      }
    />
  );
}

/** Which roster is forecast from: the newest, or an earlier one as if later data did not exist. */
function OriginSelect({ origin, newest }: { readonly origin: number; readonly newest: number }): JSX.Element {
  const { t } = useTranslation();
  const id = useId();
  const { language } = useWords();
  const { rosterYears } = useAppMeta();
  const { set } = useForecastState();
  const years = [...rosterYears].sort((a, b) => b - a);
  return (
    <div className="filter-field" data-testid="forecast-origin">
      <label htmlFor={id}>{t("forecast.origin")}</label>
      <Select
        id={id}
        value={origin}
        style={{ width: columnWidth(language, 170) }}
        options={years.map((year) => ({
          value: year,
          label: `${t("rosters.yearEnd", { year })}${year === newest ? ` · ${t("filters.newest")}` : ""}`,
        }))}
        onChange={(year: number) => set({ origin: year === newest ? undefined : year })}
      />
    </div>
  );
}

function Sections({ status, newest }: { readonly status: ForecastStatus; readonly newest: number }): JSX.Element {
  const { t } = useTranslation();
  const { filters } = useFilters();
  const past = usePast(true);
  const { origin } = status;
  const years = Array.from({ length: ahead }, (_, index) => origin + 1 + index);
  return (
    <Flex vertical gap={16}>
      {origin < newest && (
        <Alert type="warning" showIcon title={t("forecast.retrospect", { year: origin })} data-testid="retrospect" />
      )}
      {isBare(status.basis) && <Leaning basis={status.basis} />}
      <Bands origin={origin} past={past} />
      {!isBare(status.basis) && <Leaning basis={status.basis} />}
      {filters.unit !== undefined && <Places unit={filters.unit} />}
      <Drill origin={origin} years={years} past={past} />
      <Compare origin={origin} />
    </Flex>
  );
}

function Content({ newest }: { readonly newest: number }): JSX.Element {
  const { t } = useTranslation();
  const { rosterYears } = useAppMeta();
  const { origin: asked } = useForecastState();
  const origin = rosterYears.find((year) => year === asked) ?? newest;
  const work = useForecastWork(asked, true);
  const [editing, setEditing] = useState(false);
  const { status } = work;
  return (
    <>
      <PageHeader
        title={t("forecast.title")}
        description={t("forecast.description", { origin, from: origin + 1, to: origin + ahead })}
        actions={
          <Flex gap={16} align="center" wrap>
            <OriginSelect origin={origin} newest={newest} />
            <Button onClick={() => setEditing(true)} data-testid="open-years">
              {t("forecast.years.open")}
            </Button>
            <Link className="text-link" to="/backtest" data-testid="to-backtest">
              {t("forecast.toBacktest")}
            </Link>
          </Flex>
        }
      />
      {work.ready && status ? (
        <Sections status={status} newest={newest} />
      ) : (
        <Preparing
          work={work}
          title={t("forecast.preparing.title", { year: origin })}
          failed={t("forecast.preparing.failed")}
          testId="forecast-preparing"
        />
      )}
      <YearsDrawer open={editing} onClose={() => setEditing(false)} />
    </>
  );
}

/** 预测: who can, who will and who passes in the coming exam years, how sure that is, and how far it was off until now. */
export function ForecastPage(): JSX.Element {
  const { t } = useTranslation();
  const { rosterYears } = useAppMeta();
  if (rosterYears.length === 0)
    return (
      <>
        <PageHeader title={t("forecast.title")} />
        <EmptyState />
      </>
    );
  return <Content newest={Math.max(...rosterYears)} />;
}
