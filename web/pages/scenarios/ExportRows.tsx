import { DownloadOutlined } from "@ant-design/icons";
import { App, Button } from "antd";
import { type JSX, useState } from "react";
import { useTranslation } from "react-i18next";
import { download } from "../../api/client.ts";
import { useWords } from "../../parts/words.ts";
import { rowsPath } from "./api.ts";
import { type Grouping, useScenarioSearch } from "./result-state.ts";

/** All years and measures of the chosen grouping and filters as CSV. */
export function ExportRows({ run, by }: { readonly run: string; readonly by: Grouping }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const { message } = App.useApp();
  const { state } = useScenarioSearch();
  const [busy, setBusy] = useState(false);
  const save = async (): Promise<void> => {
    setBusy(true);
    try {
      const query = { ...state.where, by: by === "unit" ? "district,unit" : by, format: "csv" };
      await download(rowsPath(run), query, `${t("scenarios.exportName")}.csv`);
    } catch (error) {
      void message.error(`${t("rosters.exportFailed")}${t("common.colon")}${words.problem(error)}`);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button icon={<DownloadOutlined />} loading={busy} onClick={() => void save()} data-testid="scenario-csv">
      {t("rosters.exportCsv")}
    </Button>
  );
}
