import { Alert, Button, Flex } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { RosterJob } from "../../api/import-hooks.ts";
import { isGone, toProblem } from "../../api/problem.ts";
import { Failure } from "./Failure.tsx";

/** A job that was cancelled, failed, or is not known any more: what that means for the data, and the ways on. */
export function JobTrouble({
  job,
  error,
  dryRun,
  onAgain,
  onBack,
}: {
  readonly job: RosterJob | undefined;
  readonly error: unknown;
  readonly dryRun: boolean;
  readonly onAgain: () => void;
  /** To another file, or to the result of the check. */
  readonly onBack: () => void;
}): JSX.Element | null {
  const { t } = useTranslation();
  const again = (
    <Button type="primary" onClick={onAgain} data-testid="job-again">
      {t(dryRun ? "importing.trouble.checkAgain" : "importing.trouble.publishAgain")}
    </Button>
  );
  const other = (
    <Button onClick={onBack}>{t(dryRun ? "importing.chooseAgain" : "importing.trouble.backToCheck")}</Button>
  );
  if (isGone(error)) {
    return (
      <Alert
        type="warning"
        showIcon
        role="alert"
        data-testid="job-gone"
        title={t("importing.trouble.gone")}
        description={
          dryRun ? (
            t("importing.trouble.goneCheck")
          ) : (
            <>
              {t("importing.trouble.gonePublish")} <Link to="/import/history">{t("importing.trouble.seeHistory")}</Link>
            </>
          )
        }
        action={again}
      />
    );
  }
  if (error) {
    return <Failure title={t(dryRun ? "importing.trouble.away" : "importing.trouble.awayPublish")} error={error} />;
  }
  if (job?.state === "cancelled") {
    return (
      <Alert
        type="info"
        showIcon
        role="status"
        data-testid="job-cancelled"
        title={t(dryRun ? "importing.trouble.cancelledCheck" : "importing.trouble.cancelledPublish")}
        description={t("importing.trouble.nothingWritten")}
        action={
          <Flex gap={8}>
            {other}
            {again}
          </Flex>
        }
      />
    );
  }
  if (job?.state !== "failed") return null;
  return (
    <Failure
      title={t(dryRun ? "importing.trouble.checkFailed" : "importing.trouble.publishFailed")}
      error={toProblem(0, job.problem)}
    >
      {other}
      {again}
    </Failure>
  );
}
