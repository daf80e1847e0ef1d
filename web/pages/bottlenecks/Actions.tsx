import { Card, Flex, Segmented, Tooltip } from "antd";
import { type JSX, useState } from "react";
import { useTranslation } from "react-i18next";
import { type ActionRow, useActions } from "../../api/modelled.ts";
import { type Curability, curabilities } from "../../api/types.ts";
import { columnWidth } from "../../parts/column-width.ts";
import { DataTable } from "../../parts/DataTable.tsx";
import { NumberLink } from "../../parts/NumberLink.tsx";
import { SaveRows } from "../../parts/SaveRows.tsx";
import { EmptyState, Loaded } from "../../parts/States.tsx";
import { useWords } from "../../parts/words.ts";
import { bottleneckAddress } from "../../state/drill.ts";
import { useAppMeta } from "../../state/meta.tsx";
import { useFilters } from "../../state/use-filters.ts";
import { CureTag, cureSigns } from "./CureTag.tsx";
import { Modelled } from "./Modelled.tsx";
import { type ActionGroup, actionGroupings, usePart } from "./part-state.ts";

const widths = {
  ...{ condition: 168, group: 150, level: 76, rule: 178, cure: 92, effect: 184 },
  ...{ extra: 96, interval: 92, wide: 92, blocked: 112, sole: 96 },
} as const;

/** Counts are of who could come forward next: the holders of the level right below. */
const pool = "near";

/** Without a figure last. */
const compare = (a: number | null, b: number | null): number =>
  (a ?? Number.NEGATIVE_INFINITY) - (b ?? Number.NEGATIVE_INFINITY) || 0;

function useColumns() {
  const { t } = useTranslation();
  const words = useWords();
  const { rulebooks } = useAppMeta();
  const dash = t("common.dash");
  const ends = (low: number | null, high: number | null): string =>
    low === null || high === null ? dash : t("bottlenecks.actions.ends", { low, high });
  return {
    dash,
    condition: (row: ActionRow) => words.condition(row.condition, { zh: row.conditionZh, en: row.conditionEn }),
    rule: (row: ActionRow) => {
      const found = rulebooks.find(({ id }) => id === row.rulebook)?.title;
      return found ? words.say(found) : row.rulebook;
    },
    group: (row: ActionRow, by: ActionGroup) =>
      (by === "district" ? row.districtName : by === "unit" ? row.unitName : row.trade) ?? dash,
    effect: (row: ActionRow) =>
      row.effectZh === null || row.effectEn === null ? dash : words.say({ zh: row.effectZh, en: row.effectEn }),
    extra: (row: ActionRow) => (row.extraPasses === null ? dash : words.oneDecimal(row.extraPasses)),
    eighty: (row: ActionRow) => ends(row.extraPassesLow80, row.extraPassesHigh80),
    ninetyFive: (row: ActionRow) => ends(row.extraPassesLow95, row.extraPassesHigh95),
  };
}

