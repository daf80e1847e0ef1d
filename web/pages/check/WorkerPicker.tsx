import { Select } from "antd";
import { type JSX, useState } from "react";
import { useTranslation } from "react-i18next";
import { usePeople } from "../../api/hooks.ts";
import { useDebounced } from "../../parts/use-debounced.ts";

const shown = 30;

/** Finds a worker of the year's roster by number or name. */
export function WorkerPicker({
  year,
  value,
  name,
  onChange,
}: {
  readonly year: number;
  readonly value: string | undefined;
  /** Name of the chosen worker, once it is known. */
  readonly name: string | undefined;
  readonly onChange: (workerId: string | undefined) => void;
}): JSX.Element {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const q = useDebounced(text.trim(), 250);
  // A worker is listed once per target level: ask for more than are shown.
  const answer = usePeople({ year, measure: "workers", q, limit: shown * 5, offset: 0 }, q !== "");
  const found = new Map((q === "" ? [] : (answer.data?.rows ?? [])).map((row) => [row.workerId, row]));
  const options = [...found.values()].slice(0, shown).map((row) => ({
    value: row.workerId,
    label: [row.name, row.workerId, row.unitName, row.trade].filter(Boolean).join(" · "),
    title: row.workerId,
  }));
  const isKnown = value === undefined || found.has(value);
  return (
    <Select
      id="check-worker"
      showSearch={{ filterOption: false, onSearch: setText, searchValue: text }}
      allowClear
      style={{ width: 420, maxWidth: "100%" }}
      popupMatchSelectWidth={520}
      placeholder={t("check.searchPlaceholder")}
      loading={answer.isFetching}
      notFoundContent={
        q === "" ? t("check.typeToSearch") : answer.isFetching ? t("common.loading") : t("check.noWorker")
      }
      value={value ?? null}
      options={
        isKnown ? options : [{ value, label: [name, value].filter(Boolean).join(" · "), title: value }, ...options]
      }
      onChange={(id: string | null | undefined) => {
        setText("");
        onChange(id ?? undefined);
      }}
    />
  );
}
