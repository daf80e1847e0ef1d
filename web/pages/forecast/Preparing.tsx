import { Alert, Button, Flex, Progress } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import type { Work } from "../../api/forecast-hooks.ts";
import type { WorkStatus } from "../../api/forecast-types.ts";
import { ErrorState, LoadingState } from "../../parts/States.tsx";
import { useWords } from "../../parts/words.ts";

/** Seconds that are left, in words; nothing where it is not known. */
export function useTimeLeft(): (seconds: number | null) => string {
  const { t } = useTranslation();
  return (seconds) => {
    if (seconds === null) return "";
    const whole = Math.max(1, Math.ceil(seconds));
    const time =
      whole < 60
        ? t("importing.job.seconds", { s: whole })
        : t("importing.job.minutes", { m: Math.floor(whole / 60), s: whole % 60 });
    return t("importing.job.left", { time });
  };
}

/** A computation under way: what it does just now, how far it is, and the time left; or why there is none, and a way to try again. */
export function Preparing({
  work,
  title,
  failed,
  testId,
}: {
  readonly work: Work<WorkStatus>;
  /** What is computed. */
  readonly title: string;
  /** That it was not. */
  readonly failed: string;
  readonly testId: string;
}): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const left = useTimeLeft();
  const { status, error } = work;
  const retry = (): void => void work.start();
  if (error) return <ErrorState error={error} title={failed} onRetry={retry} />;
  if (!status) return <LoadingState rows={4} />;
  if (status.state === "failed")
    return (
      <Alert
        type="error"
        showIcon
        role="alert"
        title={failed}
        description={status.problem ? words.say(status.problem) : undefined}
        action={<Button onClick={retry}>{t("common.retry")}</Button>}
        data-testid={`${testId}-failed`}
      />
    );
  if (status.state === "cancelled")
    return (
      <Alert
        type="info"
        showIcon
        role="status"
        title={t("forecast.preparing.cancelled")}
        description={t("forecast.preparing.cancelledText")}
        action={
          <Button type="primary" onClick={retry} data-testid={`${testId}-start`}>
            {t("forecast.preparing.start")}
          </Button>
        }
        data-testid={`${testId}-cancelled`}
      />
    );
  const doing =
    status.phase === "year" && status.examYear !== null
      ? t("forecast.preparing.year", { year: status.examYear })
      : t(`forecast.preparing.${status.phase === "rows" ? "rows" : "learn"}`);
  return (
    <Flex vertical gap={4} className="preparing" data-testid={testId}>
      <Flex vertical gap={4} role="status" aria-label={title}>
        <strong>{title}</strong>
        <Progress
          percent={Math.floor(status.share * 100)}
          status="active"
          aria-label={t("importing.job.progress")}
          style={{ maxWidth: 560 }}
        />
        <span className="muted">
          {doing}
          {status.secondsLeft !== null && `${t("common.comma")}${left(status.secondsLeft)}`}
        </span>
      </Flex>
      <Button
        style={{ alignSelf: "flex-start", marginTop: 4 }}
        loading={work.cancelling}
        onClick={work.cancel}
        data-testid={`${testId}-cancel`}
      >
        {t("forecast.preparing.cancel")}
      </Button>
      {work.cancelError !== null && <ErrorState error={work.cancelError} title={t("importing.job.notCancelled")} />}
    </Flex>
  );
}
