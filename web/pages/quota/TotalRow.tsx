import { Table } from "antd";
import type { JSX, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useWords } from "../../parts/words.ts";
import type { QuotaSums } from "../../state/sums.ts";
import { Over } from "./columns.tsx";

/** Sums of the rows shown, under their columns. */
export function TotalRow({ total }: { readonly total: QuotaSums }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const show = (value: number | null): string => (value === null ? t("common.dash") : words.number(value));
  const cells: readonly { key: string; cell: ReactNode; left?: true }[] = [
    { key: "unit", cell: t("common.total"), left: true },
    { key: "district", cell: "", left: true },
    { key: "trade", cell: "", left: true },
    { key: "technicians", cell: show(total.technicians) },
    { key: "band", cell: "", left: true },
    { key: "quota", cell: show(total.quota) },
    { key: "appliedLastYear", cell: show(total.appliedLastYear) },
    { key: "planningEligible", cell: show(total.planningEligible) },
    { key: "applications", cell: show(total.applications) },
    { key: "exempt", cell: show(total.exempt) },
    { key: "used", cell: show(total.used) },
    { key: "left", cell: show(total.left) },
    { key: "over", cell: <Over value={total.over} /> },
  ];
  return (
    <Table.Summary.Row className="total-row" data-testid="quota-total">
      {cells.map(({ key, cell, left }, index) => (
        <Table.Summary.Cell key={key} index={index} align={left ? "left" : "right"}>
          <span className="number" data-testid={`total-${key}`}>
            {cell}
          </span>
        </Table.Summary.Cell>
      ))}
    </Table.Summary.Row>
  );
}
