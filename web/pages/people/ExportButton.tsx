import { DownloadOutlined } from "@ant-design/icons";
import { App, Button } from "antd";
import { type JSX, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { getJson, type Query, saveBlob } from "../../api/client.ts";
import { wordOf } from "../../api/fact-form.ts";
import { useFactForm } from "../../api/hooks.ts";
import type { Measure, People, PersonRow } from "../../api/types.ts";
import { toCsv } from "../../parts/csv.ts";
import { useWords } from "../../parts/words.ts";

const pageSize = 1000;
const cap = 50_000;

/** Saves the whole list, not the page of it. A list too long says so, in words and in the file name. */
export function ExportButton({ query, measure }: { readonly query: Query; readonly measure: Measure }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const { message } = App.useApp();
  const { data: form } = useFactForm();
  const [done, setDone] = useState<{ done: number; total: number } | null>(null);
  const running = useRef(false);

  const line = (row: PersonRow): readonly (string | number | null)[] => {
    const word = (code: string | null, fact: string): string | null => {
      const found = code === null ? undefined : wordOf(form, code, fact);
      return found ? words.say(found) : code;
    };
    return [
      row.workerId,
      row.name,
      word(row.sex, "sex"),
      row.birthDate,
      row.districtName,
      row.department,
      row.unitName,
      row.trade,
      row.presentLevel && words.level(row.presentLevel),
      row.levelObtainedOn,
      row.workStartedOn,
      word(row.education, "education"),
      row.examYear,
      row.targetLevel && words.level(row.targetLevel),
      row.decision && t(`decision.${row.decision}`),
      row.planningDecision && t(`planning.${row.planningDecision}`),
      row.module && t(`module.${row.module}`),
      row.rulebook,
    ];
  };

  const save = async (): Promise<void> => {
    running.current = true;
    const rows: PersonRow[] = [];
    try {
      for (let total = 1; rows.length < Math.min(total, cap); ) {
        const page = await getJson<People>("/workers", { ...query, limit: pageSize, offset: rows.length });
        total = page.total;
        if (page.rows.length === 0) break;
        rows.push(...page.rows);
        setDone({ done: rows.length, total });
        if (total > cap && rows.length >= cap) {
          void message.warning(t("people.exportCapped", { total: words.number(total), cap: words.number(cap) }), 10);
        }
      }
      const headings = [
        ...(["workerId", "name", "sex", "birthDate", "district"] as const).map((key) => t(`people.${key}`)),
        t("people.department"),
        ...(["unit", "trade", "presentLevel", "levelObtainedOn", "workStartedOn", "education"] as const).map((key) =>
          t(`people.${key}`),
        ),
        t("filters.year"),
        ...(["targetLevel", "decision", "planningDecision", "module", "rulebook"] as const).map((key) =>
          t(`people.${key}`),
        ),
      ];
      const part = rows.length >= cap ? `-${t("people.partial", { cap })}` : "";
      const name = `${t("people.title")}-${query.year}-${t(`measure.${measure}`)}${part}.csv`;
      saveBlob(new Blob([toCsv(headings, rows.map(line))], { type: "text/csv;charset=utf-8" }), name);
    } catch (error) {
      void message.error(`${t("people.exportFailed")}${t("common.colon")}${words.problem(error)}`);
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
      data-testid="export-people"
    >
      {done
        ? t("people.exporting", { done: words.number(done.done), total: words.number(Math.min(done.total, cap)) })
        : t("people.exportCsv")}
    </Button>
  );
}
