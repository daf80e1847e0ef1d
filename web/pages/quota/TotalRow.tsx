import { Table } from "antd";
import type { JSX, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Over } from "../../parts/Over.tsx";
import { useWords } from "../../parts/words.ts";
import type { QuotaSums } from "../../state/sums.ts";
import type { ColumnKey } from "./columns.tsx";

/** Sums of the rows shown, under their columns. */
export function TotalRow({
  total,
  keys,
}: {
  readonly total: QuotaSums;
  readonly keys: readonly ColumnKey[];
}): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const show = (value: number | null): string => (value === null ? t("common.dash") : words.number(value));
  const cellOf = (key: ColumnKey): ReactNode => {
    switch (key) {
      case "unit":
        return t("common.total");
      case "over":
        return <Over value={total.over} />;
      case "district":
      case "trade":
      case "level":
      case "band":
        return "";
      default:
        return show(total[key]);
    }
  };
  return (
    <Table.Summary.Row className="total-row" data-testid="quota-total">
      {keys.map((key, index) => (
        <Table.Summary.Cell key={key} index={index} align={key === "unit" ? "left" : "right"}>
          <span className="number" data-testid={`total-${key}`}>
            {cellOf(key)}
          </span>
        </Table.Summary.Cell>
      ))}
    </Table.Summary.Row>
  );
}
