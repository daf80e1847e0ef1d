import { Card } from "antd";
import type { JSX, ReactNode } from "react";

/** A chart and, beside it, the table with the same numbers: what cannot be read from one is in the other. */
export function ChartAndTable({
  title,
  note,
  extra,
  chart,
  table,
  footer,
  testId,
}: {
  readonly title: string;
  readonly note?: ReactNode;
  readonly extra?: ReactNode;
  readonly chart: ReactNode;
  readonly table: ReactNode;
  readonly footer?: ReactNode;
  readonly testId?: string;
}): JSX.Element {
  return (
    <Card
      size="small"
      title={<h2 className="card-title">{title}</h2>}
      extra={extra}
      data-testid={testId}
      className="section-card"
    >
      {note && <p className="section-note">{note}</p>}
      <div className="chart-and-table">
        <div className="chart-side">{chart}</div>
        <div className="table-side">{table}</div>
      </div>
      {footer && <p className="section-note section-footer">{footer}</p>}
    </Card>
  );
}
