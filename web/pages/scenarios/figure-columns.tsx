import type { TableColumnType } from "antd";
import type { TFunction } from "i18next";
import { directionOf, type Figure, figureOf } from "./rows.ts";
import type { DifferenceRow, Measure } from "./shapes.ts";
import type { Figures } from "./use-figures.ts";

const arrows = { more: "▲", fewer: "▼", same: "", open: "" } as const;

/** Base, scenario, their difference and its intervals. */
export function figureColumns({
  measure,
  t,
  figures,
  sortable,
}: {
  readonly measure: Measure;
  readonly t: TFunction;
  readonly figures: Figures;
  readonly sortable: boolean;
}): TableColumnType<DifferenceRow>[] {
  const column = (key: "base" | "scenario" | "difference", width: number) => ({
    key,
    title: t(`scenarios.${key}`),
    width,
    align: "right" as const,
    ...(sortable
      ? {
          sorter: (a: DifferenceRow, b: DifferenceRow) =>
            (figureOf(a, measure)[key] ?? 0) - (figureOf(b, measure)[key] ?? 0),
        }
      : {}),
  });
  const interval = (key: "interval80" | "interval95", ends: (figure: Figure) => string) => ({
    key,
    title: t(`scenarios.${key}`),
    width: 132,
    align: "right" as const,
    render: (_: unknown, row: DifferenceRow) => (
      <span className="number nowrap muted">{ends(figureOf(row, measure))}</span>
    ),
  });
  return [
    {
      ...column("base", 84),
      render: (_, row) => <span className="number">{figures.people(figureOf(row, measure).base)}</span>,
    },
    {
      ...column("scenario", 84),
      render: (_, row) => <span className="number">{figures.people(figureOf(row, measure).scenario)}</span>,
    },
    {
      ...column("difference", 92),
      render: (_, row) => {
        const figure = figureOf(row, measure);
        const direction = directionOf(figure);
        return (
          <strong className="number nowrap" data-testid={`difference-${row.examYear}`}>
            <span className={`scenario-${direction}`} aria-hidden="true">{`${arrows[direction]} `}</span>
            {figures.signed(figure.difference)}
          </strong>
        );
      },
    },
    ...(measure === "quota"
      ? []
      : [
          interval("interval80", ({ low80, high80 }) => figures.interval(low80, high80)),
          interval("interval95", ({ low95, high95 }) => figures.interval(low95, high95)),
        ]),
  ];
}
