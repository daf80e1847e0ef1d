import { SwapOutlined } from "@ant-design/icons";
import { Button, Card, Flex, Table, Tag } from "antd";
import { type JSX, useState } from "react";
import { useTranslation } from "react-i18next";
import type { LevelPopulation } from "../../../server/eligibility/population.ts";
import type { ConditionChange, ConditionSide, LevelDiff, RulebookDiff } from "../../../server/rules/diff.ts";
import { useRulebookDiff } from "../../api/hooks.ts";
import { DecisionMark } from "../../parts/Marks.tsx";
import { Loaded } from "../../parts/States.tsx";
import { useWords } from "../../parts/words.ts";
import { Basis } from "./Basis.tsx";

function Side({ side }: { readonly side: ConditionSide | null }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  if (!side) return <span className="muted">{t("rulebooks.notAsked")}</span>;
  return (
    <>
      <div>{words.say(side.sentence)}</div>
      <div className="muted small">
        <Basis citation={side.citation} />
        {side.derived && (
          <Tag variant="outlined" className="small-tag">
            {t("check.derived")}
          </Tag>
        )}
      </div>
    </>
  );
}

const changeClass = { added: "mark-met", removed: "mark-unmet", changed: "mark-unknown" } as const;

function LevelChanges({ diff, level }: { readonly diff: RulebookDiff; readonly level: LevelDiff }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  // Lists have no words of their own; the dates do.
  const named = (name: string): string =>
    name.startsWith("window.")
      ? t("rulebooks.window")
      : name === "cutOff"
        ? t("rulebooks.cutOff")
        : t("rulebooks.trades");
  const names = { a: words.say(diff.a.title), b: words.say(diff.b.title) };
  if (level.in !== "both") {
    return <p className="section-note">{t("rulebooks.levelOnly", { name: names[level.in] })}</p>;
  }
  const windowText = (side: "a" | "b"): string => {
    const window = level.window[side];
    return window ? t("rulebooks.windowDates", { from: window.from, to: window.to }) : t("rulebooks.noWindow");
  };
  const dates = [
    {
      key: "window",
      name: t("rulebooks.window"),
      a: windowText("a"),
      b: windowText("b"),
      changed: level.window.changed,
    },
    {
      key: "cutOff",
      name: t("rulebooks.cutOff"),
      a: level.cutOff.a ?? t("common.none"),
      b: level.cutOff.b ?? t("common.none"),
      changed: level.cutOff.changed,
    },
  ].filter(({ changed }) => changed);
  const pathways = level.pathways.filter(({ changed }) => changed);
  const waivedText = (ids: readonly string[]): string =>
    ids.length === 0 ? t("common.none") : words.list(ids.map((id) => words.condition(id)));
  const total = level.conditions.length + dates.length + pathways.length;
  if (total === 0) return <p className="section-note">{t("rulebooks.noDifference")}</p>;
  return (
    <Flex vertical gap={12}>
      {level.conditions.length > 0 && (
        <Table<ConditionChange>
          size="small"
          rowKey={({ id, role, pathways: of, change }) => `${role} ${id} ${of.join(" ")} ${change}`}
          pagination={false}
          aria-label={t("rulebooks.changedConditions")}
          dataSource={level.conditions}
          columns={[
            {
              key: "condition",
              title: t("rulebooks.condition"),
              width: 190,
              render: (_, { id, change, through, pathways: of }) => (
                <>
                  <strong>{words.condition(id)}</strong>{" "}
                  <span className={`mark ${changeClass[change]}`}>{t(`rulebooks.change.${change}`)}</span>
                  {through.length > 0 && (
                    <div className="muted small">
                      {t("rulebooks.through", { list: words.list(through.map(named)) })}
                    </div>
                  )}
                  {of.length > 0 && (
                    <div className="muted small">{words.list(of.map((pathway) => words.pathway(pathway)))}</div>
                  )}
                </>
              ),
            },
            { key: "a", title: names.a, className: "requirement", render: (_, { a }) => <Side side={a} /> },
            { key: "b", title: names.b, className: "requirement", render: (_, { b }) => <Side side={b} /> },
          ]}
        />
      )}
      {dates.length > 0 && (
        <Table
          size="small"
          rowKey="key"
          pagination={false}
          aria-label={t("rulebooks.changedDates")}
          dataSource={dates}
          columns={[
            { key: "name", title: t("rulebooks.dates"), dataIndex: "name", width: 190 },
            { key: "a", title: names.a, dataIndex: "a" },
            { key: "b", title: names.b, dataIndex: "b" },
          ]}
        />
      )}
      {pathways.length > 0 && (
        <Table
          size="small"
          rowKey="id"
          pagination={false}
          aria-label={t("rulebooks.changedPathways")}
          dataSource={pathways}
          columns={[
            {
              key: "pathway",
              title: t("rulebooks.pathway"),
              width: 190,
              render: (_, { id }) => <strong>{words.pathway(id)}</strong>,
            },
            ...(["a", "b"] as const).map((side) => ({
              key: side,
              title: names[side],
              render: (_: unknown, pathway: LevelDiff["pathways"][number]) =>
                pathway.in === "both" || pathway.in === side
                  ? t("rulebooks.waives", { list: waivedText(pathway.waived[side]) })
                  : t("rulebooks.noPathway"),
            })),
          ]}
        />
      )}
    </Flex>
  );
}

