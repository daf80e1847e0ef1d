import { DownloadOutlined } from "@ant-design/icons";
import { Button } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import { saveBlob } from "../api/client.ts";
import { toCsv } from "./csv.ts";

type Cell = string | number | null;

export interface SavedColumn<Row> {
  readonly heading: string;
  readonly value: (row: Row) => Cell | undefined;
}

/** Saves rows that are all on the page as CSV that Excel opens. */
export function SaveRows<Row>({
  name,
  rows,
  columns,
  testId,
}: {
  /** Of the file, without ".csv". */
  readonly name: string;
  readonly rows: readonly Row[];
  readonly columns: readonly SavedColumn<Row>[];
  readonly testId: string;
}): JSX.Element {
  const { t } = useTranslation();
  const save = (): void => {
    const lines = rows.map((row) => columns.map(({ value }) => value(row) ?? null));
    const headings = columns.map(({ heading }) => heading);
    saveBlob(new Blob([toCsv(headings, lines)], { type: "text/csv;charset=utf-8" }), `${name}.csv`);
  };
  return (
    <Button icon={<DownloadOutlined />} onClick={save} disabled={rows.length === 0} data-testid={testId}>
      {t("rosters.exportCsv")}
    </Button>
  );
}
