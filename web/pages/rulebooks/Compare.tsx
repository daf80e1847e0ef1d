import { SwapOutlined } from "@ant-design/icons";
import { Button, Card, Flex, Table, Tag } from "antd";
import { type JSX, useState } from "react";
import { useTranslation } from "react-i18next";
import type { LevelPopulation } from "../../../server/eligibility/population.ts";
import type { ConditionChange, ConditionSide, LevelDiff, RulebookDiff } from "../../../server/rules/diff.ts";
import { wordOf } from "../../api/fact-form.ts";
import { useFactForm, useRulebookDiff } from "../../api/hooks.ts";
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
          tableLayout="fixed"
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
                    <div className="muted small">
                      {of.length === level.pathways.length
                        ? t("rulebooks.allPathways")
                        : words.list(of.map((pathway) => words.pathway(pathway)))}
                    </div>
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
          tableLayout="fixed"
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
          tableLayout="fixed"
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

/** Lists by name; what stands in one of them only. */
function Lists({ diff }: { readonly diff: RulebookDiff }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const { data: form } = useFactForm();
  const named = (items: readonly string[]): string =>
    words.list(
      items.map((item) => {
        const word = wordOf(form, item);
        return word ? words.say(word) : item;
      }),
    );
  return (
    <Card size="small" className="section-card" title={<h3 className="card-title">{t("rulebooks.lists")}</h3>}>
      {diff.lists.map(({ name, in: side, added, removed }) => {
        const items = [...added, ...removed];
        return (
          <p key={name} className="tight">
            <strong>{words.rulebookList(name)}</strong>
            {t("common.colon")}
            {side === "both" ? (
              <>
                {removed.length > 0 && t("rulebooks.removed", { n: removed.length, list: named(removed) })}
                {added.length > 0 && removed.length > 0 && t("common.semicolon")}
                {added.length > 0 && t("rulebooks.added", { n: added.length, list: named(added) })}
              </>
            ) : (
              t("rulebooks.listOnly", { name: words.say(diff[side].title), n: items.length, list: named(items) })
            )}
          </p>
        );
      })}
    </Card>
  );
}

/** Levels that only one of the two covers, in a sentence each. */
function OneSided({ diff }: { readonly diff: RulebookDiff }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  return (
    <>
      {(["a", "b"] as const).map((side) => {
        const levels = diff.levels.filter((one) => one.in === side).map(({ level }) => words.level(level));
        return (
          levels.length > 0 && (
            <p key={side} className="tight" data-testid="one-sided">
              {t("rulebooks.levelsOnly", { name: words.say(diff[side].title), levels: words.list(levels) })}
            </p>
          )
        );
      })}
    </>
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
  onSwap,
}: {
  readonly a: string;
  readonly b: string;
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
            {found.levels
              .filter((one) => one.in === "both")
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
            {found.lists.length > 0 && <Lists diff={found} />}
            <div>
              <OneSided diff={found} />
              {others.length > 0 && (
                <p className="tight">
                  {t("rulebooks.alsoDiffer", { list: words.list(others.map((name) => t(`rulebooks.${name}`))) })}
                </p>
              )}
            </div>
          </Flex>
        );
      }}
    </Loaded>
  );
}
