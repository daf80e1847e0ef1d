import { Button, Flex } from "antd";
import { type JSX, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";
import { isGone } from "../../api/problem.ts";
import { PageHeader } from "../../parts/PageHeader.tsx";
import { EmptyState, ErrorState, Loaded, LoadingState } from "../../parts/States.tsx";
import { useAppMeta } from "../../state/meta.tsx";
import { restoreScenario, useScenario } from "./api.ts";
import { ComparePage } from "./ComparePage.tsx";
import { Editor } from "./Editor.tsx";
import { type ScenarioOptions, useOptions } from "./options.ts";
import { ScenarioList } from "./ScenarioList.tsx";
import "./scenarios.css";

const newId = "new";
const compareId = "compare";

/** A link to a scenario that was deleted, or never was. */
function Missing({
  id,
  error,
  onRetry,
}: {
  readonly id: string;
  readonly error: unknown;
  readonly onRetry: () => void;
}) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [refused, setRefused] = useState<unknown>(undefined);
  const restore = async (): Promise<void> => {
    try {
      await restoreScenario(id);
      onRetry();
    } catch (problem) {
      setRefused(problem);
    }
  };
  return (
    <>
      <PageHeader title={t("scenarios.title")} crumbs={[{ text: t("scenarios.title"), to: "/scenarios" }]} />
      <Flex vertical gap={12} align="start">
        <ErrorState error={refused ?? error} {...(isGone(error) ? { title: t("scenarios.missing") } : { onRetry })} />
        <Flex gap={8}>
          {isGone(error) && refused === undefined && (
            <Button onClick={() => void restore()} data-testid="restore">
              {t("scenarios.restore")}
            </Button>
          )}
          <Button onClick={() => navigate("/scenarios")}>{t("scenarios.toList")}</Button>
        </Flex>
      </Flex>
    </>
  );
}

function Saved({ id, options }: { readonly id: string; readonly options: ScenarioOptions }): JSX.Element {
  const scenario = useScenario(id);
  if (scenario.data) return <Editor saved={scenario.data} options={options} />;
  if (scenario.error) return <Missing id={id} error={scenario.error} onRetry={() => void scenario.refetch()} />;
  return <LoadingState rows={8} />;
}

/** 政策推演: what would come of other rules, other quotas, other people — beside what is expected as things stand. */
export function ScenariosPage(): JSX.Element {
  const { t } = useTranslation();
  const { id } = useParams();
  const { rosterYears } = useAppMeta();
  const options = useOptions(rosterYears.length > 0);
  if (rosterYears.length === 0)
    return (
      <>
        <PageHeader title={t("scenarios.title")} />
        <EmptyState />
      </>
    );
  return (
    <Loaded query={options} rows={8}>
      {(known) => {
        if (id === undefined) return <ScenarioList options={known} />;
        if (id === compareId) return <ComparePage />;
        if (id === newId) return <Editor key={newId} saved={undefined} options={known} />;
        return <Saved key={id} id={id} options={known} />;
      }}
    </Loaded>
  );
}
