import { Button, Flex, Progress, Steps } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import { type RosterJob, useCancelJob } from "../../api/import-hooks.ts";
import { useWords } from "../../parts/words.ts";
import { Failure } from "./Failure.tsx";

const phases = ["read", "load", "decide"] as const;
/** Roughly how much of the whole is behind when a phase begins, %. */
const phaseStart = { check: { read: 0, load: 90, decide: 95 }, publish: { read: 0, load: 60, decide: 75 } } as const;

/** How far a job is, 0…100. */
export function percentOf({ state, phase, rows, rowsExpected, dryRun }: RosterJob): number {
  if (state === "done") return 100;
  if (state !== "running" || phase === null) return 0;
  const start = phaseStart[dryRun ? "check" : "publish"];
  if (phase !== "read") return start[phase];
  return rowsExpected ? Math.floor(Math.min(1, rows / rowsExpected) * start.load) : 0;
}

/** 95 → "1 分 35 秒". */
function useDuration(): (seconds: number) => string {
  const { t } = useTranslation();
  return (seconds) =>
    seconds < 60
      ? t("importing.job.seconds", { s: seconds })
      : t("importing.job.minutes", { m: Math.floor(seconds / 60), s: seconds % 60 });
}

/** A job that waits or runs: how far it is, what it does just now, and the way to stop it. */
export function JobProgress({ job }: { readonly job: RosterJob }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const duration = useDuration();
  const cancel = useCancelJob();
  const { state, phase, rows, rowsExpected, secondsLeft, dryRun, cancellable } = job;
  return (
    <Flex vertical gap={12} data-testid="job-progress">
      {!dryRun && (
        <Steps
          size="small"
          current={phase === null ? 0 : phases.indexOf(phase)}
          items={phases.map((name) => ({ title: t(`importing.job.phase.${name}`) }))}
        />
      )}
      <Progress percent={percentOf(job)} status="active" aria-label={t("importing.job.progress")} />
      <div className="job-figures">
        <span>{state === "waiting" ? t("importing.job.waiting") : t(`importing.job.doing.${phase ?? "read"}`)}</span>
        {state === "running" && (
          <span data-testid="job-rows">
            {rowsExpected === null
              ? t("importing.job.rows", { n: words.number(rows) })
              : t("importing.job.rowsOf", { n: words.number(rows), all: words.number(Math.max(rows, rowsExpected)) })}
          </span>
        )}
        {secondsLeft !== null && <span>{t("importing.job.left", { time: duration(secondsLeft) })}</span>}
      </div>
      {cancel.error && <Failure title={t("importing.job.notCancelled")} error={cancel.error} />}
      <Flex gap={12} align="center">
        <Button
          disabled={!cancellable}
          loading={cancel.isPending}
          onClick={() => cancel.mutate(job.id)}
          data-testid="job-cancel"
        >
          {t(dryRun ? "importing.job.cancelCheck" : "importing.job.cancelPublish")}
        </Button>
        <span className="muted">
          {cancellable ? t("importing.job.cancelHint") : t("importing.job.tooLate")} {t("importing.job.leaveHint")}
        </span>
      </Flex>
    </Flex>
  );
}
