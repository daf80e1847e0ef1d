import { FileExcelOutlined, InboxOutlined } from "@ant-design/icons";
import { Alert, App, Button, Card, Flex, InputNumber, Segmented, Steps, Upload } from "antd";
import { type JSX, useState } from "react";
import { useTranslation } from "react-i18next";
import { useUpload } from "../../api/hooks.ts";
import type { ImportReport, RosterKind } from "../../api/types.ts";
import { ErrorState } from "../../parts/States.tsx";
import { useWords } from "../../parts/words.ts";
import { ReportView } from "./ReportView.tsx";

const kilobyte = 1024;

/** 1,536,000 → "1.5 MB". */
function sizeText(bytes: number, format: (n: number) => string): string {
  const kilobytes = bytes / kilobyte;
  return kilobytes < kilobyte
    ? `${format(Math.max(1, Math.round(kilobytes)))} KB`
    : `${format(Math.round((kilobytes / kilobyte) * 10) / 10)} MB`;
}

function changesSomething(report: ImportReport): boolean {
  return report.rowsLoaded > 0 || report.rowsUpdated > 0;
}

/** Choose a file → dry run with its report → publish. */
export function UploadCard(): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const { modal } = App.useApp();
  const [kind, setKind] = useState<RosterKind>("workers");
  const [year, setYear] = useState<number | undefined>(undefined);
  const [file, setFile] = useState<File | undefined>(undefined);
  const upload = useUpload();
  const isDryRun = upload.variables?.dryRun ?? true;
  const report = upload.data;
  const isPublished = report !== undefined && !isDryRun;
  const step = isPublished ? 3 : report || (upload.isPending && !isDryRun) ? 2 : file ? 1 : 0;
  const start = (dryRun: boolean): void => {
    if (file) upload.mutate({ file, kind, year, dryRun });
  };
  const choose = (chosen: File | undefined): void => {
    setFile(chosen);
    upload.reset();
  };
  const publish = (): void =>
    void modal.confirm({
      title: t("imports.publishConfirmTitle"),
      content: t("imports.publishConfirm"),
      okText: t("imports.publish"),
      cancelText: t("imports.cancel"),
      onOk: () => start(false),
    });
  return (
    <Card size="small" className="section-card" title={<h2 className="card-title">{t("imports.uploadTitle")}</h2>}>
      <Flex vertical gap={16}>
        <Steps
          size="small"
          current={step}
          items={(["choose", "check", "publish"] as const).map((name) => ({ title: t(`imports.steps.${name}`) }))}
        />
        <Flex gap="8px 24px" wrap align="center">
          <div className="filter-field">
            <span id="import-kind">{t("imports.kind")}</span>
            <Segmented<RosterKind>
              aria-labelledby="import-kind"
              data-testid="import-kind"
              disabled={upload.isPending}
              value={kind}
              options={(["workers", "applications"] as const).map((value) => ({
                value,
                label: t(`imports.kinds.${value}`),
              }))}
              onChange={(value) => {
                setKind(value);
                upload.reset();
              }}
            />
          </div>
          <div className="filter-field">
            <label htmlFor="import-year">{t("imports.year")}</label>
            <InputNumber
              id="import-year"
              min={1990}
              max={2100}
              precision={0}
              disabled={upload.isPending}
              value={year ?? null}
              placeholder="—"
              onChange={(value) => {
                setYear(value ?? undefined);
                upload.reset();
              }}
            />
            <span className="muted">{t("imports.yearHint")}</span>
          </div>
        </Flex>
        <div data-testid="import-file">
          <Upload.Dragger
            accept=".xlsx,.csv"
            maxCount={1}
            showUploadList={false}
            disabled={upload.isPending}
            beforeUpload={(chosen) => {
              choose(chosen);
              return false;
            }}
          >
            {file ? (
              <Flex gap={12} align="center" justify="center">
                <FileExcelOutlined className="drop-icon" aria-hidden="true" />
                <span>
                  <strong>{file.name}</strong> · {sizeText(file.size, words.number)}
                </span>
                <span className="muted">{t("imports.change")}</span>
              </Flex>
            ) : (
              <>
                <InboxOutlined className="drop-icon" aria-hidden="true" />
                <div>{t("imports.drop")}</div>
                <div className="muted">{t("imports.dropHint")}</div>
              </>
            )}
          </Upload.Dragger>
        </div>
        <Flex gap={12} align="center">
          <Button
            type={report ? "default" : "primary"}
            disabled={!file || isPublished}
            loading={upload.isPending && isDryRun}
            onClick={() => start(true)}
            data-testid="import-check"
          >
            {t(upload.isPending && isDryRun ? "imports.checking" : "imports.check")}
          </Button>
          <Button
            type={report ? "primary" : "default"}
            disabled={!report || isPublished || (!changesSomething(report) && !upload.isPending)}
            loading={upload.isPending && !isDryRun}
            onClick={publish}
            data-testid="import-publish"
          >
            {t("imports.publish")}
          </Button>
          {upload.isPending && !isDryRun && <span role="status">{t("imports.publishing")}</span>}
        </Flex>
        {upload.error && <ErrorState error={upload.error} onRetry={() => start(isDryRun)} />}
        {report && (
          <div data-testid="import-report">
            <Alert
              showIcon
              type={isPublished ? "success" : changesSomething(report) ? "info" : "warning"}
              title={
                isPublished
                  ? t("imports.published", { version: report.version ?? "" })
                  : changesSomething(report)
                    ? t("imports.dryRunDone")
                    : t(report.rowsUnchanged > 0 ? "imports.unchanged" : "imports.noRows")
              }
            />
            <ReportView report={report} dryRun={!isPublished} />
          </div>
        )}
      </Flex>
    </Card>
  );
}
