import { PlusOutlined } from "@ant-design/icons";
import { Button, Card, Empty, Flex, Table } from "antd";
import { type JSX, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import type { Message } from "../../api/types.ts";
import { PageHeader } from "../../parts/PageHeader.tsx";
import { Loaded } from "../../parts/States.tsx";
import { useWords } from "../../parts/words.ts";
import { type Done, Notice, useAttempt } from "../names/Notice.tsx";
import { createScenario, deleteScenario, restoreScenario, useScenarios } from "./api.ts";
import { draftOf } from "./draft.ts";
import { Examples } from "./Examples.tsx";
import type { ScenarioOptions } from "./options.ts";
import type { ListedScenario, Scenario } from "./shapes.ts";

/** The changes as sentences. */
function InWords({ sentences }: { readonly sentences: readonly Message[] }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  if (sentences.length === 0) return <span className="muted">{t("scenarios.noChanges")}</span>;
  return (
    <ul className="scenario-words">
      {sentences.map((sentence, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a list that is only read, in its own order
        <li key={index}>{words.say(sentence)}</li>
      ))}
    </ul>
  );
}

const address = (id: string): string => `/scenarios/${encodeURIComponent(id)}`;

/** The saved scenarios, and examples to begin from. */
export function ScenarioList({ options }: { readonly options: ScenarioOptions }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const navigate = useNavigate();
  const scenarios = useScenarios();
  const [done, setDone] = useState<Done | undefined>(undefined);
  const attempt = useAttempt(setDone);
  // no edit of the data: no new version tells that the list is old
  const after = async (work: () => Promise<unknown>): Promise<void> => {
    await work();
    await scenarios.refetch();
  };
  const remove = (one: Scenario): Promise<void> =>
    attempt(async () => {
      await after(() => deleteScenario(one.id));
      return {
        text: t("scenarios.deleted", { name: one.name }),
        undo: () => after(() => restoreScenario(one.id)),
      };
    });
  const copy = (one: Scenario): Promise<void> =>
    attempt(async () => {
      const name = t("scenarios.copyOf", { name: one.name });
      const made = await createScenario({ ...draftOf(one), name });
      await scenarios.refetch();
      return { text: t("scenarios.copied", { name: made.name }), undo: () => after(() => deleteScenario(made.id)) };
    });
  return (
    <>
      <PageHeader
        title={t("scenarios.title")}
        description={t("scenarios.description")}
        actions={
          <Flex gap={8}>
            <Button
              disabled={(scenarios.data?.length ?? 0) < 2}
              title={(scenarios.data?.length ?? 0) < 2 ? t("scenarios.compare.tooFew") : undefined}
              onClick={() => navigate("/scenarios/compare")}
              data-testid="scenario-compare"
            >
              {t("scenarios.compare.title")}
            </Button>
            <Button
              type="primary"
              icon={<PlusOutlined />}
              onClick={() => navigate("/scenarios/new")}
              data-testid="scenario-new"
            >
              {t("scenarios.new")}
            </Button>
          </Flex>
        }
      />
      {done && <Notice done={done} announce={setDone} onClose={() => setDone(undefined)} />}
      <Flex vertical gap={16}>
        <Loaded query={scenarios} rows={6}>
          {(rows) => (
            <Card size="small" className="section-card" title={<h2 className="card-title">{t("scenarios.list")}</h2>}>
              {rows.length === 0 ? (
                <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("scenarios.empty")} />
              ) : (
                <Table<ListedScenario>
                  size="small"
                  rowKey="id"
                  aria-label={t("scenarios.list")}
                  data-testid="scenarios"
                  dataSource={rows}
                  showSorterTooltip={false}
                  pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
                  columns={[
                    {
                      key: "name",
                      title: t("scenarios.name"),
                      width: 260,
                      className: "top-cell",
                      sorter: (a, b) => a.name.localeCompare(b.name, "zh-CN"),
                      render: (_, { id, name, note }) => (
                        <>
                          <Link to={address(id)} className="text-link">
                            {name}
                          </Link>
                          {note && <span className="muted line">{note}</span>}
                        </>
                      ),
                    },
                    {
                      key: "changes",
                      title: t("scenarios.changes"),
                      className: "top-cell",
                      render: (_, { sentences }) => <InWords sentences={sentences} />,
                    },
                    {
                      key: "updatedAt",
                      title: t("scenarios.updated"),
                      width: 190,
                      className: "top-cell",
                      defaultSortOrder: "descend",
                      sorter: (a, b) => a.updatedAt.localeCompare(b.updatedAt),
                      render: (_, { updatedAt, updatedBy }) => (
                        <>
                          {words.instant(updatedAt)}
                          <span className="muted line">{words.who(updatedBy)}</span>
                        </>
                      ),
                    },
                    {
                      key: "actions",
                      title: t("names.actions"),
                      width: 150,
                      className: "top-cell",
                      render: (_, one) => (
                        <Flex gap={4}>
                          <Button
                            size="small"
                            aria-label={t("scenarios.duplicateOf", { name: one.name })}
                            onClick={() => void copy(one)}
                            data-testid="duplicate"
                          >
                            {t("scenarios.duplicate")}
                          </Button>
                          <Button
                            size="small"
                            type="text"
                            danger
                            aria-label={t("names.removeOf", { name: one.name })}
                            onClick={() => void remove(one)}
                            data-testid="delete"
                          >
                            {t("names.remove")}
                          </Button>
                        </Flex>
                      ),
                    },
                  ]}
                />
              )}
            </Card>
          )}
        </Loaded>
        <Examples options={options} />
      </Flex>
    </>
  );
}
