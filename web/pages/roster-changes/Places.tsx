import { Button, Card, Spin, Table } from "antd";
import { type JSX, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useRosterChanges } from "../../api/roster-hooks.ts";
import type { ChangeCount, ChangeCounts, ChangesRow } from "../../api/roster-types.ts";
import { columnWidth } from "../../parts/column-width.ts";
import { NumberLink } from "../../parts/NumberLink.tsx";
import { Loaded } from "../../parts/States.tsx";
import { useWords } from "../../parts/words.ts";
import { useAppMeta } from "../../state/meta.tsx";
import { type Place, placeBy, placesOf } from "../../state/roster-places.ts";
import { goTo, openList, type PlaceBy } from "../../state/roster-search.ts";
import { useRosterSearch } from "../../state/use-roster-search.ts";
import { addChanges, placeColumns } from "./kinds.ts";
import type { KindWords } from "./use-kind-words.ts";

type Changed = Place<ChangeCounts>;

/** Px, where the heading needs more than the usual. */
const widths: Partial<Record<ChangeCount, number>> = {
  ...{ workersFrom: 92, workersTo: 92, movedTrade: 92, renumbered: 112, impossible: 92 },
};

interface Given {
  readonly rows: readonly ChangesRow[];
  readonly by: PlaceBy;
  readonly from: number;
  readonly to: number;
  readonly backwards: boolean;
  readonly kinds: KindWords;
}

function PlacesTable({ rows, by, backwards, kinds }: Given): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const { districts } = useAppMeta();
  const { place, go, href } = useRosterSearch();
  const places = useMemo(
    () =>
      placesOf(rows, {
        ...{ by, districts, district: place.district, add: addChanges },
        ownOffice: (name) => t("common.ownOffice", { name }),
        inDistrict: (name) => t("common.aside", { text: name }),
        noUnit: t("rosters.noUnit"),
      }),
    [rows, by, districts, place.district, t],
  );
  const total = useMemo(() => addChanges(rows), [rows]);
  const columns = placeColumns(backwards);
  const canOpen = ({ district, unit }: Changed): boolean =>
    by === "unit" ? unit !== undefined : district !== undefined && district !== place.district;
  const people = ({ district, unit }: Changed, kind: ChangeCount): string | undefined =>
    district === undefined || (by === "unit" && unit === undefined)
      ? undefined
      : href((old) => openList(old, { kind, at: district, atUnit: unit }));
  const net = ({ workersFrom, workersTo }: ChangeCounts): number =>
    backwards ? workersFrom - workersTo : workersTo - workersFrom;
  const netText = (counts: ChangeCounts): string => {
    const change = net(counts);
    return change > 0 ? `+${words.number(change)}` : words.number(change).replace("-", "−");
  };
  return (
    <Table<Changed>
      size="small"
      aria-label={t(by === "unit" ? "changes.units" : "changes.places")}
      dataSource={places}
      rowKey="key"
      scroll={{ x: "max-content" }}
      pagination={{ defaultPageSize: 20, hideOnSinglePage: true, showSizeChanger: true, size: "small" }}
      columns={[
        {
          key: "name",
          title: t(by === "unit" ? "filters.unit" : "filters.district"),
          fixed: "left",
          width: by === "unit" ? 210 : 130,
          render: (_, row) =>
            canOpen(row) ? (
              <Button
                type="link"
                className="inline-button place-button"
                onClick={() => go((old) => goTo(old, { district: row.district, unit: row.unit }))}
              >
                {row.name}
              </Button>
            ) : (
              row.name
            ),
        },
        ...columns.map((count) => ({
          key: count,
          title: <span title={kinds.explain(count)}>{kinds.short(count)}</span>,
          align: "right" as const,
          width: columnWidth(words.language, widths[count] ?? 66),
          showSorterTooltip: false,
          sorter: (a: Changed, b: Changed) => a.counts[count] - b.counts[count],
          render: (_: unknown, row: Changed) => (
            <NumberLink
              value={row.counts[count]}
              name={`${row.name} ${kinds.name(count)}`}
              to={people(row, count)}
              testId={`place-${row.key}-${count}`}
            />
          ),
        })),
        {
          key: "net",
          title: t("changes.net"),
          align: "right" as const,
          width: columnWidth(words.language, 78),
          showSorterTooltip: false,
          sorter: (a: Changed, b: Changed) => net(a.counts) - net(b.counts),
          render: (_: unknown, row: Changed) => <span className="number">{netText(row.counts)}</span>,
        },
      ]}
      summary={() => (
        <Table.Summary.Row className="total-row" data-testid="changes-total">
          <Table.Summary.Cell index={0}>{t("common.total")}</Table.Summary.Cell>
          {columns.map((count, index) => (
            <Table.Summary.Cell key={count} index={index + 1} align="right">
              <NumberLink
                value={total[count]}
                name={`${t("common.total")} ${kinds.name(count)}`}
                to={href((old) => openList(old, { kind: count }))}
                testId={`total-${count}`}
              />
            </Table.Summary.Cell>
          ))}
          <Table.Summary.Cell index={columns.length + 1} align="right">
            <span className="number">{netText(total)}</span>
          </Table.Summary.Cell>
        </Table.Summary.Row>
      )}
    />
  );
}

/** The same counts for the districts below the chosen one, or the units in it; each opens what lies in it. */
export function Places(given: Omit<Given, "rows" | "by">): JSX.Element {
  const { from, to } = given;
  const { t } = useTranslation();
  const { districts } = useAppMeta();
  const { place } = useRosterSearch();
  const by = placeBy(place, districts);
  const answer = useRosterChanges(
    { from, to, district: place.district, unit: place.unit, by: by === "unit" ? "district,unit" : "district" },
    true,
  );
  // Rows of the grouping before, while the new ones are on their way.
  const isOther = answer.data?.some((row) => (row.unit === undefined) === (by === "unit"));
  return (
    <Card
      size="small"
      className="section-card"
      title={<h2 className="card-title">{t(by === "unit" ? "changes.units" : "changes.places")}</h2>}
      data-testid="changes-places"
    >
      <Loaded query={answer}>
        {(rows) =>
          isOther ? (
            <Spin aria-label={t("common.refreshing")} />
          ) : (
            <PlacesTable rows={rows} by={by} key={by} {...given} />
          )
        }
      </Loaded>
    </Card>
  );
}
