import { Button, Card, Flex, Segmented, Spin, Switch, Table } from "antd";
import { type JSX, useId, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Loaded } from "../../parts/States.tsx";
import { useWords } from "../../parts/words.ts";
import { unknownTrade } from "../../state/drill.ts";
import { useRows } from "./api.ts";
import { ExportRows } from "./ExportRows.tsx";
import { figureColumns } from "./figure-columns.tsx";
import { drillInto, type Grouping, groupings, useScenarioSearch } from "./result-state.ts";
import { directionOf, figureOf, groupCode, isGroupedBy, isIdle } from "./rows.ts";
import type { DifferenceRow } from "./shapes.ts";
import { useFigures } from "./use-figures.ts";

/** What a group is called. */
export function useGroupName(by: Grouping): (row: DifferenceRow) => string {
  const { t } = useTranslation();
  const words = useWords();
  return (row) => {
    switch (by) {
      case "level":
        return row.targetLevel ? words.level(row.targetLevel) : t("scenarios.noLevel");
      case "district":
        return row.districtName ?? row.district ?? t("common.unknown");
      case "trade":
        return row.trade ?? t("common.noTrade");
      case "unit":
        return row.unitName ?? row.unit ?? t("rosters.noUnit");
    }
  };
}

function Rows({ rows, by }: { readonly rows: readonly DifferenceRow[]; readonly by: Grouping }): JSX.Element {
  const { t } = useTranslation();
  const id = useId();
  const figures = useFigures();
  const { state, change } = useScenarioSearch();
  const { measure, where } = state;
  const [changedOnly, setChangedOnly] = useState(false);
  const nameOf = useGroupName(by);
  const sorted = useMemo(() => {
    const size = (row: DifferenceRow): number => Math.abs(figureOf(row, measure).difference ?? 0);
    const known = rows.filter((row) => by !== "level" || row.targetLevel !== null || !isIdle(row, measure));
    const kept = changedOnly ? known.filter((row) => directionOf(figureOf(row, measure)) !== "same") : known;
    // levels have an order of their own
    return by === "level" ? kept : [...kept].sort((a, b) => size(b) - size(a));
  }, [rows, measure, by, changedOnly]);
  const codeOf = (row: DifferenceRow): string | null => groupCode(row, by) ?? (by === "trade" ? unknownTrade : null);
  return (
    <>
      <Flex gap="8px 16px" align="center" className="table-tools" wrap>
        <Flex gap={8} align="center">
          <Switch size="small" id={`${id}-only`} checked={changedOnly} onChange={setChangedOnly} />
          <label htmlFor={`${id}-only`}>{t("scenarios.changedOnly")}</label>
        </Flex>
        <span className="muted">{t("scenarios.drillHint")}</span>
      </Flex>
      <Table<DifferenceRow>
        size="small"
        aria-label={t("scenarios.breakdown")}
        data-testid="group-rows"
        dataSource={sorted}
        rowKey={(row) => codeOf(row) ?? ""}
        scroll={{ x: true }}
        showSorterTooltip={false}
        pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false, size: "small" }}
        locale={{ emptyText: <span className="muted">{t("scenarios.noneChanged")}</span> }}
        columns={[
          {
            key: "name",
            title: t(`filters.${by}`),
            render: (_, row) => {
              const code = codeOf(row);
              return code === null || where[by] === code ? (
                nameOf(row)
              ) : (
                <Button type="link" className="inline-button place-button" onClick={() => change(drillInto(by, code))}>
                  {nameOf(row)}
                </Button>
              );
            },
          },
          ...figureColumns({ measure, t, figures, sortable: true }),
        ]}
      />
    </>
  );
}

/** One exam year by level, district, trade or unit; each group opens what lies in it. */
export function Breakdown({ run, year }: { readonly run: string; readonly year: number }): JSX.Element {
  const { t } = useTranslation();
  const id = useId();
  const { state, change } = useScenarioSearch();
  const { by, where, measure } = state;
  const said = { year, measure: t(`scenarios.measure.${measure}`), unit: t(`scenarios.unit.${measure}`) };
  const query = { ...where, by: by === "unit" ? "district,unit" : by, from: String(year), to: String(year) };
  const answer = useRows(run, query);
  return (
    <Card
      size="small"
      className="section-card"
      title={<h2 className="card-title">{t("scenarios.breakdownOf", said)}</h2>}
      extra={<ExportRows run={run} by={by} />}
      data-testid="scenario-groups"
    >
      <Flex gap={12} align="center" wrap className="table-tools">
        <span className="muted" id={`${id}-by`}>
          {t("bottlenecks.byLabel")}
        </span>
        <Segmented<Grouping>
          aria-labelledby={`${id}-by`}
          value={by}
          options={groupings.map((value) => ({ value, label: t(`bottlenecks.by.${value}`) }))}
          onChange={(value) => change({ by: value === "level" ? undefined : value })}
          data-testid="scenario-by"
        />
        {answer.isPlaceholderData && <Spin size="small" aria-label={t("common.refreshing")} />}
      </Flex>
      <Loaded query={answer} rows={8}>
        {(rows) =>
          rows.some((row) => !isGroupedBy(row, by)) ? (
            <Spin aria-label={t("common.refreshing")} />
          ) : (
            <Rows rows={rows} by={by} key={by} />
          )
        }
      </Loaded>
    </Card>
  );
}
