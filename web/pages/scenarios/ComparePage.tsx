import { Alert, Button, Card, Empty, Flex, Segmented, Select } from "antd";
import { type JSX, type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { PageHeader } from "../../parts/PageHeader.tsx";
import { EmptyState, ErrorState, Loaded, LoadingState } from "../../parts/States.tsx";
import { useWords } from "../../parts/words.ts";
import { isActive, useRows, useScenarios } from "./api.ts";
import { useGroupName } from "./Breakdown.tsx";
import { CompareTable } from "./CompareTable.tsx";
import { pairs } from "./compare-rows.ts";
import { ResultFilters } from "./ResultFilters.tsx";
import { usePlaceWords } from "./Results.tsx";
import { Going } from "./RunPanel.tsx";
import { type Grouping, groupings, useScenarioSearch } from "./result-state.ts";
import { figureOf, groupCode } from "./rows.ts";
import { Summary } from "./Summary.tsx";
import type { ListedScenario } from "./shapes.ts";
import { type AutoRun, useAutoRun } from "./use-auto-run.ts";

const sides = ["a", "b"] as const;
type Side = (typeof sides)[number];

/** One of the two: what it changes, and how far it is computed. */
function Panel({
  side,
  chosen,
  others,
  work,
  children,
}: {
  readonly side: Side;
  readonly chosen: ListedScenario;
  readonly others: readonly ListedScenario[];
  readonly work: AutoRun;
  readonly children: ReactNode;
}): JSX.Element {
  const { t } = useTranslation();
  const id = useId();
  const words = useWords();
  const { change } = useScenarioSearch();
  const { run, error, again } = work;
  const shown = (): ReactNode => {
    if (error) return <ErrorState error={error} title={t("scenarios.run.notStarted")} onRetry={again} />;
    if (!run) return <LoadingState rows={2} />;
    if (isActive(run)) return <Going run={run} />;
    if (run.state === "done") return children;
    return (
      <Alert
        type={run.state === "failed" ? "error" : "info"}
        showIcon
        title={t(`scenarios.run.${run.state === "failed" ? "failed" : "cancelled"}`)}
        description={run.problem ? words.say(run.problem) : undefined}
        action={<Button onClick={again}>{t("scenarios.run.start")}</Button>}
      />
    );
  };
  return (
    <Card size="small" className="section-card" data-testid={`compare-${side}`}>
      <div className="filter-field compare-choice">
        <label htmlFor={id}>{t(`scenarios.compare.${side}`)}</label>
        <Select
          id={id}
          showSearch={{ optionFilterProp: "label" }}
          value={chosen.id}
          options={others.map((one) => ({ value: one.id, label: one.name }))}
          onChange={(value: string) => change({ [side]: value })}
        />
        <Link className="text-link nowrap" to={`/scenarios/${encodeURIComponent(chosen.id)}`}>
          {t("scenarios.compare.open")}
        </Link>
      </div>
      <ul className="scenario-words compare-words">
        {chosen.sentences.length === 0 && <li className="muted">{t("scenarios.noChanges")}</li>}
        {chosen.sentences.map((sentence, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a list that is only read, in its own order
          <li key={index}>{words.say(sentence)}</li>
        ))}
      </ul>
      {shown()}
    </Card>
  );
}

/** Both runs by year and by group. */
function Numbers({ a, b }: Readonly<Record<Side, string>>): JSX.Element {
  const { t } = useTranslation();
  const id = useId();
  const { state, change } = useScenarioSearch();
  const { measure, where, by } = state;
  const nameOf = useGroupName(by);
  const years = [useRows(a, where), useRows(b, where)] as const;
  const [first] = years[0].data ?? [];
  const year = years[0].data?.find(({ examYear }) => examYear === state.at)?.examYear ?? first?.examYear;
  const query = {
    ...where,
    ...{ by: by === "unit" ? "district,unit" : by, from: String(year ?? ""), to: String(year ?? "") },
  };
  const groups = [useRows(a, query, year !== undefined), useRows(b, query, year !== undefined)] as const;
  const both = <T,>(left: T | undefined, right: T | undefined) => (left && right ? { left, right } : undefined);
  const said = { year: year ?? "", measure: t(`scenarios.measure.${measure}`), unit: t(`scenarios.unit.${measure}`) };
  return (
    <>
      <Loaded query={{ data: both(years[0].data, years[1].data), error: years[0].error ?? years[1].error }} rows={6}>
        {({ left, right }) => (
          <CompareTable
            title={t("scenarios.byYear", said)}
            heading={t("scenarios.examYear")}
            testId="compare-years"
            measure={measure}
            rows={pairs(
              left,
              right,
              measure,
              (row) => String(row.examYear),
              (row) => t("filters.yearOption", { year: row.examYear }),
            )}
            chosen={String(year)}
            onChoose={(key) => change({ at: key === String(first?.examYear) ? undefined : key })}
          />
        )}
      </Loaded>
      <Loaded
        query={{ data: both(groups[0].data, groups[1].data), error: groups[0].error ?? groups[1].error }}
        rows={8}
      >
        {({ left, right }) => (
          <CompareTable
            title={t("scenarios.compare.groups", said)}
            heading={t(`filters.${by}`)}
            testId="compare-groups"
            measure={measure}
            rows={pairs(left, right, measure, (row) => groupCode(row, by) ?? "", nameOf, by !== "level")}
            tools={
              <Flex gap={12} align="center" wrap className="table-tools">
                <span className="muted" id={id}>
                  {t("bottlenecks.byLabel")}
                </span>
                <Segmented<Grouping>
                  aria-labelledby={id}
                  value={by}
                  options={groupings.map((value) => ({ value, label: t(`bottlenecks.by.${value}`) }))}
                  onChange={(value) => change({ by: value === "level" ? undefined : value })}
                />
              </Flex>
            }
          />
        )}
      </Loaded>
    </>
  );
}

function Said({ run }: { readonly run: string }): JSX.Element | null {
  const { measure, where, at } = useScenarioSearch().state;
  const place = usePlaceWords();
  const rows = useRows(run, where).data;
  const row = rows?.find(({ examYear }) => examYear === at) ?? rows?.[0];
  if (!row) return <LoadingState rows={2} />;
  return (
    <Summary figure={figureOf(row, measure)} year={row.examYear} measure={measure} level={where.level} place={place} />
  );
}

function Two({
  rows,
  a,
  b,
}: {
  readonly rows: readonly ListedScenario[];
  readonly a: ListedScenario;
  readonly b: ListedScenario;
}) {
  const { t } = useTranslation();
  const work = { a: useAutoRun(a), b: useAutoRun(b) };
  const chosen = { a, b };
  const done = (side: Side): string | undefined => (work[side].run?.state === "done" ? work[side].run?.id : undefined);
  const [left, right] = [done("a"), done("b")];
  return (
    <Flex vertical gap={16} className="scenario-results">
      <ResultFilters />
      <div className="compare-panels">
        {sides.map((side) => (
          <Panel
            key={side}
            side={side}
            chosen={chosen[side]}
            others={rows.filter(({ id }) => id !== chosen[side === "a" ? "b" : "a"].id)}
            work={work[side]}
          >
            <Said run={done(side) ?? ""} />
          </Panel>
        ))}
      </div>
      {left && right && <Numbers a={left} b={right} />}
      <p className="section-note">{t("scenarios.compare.note")}</p>
    </Flex>
  );
}

/** 并列比较: two saved scenarios beside the same base. */
export function ComparePage(): JSX.Element {
  const { t } = useTranslation();
  const { search } = useScenarioSearch();
  const scenarios = useScenarios();
  return (
    <>
      <PageHeader
        title={t("scenarios.compare.title")}
        description={t("scenarios.compare.description")}
        crumbs={[{ text: t("scenarios.title"), to: "/scenarios" }]}
      />
      <Loaded query={scenarios} rows={8}>
        {(rows) => {
          const named = (side: Side) => rows.find(({ id }) => id === search.get(side));
          const a = named("a") ?? rows.find((one) => one !== named("b"));
          const b = named("b") ?? rows.find((one) => one !== a);
          if (rows.length === 0) return <EmptyState text={t("scenarios.compare.tooFew")} />;
          if (!a || !b || a === b)
            return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("scenarios.compare.tooFew")} />;
          return <Two rows={rows} a={a} b={b} />;
        }}
      </Loaded>
    </>
  );
}
