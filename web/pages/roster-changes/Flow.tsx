import { Table } from "antd";
import { type JSX, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { ChangeCounts } from "../../api/roster-types.ts";
import { Chart } from "../../charts/Chart.tsx";
import { waterfall } from "../../charts/options/waterfall.ts";
import { ChartAndTable } from "../../parts/ChartAndTable.tsx";
import { NumberLink } from "../../parts/NumberLink.tsx";
import { useWords } from "../../parts/words.ts";
import { openList } from "../../state/roster-search.ts";
import { useRosterSearch } from "../../state/use-roster-search.ts";
import { type FlowStep, flowFloor, flowSteps } from "./flow.ts";
import type { KindWords } from "./use-kind-words.ts";

const signs = { end: "", up: "+", down: "−" } as const;

/** From the workers of one year to those of the other, as a waterfall and as a table; each step opens its people. */
export function Flow({
  counts,
  backwards,
  kinds,
}: {
  readonly counts: ChangeCounts;
  readonly backwards: boolean;
  readonly kinds: KindWords;
}): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const { go, href } = useRosterSearch();
  const steps = useMemo(() => flowSteps(counts, backwards), [counts, backwards]);
  const floor = flowFloor(steps);
  const option = useMemo(
    () =>
      waterfall({
        steps: steps.map(({ count, kind, people, low, high }) => ({
          name: kinds.short(count),
          label: `${people > 0 ? signs[kind] : ""}${words.number(people)}`,
          ...{ kind, low, high },
        })),
        floor,
        format: words.number,
        unit: t("common.people"),
        names: { end: t("changes.ends.end"), up: t("changes.ends.up"), down: t("changes.ends.down") },
      }),
    [steps, floor, kinds, words, t],
  );
  const people = (step: FlowStep) => (old: URLSearchParams) => openList(old, { kind: step.count });
  return (
    <ChartAndTable
      title={t("changes.flow")}
      note={t("changes.flowNote", {
        first: kinds.name("workersFrom"),
        last: kinds.name("workersTo"),
      })}
      footer={floor > 0 ? t("changes.flowFloor", { n: words.number(floor) }) : undefined}
      testId="changes-flow"
      chart={
        <Chart
          option={option}
          height={340}
          label={t("changes.flow")}
          testId="chart-flow"
          onSelect={(index) => {
            const step = steps[index];
            if (step && step.people > 0) go(people(step));
          }}
        />
      }
      table={
        <Table<FlowStep>
          size="small"
          pagination={false}
          aria-label={t("changes.flow")}
          dataSource={steps}
          rowKey="count"
          rowClassName={({ kind }) => (kind === "end" ? "total-row" : "")}
          columns={[
            {
              key: "item",
              title: t("changes.item"),
              width: 150,
              render: (_, step) => kinds.name(step.count),
            },
            {
              key: "people",
              title: t("changes.people"),
              width: 110,
              align: "right",
              render: (_, step) => (
                <span className="number">
                  {step.people > 0 && signs[step.kind]}{" "}
                  <NumberLink
                    value={step.people}
                    name={kinds.name(step.count)}
                    to={href(people(step))}
                    testId={`flow-${step.count}`}
                  />
                </span>
              ),
            },
            {
              key: "explain",
              title: t("changes.explain"),
              render: (_, step) => <span className="muted small">{kinds.explain(step.count)}</span>,
            },
          ]}
        />
      }
    />
  );
}
