import { DownloadOutlined } from "@ant-design/icons";
import { App, Button } from "antd";
import { type JSX, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { saveBlob } from "../api/client.ts";
import type { Page } from "../api/roster-types.ts";
import { toCsv } from "./csv.ts";
import { useWords } from "./words.ts";

type Cell = string | number | null;

const pageSize = 1000;
const cap = 50_000;

/** Saves a whole list, page by page from the server. A list too long says so, in words and in the file name. */
export function CsvButton<Row>({
  name,
  headings,
  line,
  fetchPage,
  testId,
}: {
  /** Of the file, without ".csv". */
  readonly name: string;
  readonly headings: readonly string[];
  readonly line: (row: Row) => readonly Cell[];
  readonly fetchPage: (limit: number, offset: number) => Promise<Page<Row>>;
  readonly testId?: string;
}): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const { message } = App.useApp();
  const [done, setDone] = useState<{ readonly done: number; readonly total: number } | null>(null);
  const running = useRef(false);

  const save = async (): Promise<void> => {
    running.current = true;
    const rows: Row[] = [];
    try {
      for (let total = 1; rows.length < Math.min(total, cap); ) {
        const page = await fetchPage(pageSize, rows.length);
        total = page.total;
        if (page.rows.length === 0) break;
        rows.push(...page.rows);
        setDone({ done: rows.length, total });
        if (total > cap && rows.length >= cap) {
          void message.warning(t("rosters.exportCapped", { total: words.number(total), cap: words.number(cap) }), 10);
        }
      }
      const part = rows.length >= cap ? `-${t("rosters.partial", { cap })}` : "";
      const blob = new Blob([toCsv(headings, rows.map(line))], { type: "text/csv;charset=utf-8" });
      saveBlob(blob, `${name}${part}.csv`);
    } catch (error) {
      void message.error(`${t("rosters.exportFailed")}${t("common.colon")}${words.problem(error)}`);
    } finally {
      running.current = false;
      setDone(null);
    }
  };

  return (
    <Button
      icon={<DownloadOutlined />}
      loading={done !== null}
      onClick={() => {
        if (!running.current) void save();
      }}
      data-testid={testId}
    >
      {done
        ? t("rosters.exporting", { done: words.number(done.done), total: words.number(Math.min(done.total, cap)) })
        : t("rosters.exportCsv")}
    </Button>
  );
}