/** Workers of the present rosters whose decision would change from one rulebook to the other. */
function PopulationTable({ levels }: { readonly levels: readonly LevelPopulation[] }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const rows = levels.flatMap(({ level, workers, changes }) =>
    changes.map((change) => ({ ...change, level, of: workers, key: `${level} ${change.from} ${change.to}` })),
  );
  if (rows.length === 0) return <p className="tight">{t("rulebooks.populationNone")}</p>;
  return (
    <Table
      size="small"
      rowKey="key"
      pagination={false}
      aria-label={t("rulebooks.population")}
      data-testid="population"
      dataSource={rows}
      style={{ maxWidth: 760 }}
      columns={[
        { key: "level", title: t("filters.level"), render: (_, { level }) => words.level(level) },
        { key: "from", title: t("rulebooks.from"), render: (_, { from }) => <DecisionMark decision={from} /> },
        { key: "to", title: t("rulebooks.to"), render: (_, { to }) => <DecisionMark decision={to} /> },
        {
          key: "workers",
          title: t("rulebooks.workers"),
          align: "right",
          render: (_, { workers, of }) => (
            <span className="number">
              {words.number(workers)}
              <span className="muted"> / {words.number(of)}</span>
            </span>
          ),
        },
      ]}
    />
  );
}

/** Parts that are told to differ; how, the two documents show. */
const blocks = ["quota", "scores", "publicity", "places"] as const;

/** Two rulebooks side by side: what differs, each with both citations; on request, whose decision would change. */
export function Compare({
  a,
  b,
  level,
  onSwap,
}: {
  readonly a: string;
  readonly b: string;
  readonly level: string | undefined;
  readonly onSwap: () => void;
}): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const [population, setPopulation] = useState(false);
  const diff = useRulebookDiff(a, b, population);
  return (
    <Loaded query={diff} rows={12}>
      {(found) => {
        const others = blocks.filter((name) => found[name === "places" ? "balance" : name].changed);
        return (
          <Flex vertical gap={12} data-testid="compare">
            <Flex gap={8} wrap align="center" className="no-print">
              <Button icon={<SwapOutlined />} onClick={onSwap}>
                {t("rulebooks.swap")}
              </Button>
              <Button
                loading={population && diff.isFetching}
                disabled={population}
                onClick={() => setPopulation(true)}
                data-testid="ask-population"
              >
                {t("rulebooks.askPopulation")}
              </Button>
            </Flex>
            {found.same && <p>{t("rulebooks.noDifference")}</p>}
            {found.population && (
              <Card
                size="small"
                className="section-card"
                title={<h3 className="card-title">{t("rulebooks.population")}</h3>}
              >
                <p className="section-note">{t("rulebooks.populationNote", { year: found.population.rosterYear })}</p>
                <PopulationTable levels={found.population.levels} />
              </Card>
            )}
            {found.lists.length > 0 && (
              <Card
                size="small"
                className="section-card"
                title={<h3 className="card-title">{t("rulebooks.lists")}</h3>}
              >
                {found.lists.map(({ name, added, removed }) => (
                  <p key={name} className="tight">
                    <strong>{t("rulebooks.listName", { name })}</strong>
                    {t("common.colon")}
                    {added.length > 0 && t("rulebooks.added", { n: added.length, list: words.list(added) })}
                    {added.length > 0 && removed.length > 0 && t("common.semicolon")}
                    {removed.length > 0 && t("rulebooks.removed", { n: removed.length, list: words.list(removed) })}
                  </p>
                ))}
              </Card>
            )}
            {others.length > 0 && (
              <p className="tight">
                {t("rulebooks.alsoDiffer", { list: words.list(others.map((name) => t(`rulebooks.${name}`))) })}
              </p>
            )}
            {found.levels
              .filter(
                (one) => level === undefined || one.level === level || found.levels.every((x) => x.level !== level),
              )
              .map((one) => (
                <Card
                  key={one.level}
                  size="small"
                  className="section-card"
                  title={<h3 className="card-title">{words.level(one.level)}</h3>}
                  data-testid={`compare-${one.level}`}
                >
                  <LevelChanges diff={found} level={one} />
                </Card>
              ))}
          </Flex>
        );
      }}
    </Loaded>
  );
}
