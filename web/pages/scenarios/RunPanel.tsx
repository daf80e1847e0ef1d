import { PlayCircleOutlined, ReloadOutlined } from "@ant-design/icons";
import { Alert, Button, Card, Flex, Progress } from "antd";
import type { JSX, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { isGone } from "../../api/problem.ts";
import { ErrorState, LoadingState } from "../../parts/States.tsx";
import { useWords } from "../../parts/words.ts";
import { useAppMeta } from "../../state/meta.tsx";
import { isActive, useCancelRun, useRun, useStartRun } from "./api.ts";
import { sameChanges } from "./draft.ts";
import { Results } from "./Results.tsx";
import { useScenarioSearch } from "./result-state.ts";
import type { Change, ScenarioRun } from "./shapes.ts";

/** A run that waits or goes on: which year it is at, how much is behind, and the way to stop it. */
export function Going({ run }: { readonly run: ScenarioRun }): JSX.Element {
  const { t } = useTranslation();
  const cancel = useCancelRun();
  const { state, phase, examYear, share, secondsLeft } = run;
  const doing = (): string => {
    if (state === "waiting") return t("scenarios.run.waiting");
    if (phase === "year" && examYear !== null) return t("scenarios.run.year", { year: examYear });
    return t(phase === "rows" ? "scenarios.run.rows" : "scenarios.run.base");
  };
  const left = (seconds: number): string =>
    t("importing.job.left", {
      time:
        seconds < 60
          ? t("importing.job.seconds", { s: Math.ceil(seconds) })
          : t("importing.job.minutes", { m: Math.floor(seconds / 60), s: Math.ceil(seconds % 60) }),
    });
  return (
    <Card size="small" data-testid="run-progress">
      <Progress
        percent={Math.floor(Math.min(1, Math.max(0, share)) * 100)}
        status="active"
        aria-label={t("scenarios.run.progress")}
      />
      <Flex gap="8px 24px" wrap align="center">
        <span role="status">{doing()}</span>
        {secondsLeft !== null && <span className="muted">{left(secondsLeft)}</span>}
        <Button
          loading={cancel.isPending}
          onClick={() => cancel.mutate(run.id)}
          data-testid="run-cancel"
          className="scenario-end"
        >
          {t("scenarios.run.cancel")}
        </Button>
      </Flex>
      {cancel.error && <ErrorState error={cancel.error} title={t("scenarios.run.notCancelled")} />}
    </Card>
  );
}

/** Something a planner should know of the run before reading its numbers, with the way to a new one. */
function Stale({ text, onAgain }: { readonly text: ReactNode; readonly onAgain: () => void }): JSX.Element {
  const { t } = useTranslation();
  return (
    <Alert
      type="warning"
      showIcon
      title={text}
      data-testid="run-stale"
      action={
        <Button size="small" icon={<ReloadOutlined />} onClick={onAgain} data-testid="run-again">
          {t("scenarios.run.again")}
        </Button>
      }
    />
  );
}

/** Starts a run of the changes as they stand, shows how far it is, and what came of it. */
export function RunPanel({
  changes,
  isValid,
}: {
  readonly changes: readonly Change[];
  /** The server finds nothing wrong with them. */
  readonly isValid: boolean;
}): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const { dataVersion } = useAppMeta();
  const { search, change } = useScenarioSearch();
  const start = useStartRun();
  const id = search.get("run") ?? undefined;
  const answer = useRun(id);
  const run = answer.data;
  const go = (): void => start.mutate({ changes }, { onSuccess: ({ id: next }) => change({ run: next }, true) });
  const button = (
    <Button
      type="primary"
      icon={<PlayCircleOutlined />}
      disabled={changes.length === 0 || !isValid}
      loading={start.isPending}
      onClick={go}
      data-testid="run-start"
    >
      {t(run?.state === "done" ? "scenarios.run.again" : "scenarios.run.start")}
    </Button>
  );
  const shown = (): ReactNode => {
    if (id === undefined) return null;
    if (answer.error)
      return isGone(answer.error) ? (
        <Stale text={t("scenarios.run.gone")} onAgain={go} />
      ) : (
        <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />
      );
    if (!run) return <LoadingState rows={3} />;
    if (isActive(run)) return <Going run={run} />;
    switch (run.state) {
      case "failed":
        return (
          <Alert
            type="error"
            showIcon
            role="alert"
            title={t("scenarios.run.failed")}
            description={run.problem ? words.say(run.problem) : undefined}
            action={<Button onClick={go}>{t("common.retry")}</Button>}
          />
        );
      case "cancelled":
        return <Alert type="info" showIcon title={t("scenarios.run.cancelled")} data-testid="run-cancelled" />;
      default:
        // the server lets go of what was computed from other data
        if (run.dataVersion !== dataVersion)
          return <Stale text={t("scenarios.run.oldData", { old: run.dataVersion, now: dataVersion })} onAgain={go} />;
        return (
          <Flex vertical gap={12}>
            {!sameChanges(run.changes, changes) && <Stale text={t("scenarios.run.edited")} onAgain={go} />}
            <Results run={run.id} />
          </Flex>
        );
    }
  };
  return (
    <Flex vertical gap={16}>
      <Flex gap={16} align="center" wrap>
        {!(run && isActive(run)) && button}
        <span className="muted">{t("scenarios.run.hint")}</span>
      </Flex>
      {start.error && <ErrorState error={start.error} title={t("scenarios.run.notStarted")} onRetry={go} />}
      {shown()}
    </Flex>
  );
}
