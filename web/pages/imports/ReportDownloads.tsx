import { DownloadOutlined, FileExcelOutlined, FileZipOutlined } from "@ant-design/icons";
import { Button, Flex } from "antd";
import { type JSX, useState } from "react";
import { useTranslation } from "react-i18next";
import { download, saveBlob } from "../../api/client.ts";
import type { ImportReport } from "../../api/import-types.ts";
import { toCsv } from "../../parts/csv.ts";
import { useWords } from "../../parts/words.ts";
import { Failure } from "./Failure.tsx";
import { placeOf } from "./problems.ts";

/** "名册.xlsx" → "名册". */
const bare = (file: string): string => file.replace(/\.[^.]{1,8}$/, "");

/** The report to take along: the clerk's own workbook with marks, a list for each unit, and the table as text. */
export function ReportDownloads({ job, report }: { readonly job: string; readonly report: ImportReport }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const [busy, setBusy] = useState<"marked" | "units" | null>(null);
  const [failed, setFailed] = useState<unknown>(undefined);
  const fetchFile = async (name: "marked" | "units"): Promise<void> => {
    setBusy(name);
    setFailed(undefined);
    const [path, own] =
      name === "marked"
        ? ["marked.xlsx", `${bare(report.file)}-${t("importing.files.marked")}.xlsx`]
        : ["units.zip", `${bare(report.file)}-${t("importing.files.units")}.zip`];
    try {
      await download(`/import-jobs/${encodeURIComponent(job)}/${path}`, {}, own);
    } catch (error) {
      setFailed(error);
    } finally {
      setBusy(null);
    }
  };
  const saveCsv = (): void => {
    const headings = [
      t("importing.problems.cell"),
      t("imports.row"),
      t("imports.column"),
      t("imports.value"),
      t("importing.problems.taken"),
      t("imports.severity"),
      t("imports.code"),
      t("imports.problem"),
      t("people.unit"),
    ];
    const lines = report.problems.map((problem) => [
      placeOf(problem),
      problem.row,
      problem.column,
      problem.value,
      problem.taken ?? null,
      t(`imports.${problem.severity}`),
      problem.code,
      words.say(problem.message),
      problem.unit ?? null,
    ]);
    saveBlob(
      new Blob([toCsv(headings, lines)], { type: "text/csv;charset=utf-8" }),
      `${bare(report.file)}-${t("imports.problems")}.csv`,
    );
  };
  return (
    <>
      <Flex gap={8} wrap>
        <Button
          icon={<FileExcelOutlined />}
          loading={busy === "marked"}
          disabled={busy === "units"}
          title={t("importing.files.markedHint")}
          onClick={() => void fetchFile("marked")}
          data-testid="download-marked"
        >
          {t("importing.files.downloadMarked")}
        </Button>
        <Button
          icon={<FileZipOutlined />}
          loading={busy === "units"}
          disabled={busy === "marked"}
          title={t("importing.files.unitsHint")}
          onClick={() => void fetchFile("units")}
          data-testid="download-units"
        >
          {t("importing.files.downloadUnits")}
        </Button>
        <Button icon={<DownloadOutlined />} onClick={saveCsv} data-testid="download-csv">
          {t("importing.files.downloadCsv")}
        </Button>
      </Flex>
      {failed !== undefined && <Failure title={t("importing.files.failed")} error={failed} />}
    </>
  );
}
