import { Card, Flex, Segmented, Table, Tooltip } from "antd";
import { type JSX, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { useStages } from "../../api/hooks.ts";
import { type LevelCode, levelCodes, type StageMeasure, type StageRow } from "../../api/types.ts";
import { Chart } from "../../charts/Chart.tsx";
import { stackedBars } from "../../charts/options/stacked-bars.ts";
import { hatch, palette } from "../../charts/palette.ts";
import { ChartAndTable } from "../../parts/ChartAndTable.tsx";
import { NumberLink } from "../../parts/NumberLink.tsx";
import { EmptyState, Loaded } from "../../parts/States.tsx";
import { useWords } from "../../parts/words.ts";
import { bottleneckAddress } from "../../state/drill.ts";
import { useFilters } from "../../state/use-filters.ts";
import { NotYet } from "./NotYet.tsx";
import { usePart } from "./part-state.ts";

const columnsOf = { before: "stageBefore", blocked: "stageLost", unknown: "stageOpen", after: "stageAfter" } as const;

function Picture({ level, rows }: { readonly level: LevelCode; readonly rows: readonly StageRow[] }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const navigate = useNavigate();
  const { filters } = useFilters();
  const people = (measure: StageMeasure, { stage }: StageRow): string =>
    bottleneckAddress(measure, filters, { level }, "stages", { stage });
  const option = useMemo(
    () =>
      stackedBars({
        parts: [
          { name: t("bottlenecks.through"), color: palette.primary },
          {
            ...{ name: t("bottlenecks.stopped"), color: palette.over },
            decal: { ...hatch, color: "rgba(255,255,255,0.7)" },
          },
        ],
        bars: rows.map((row) => ({
          key: row.stage,
          name: t(`stage.${row.stage}`),
          values: [row.after, row.blocked],
          label: row.conversion === null ? t("common.dash") : words.percent(row.conversion),
        })),
        format: words.number,
        unit: t("common.people"),
        totalName: t("bottlenecks.before"),
      }),
    [rows, words, t],
  );
  const closed = rows.filter((row) => row.closed);
  const title = t("bottlenecks.stagesTitle", { level: words.level(level) });
  const count = (column: keyof typeof columnsOf, name: string) => ({
    key: column,
    title: name,
    align: "right" as const,
    width: 72,
    render: (_: unknown, row: StageRow) => (
      <NumberLink
        value={row[column]}
        name={`${t(`stage.${row.stage}`)} ${name}`}
        to={people(columnsOf[column], row)}
        testId={`${column}-${row.stage}`}
      />
    ),
  });
  return (
    <ChartAndTable
      title={title}
      testId="bottleneck-stages"
      note={t("bottlenecks.stagesNote")}
      footer={
        <>
          {t("bottlenecks.stagesFooter")}
          {closed.map(({ stage }) => (
            <span className="line" key={stage}>
              {t("bottlenecks.closedNote", { stage: t(`stage.${stage}`) })}
            </span>
          ))}
        </>
      }
      chart={
        <Chart
          option={option}
          // as high as the table beside it, whose rows have two lines
          height={64 + rows.length * 52}
          label={title}
          testId="chart-stages"
          onSelect={(index) => {
            const row = rows[index];
            if (row) void navigate(people("stageLost", row));
          }}
        />
      }
      table={
        <Table<StageRow>
          size="small"
          aria-label={title}
          data-testid="stage-rows"
          dataSource={rows}
          rowKey="stage"
          pagination={false}
          scroll={{ x: true }}
          columns={[
            { key: "stage", title: t("bottlenecks.stage"), render: (_, row) => t(`stage.${row.stage}`) },
            count("before", t("bottlenecks.before")),
            count("blocked", t("bottlenecks.lost")),
            count("unknown", t("bottlenecks.open")),
            count("after", t("bottlenecks.after")),
            {
              key: "conversion",
              title: t("bottlenecks.conversion"),
              align: "right",
              width: 132,
              render: (_, row) =>
                row.conversion === null || row.low95 === null || row.high95 === null ? (
                  t("common.dash")
                ) : (
                  <Tooltip
                    title={`${t("bottlenecks.interval")}${t("common.colon")}${words.percent(row.low95)}–${words.percent(row.high95)}`}
                  >
                    <span className="number rate" data-testid={`conversion-${row.stage}`}>
                      {row.closed ? (
                        <strong className="stage-closed">{t("bottlenecks.closed")}</strong>
                      ) : (
                        words.percent(row.conversion)
                      )}
                      <span className="muted line">{`${words.percent(row.low95)}–${words.percent(row.high95)}`}</span>
                    </span>
                  </Tooltip>
                ),
            },
            {
              key: "share",
              title: t("bottlenecks.share"),
              align: "right",
              width: 84,
              render: (_, row) => (
                <span className="number" data-testid={`share-${row.stage}`}>
                  {row.share === null ? t("common.dash") : words.percent(row.share)}
                </span>
              ),
            },
          ]}
        />
      }
    />
  );
}

function Levels({ rows, year }: { readonly rows: readonly StageRow[]; readonly year: number }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const { stageLevel, set } = usePart();
  const levels = levelCodes.filter((code) => rows.some(({ targetLevel }) => targetLevel === code));
  const level = levels.find((code) => code === stageLevel) ?? levels.at(-1);
  if (level === undefined) return <EmptyState text={t("bottlenecks.noStages")} />;
  if (rows.every(({ stage }) => stage === "applied") && rows.every(({ after }) => after === 0))
    return (
      <Card size="small" className="section-card">
        <NotYet year={year} />
      </Card>
    );
  return (
    <Flex vertical gap={16}>
      {levels.length > 1 && (
        <Segmented<LevelCode>
          aria-label={t("bottlenecks.stageLevel")}
          value={level}
          style={{ alignSelf: "flex-start" }}
          options={levels.map((code) => ({ value: code, label: words.level(code) }))}
          onChange={(code) => set({ stageLevel: code })}
        />
      )}
      <Picture level={level} rows={rows.filter(({ targetLevel }) => targetLevel === level)} />
    </Flex>
  );
}

/** 环节: from being able to come forward to passing, stage by stage. */
export function Stages(): JSX.Element {
  const { query, year } = useFilters();
  const answer = useStages({ ...query, by: "" }, year !== undefined);
  return (
    <Loaded query={answer} rows={12}>
      {(rows) => <Levels rows={rows} year={year ?? 0} />}
    </Loaded>
  );
}