function Rows({ rows, by }: { readonly rows: readonly ActionRow[]; readonly by: ActionGroup }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const { filters } = useFilters();
  const { set } = usePart();
  const say = useColumns();
  const [cure, setCure] = useState<Curability | "all">("all");
  // the server orders within groups; here what brings most comes first
  const listed = rows
    .filter((row) => cure === "all" || row.curability === cure)
    .sort((a, b) => compare(b.extraPasses, a.extraPasses));
  const px = (name: keyof typeof widths): number => columnWidth(words.language, widths[name]);
  const width = Object.keys(widths).reduce(
    (sum, name) => sum + (name === "group" && by === "all" ? 0 : px(name as keyof typeof widths)),
    0,
  );
  const title = t("bottlenecks.actions.title");
  const groupTitle = by === "all" ? "" : t(`quota.${by}`);
  const people = (measure: "blocked" | "soleBlocker", row: ActionRow): string =>
    bottleneckAddress(
      measure,
      filters,
      {
        level: row.targetLevel,
        ...(by === "district" ? { district: row.district } : {}),
        ...(by === "unit" ? { unit: row.unit } : {}),
        ...(by === "trade" ? { trade: row.trade ?? undefined } : {}),
      },
      "actions",
      { rulebook: row.rulebook, condition: row.condition, pool },
    );
  const keyOf = (row: ActionRow): string =>
    [
      row.rulebook,
      row.targetLevel,
      row.condition,
      ...(by === "all" ? [] : [row.district ?? row.unit ?? row.trade]),
    ].join("|");
  const count = (measure: "blocked" | "soleBlocker", column: "blocked" | "sole") => ({
    key: measure,
    title: t(`measure.${measure}`),
    align: "right" as const,
    width: px(column),
    sorter: (a: ActionRow, b: ActionRow) => a[measure] - b[measure],
    render: (_: unknown, row: ActionRow) => (
      <NumberLink
        value={row[measure]}
        name={`${say.condition(row)} ${t(`measure.${measure}`)}`}
        to={people(measure, row)}
        testId={`action-${measure}-${keyOf(row)}`}
      />
    ),
  });
  const plain = (key: string, name: keyof typeof widths, heading: string, value: (row: ActionRow) => string) => ({
    ...{ key, title: heading, width: px(name), ellipsis: true },
    render: (_: unknown, row: ActionRow) => <span title={value(row)}>{value(row)}</span>,
  });
  const number = (key: string, name: keyof typeof widths, heading: string, value: (row: ActionRow) => string) => ({
    ...{ key, title: heading, width: px(name), align: "right" as const },
    render: (_: unknown, row: ActionRow) => <span className="number nowrap muted">{value(row)}</span>,
  });
  const [first] = rows;
  return (
    <>
      <Flex gap="8px 16px" wrap align="center" className="table-tools">
        <Segmented<Curability | "all">
          aria-label={t("bottlenecks.cureLabel")}
          value={cure}
          onChange={setCure}
          options={(["all", ...curabilities] as const).map((kind) => ({
            value: kind,
            label: `${kind === "all" ? "" : `${cureSigns[kind]} `}${t(`bottlenecks.cure.${kind}`)} ${
              rows.filter((row) => kind === "all" || row.curability === kind).length
            }`,
          }))}
        />
        <Segmented<ActionGroup>
          aria-label={t("bottlenecks.byLabel")}
          value={by}
          onChange={(value) => set({ actionsBy: value })}
          options={actionGroupings.map((value) => ({
            value,
            label: value === "all" ? t("bottlenecks.actions.together") : t(`bottlenecks.by.${value}`),
          }))}
        />
        <SaveRows
          name={title}
          rows={listed}
          testId="actions-csv"
          columns={[
            ...(by === "all" ? [] : [{ heading: groupTitle, value: (row: ActionRow) => say.group(row, by) }]),
            { heading: t("bottlenecks.condition"), value: say.condition },
            { heading: t("people.targetLevel"), value: (row) => words.level(row.targetLevel) },
            { heading: t("bottlenecks.actions.rule"), value: say.rule },
            { heading: t("bottlenecks.cureLabel"), value: (row) => t(`bottlenecks.cure.${row.curability}`) },
            { heading: t("bottlenecks.actions.effect"), value: say.effect },
            { heading: t("bottlenecks.actions.extra"), value: (row) => row.extraPasses },
            { heading: t("bottlenecks.actions.low80"), value: (row) => row.extraPassesLow80 },
            { heading: t("bottlenecks.actions.high80"), value: (row) => row.extraPassesHigh80 },
            { heading: t("bottlenecks.actions.low95"), value: (row) => row.extraPassesLow95 },
            { heading: t("bottlenecks.actions.high95"), value: (row) => row.extraPassesHigh95 },
            { heading: t("measure.blocked"), value: (row) => row.blocked },
            { heading: t("measure.soleBlocker"), value: (row) => row.soleBlocker },
          ]}
        />
      </Flex>
      <DataTable<ActionRow>
        label={title}
        testId="action-rows"
        width={width}
        reserve={110}
        minHeight={360}
        dataSource={listed}
        rowKey={keyOf}
        locale={{ emptyText: <EmptyState text={t("bottlenecks.noneOfKind")} /> }}
        columns={[
          {
            ...{
              key: "condition",
              title: t("bottlenecks.condition"),
              width: px("condition"),
              fixed: "left",
              ellipsis: true,
            },
            render: (_, row) => (
              <Tooltip title={words.say({ zh: row.conditionZh, en: row.conditionEn })}>
                <span>{say.condition(row)}</span>
              </Tooltip>
            ),
          },
          ...(by === "all" ? [] : [plain("group", "group", groupTitle, (row) => say.group(row, by))]),
          plain("level", "level", t("people.targetLevel"), (row) => words.level(row.targetLevel)),
          {
            ...{ key: "cure", title: t("bottlenecks.cureLabel"), width: px("cure") },
            render: (_, row) => (
              <CureTag kind={row.curability} why={words.say({ zh: row.curabilityZh, en: row.curabilityEn })} />
            ),
          },
          plain("effect", "effect", t("bottlenecks.actions.effect"), say.effect),
          {
            key: "extra",
            title: (
              <Tooltip title={t("bottlenecks.actions.extraHint", { from: first?.fromYear, to: first?.toYear })}>
                {t("bottlenecks.actions.extra")}
              </Tooltip>
            ),
            ...{ align: "right", width: px("extra") },
            sorter: (a, b) => compare(a.extraPasses, b.extraPasses),
            render: (_, row) => (
              <strong className="number" data-testid={`extra-${keyOf(row)}`}>
                {say.extra(row)}
              </strong>
            ),
          },
          number("eighty", "interval", t("forecast.band80"), say.eighty),
          number("ninetyFive", "wide", t("forecast.band95"), say.ninetyFive),
          count("blocked", "blocked"),
          count("soleBlocker", "sole"),
          plain("rule", "rule", t("bottlenecks.actions.rule"), say.rule),
        ]}
      />
    </>
  );
}

function Asked(): JSX.Element {
  const { t } = useTranslation();
  const { query, year } = useFilters();
  const { actionsBy: by } = usePart();
  const answer = useActions({ ...query, pool, by: by === "all" ? "" : by }, year !== undefined);
  return (
    <Loaded query={answer} rows={12} isEmpty={(rows) => rows.length === 0}>
      {(rows) => {
        const [first] = rows;
        const isTold = rows.some(({ extraPasses }) => extraPasses !== null);
        return (
          <Card
            size="small"
            className="section-card"
            title={<h2 className="card-title">{t("bottlenecks.actions.title")}</h2>}
            data-testid="bottleneck-actions"
          >
            <p className="section-note">
              {isTold
                ? t("bottlenecks.actions.note", { from: first?.fromYear, to: first?.toYear })
                : t("bottlenecks.actions.bare")}
            </p>
            <Rows rows={rows} by={by} key={by} />
            <p className="section-note section-footer">{t("bottlenecks.actions.footer")}</p>
          </Card>
        );
      }}
    </Loaded>
  );
}

/** 办理成效: what would bring most passes, were it met or asked for less. */
export function Actions(): JSX.Element {
  return (
    <Modelled testId="actions" kind="actions">
      <Asked />
    </Modelled>
  );
}
