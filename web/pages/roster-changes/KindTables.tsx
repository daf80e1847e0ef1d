import { CheckCircleOutlined, WarningOutlined } from "@ant-design/icons";
import { Card, Table } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import type { ChangeCount, ChangeCounts } from "../../api/roster-types.ts";
import { NumberLink } from "../../parts/NumberLink.tsx";
import { useWords } from "../../parts/words.ts";
import { openList } from "../../state/roster-search.ts";
import { useRosterSearch } from "../../state/use-roster-search.ts";
import { impossibleChanges, otherChanges } from "./kinds.ts";
import type { KindWords } from "./use-kind-words.ts";

interface Given {
  readonly counts: ChangeCounts;
  readonly kinds: KindWords;
}

function Kinds({
  label,
  list,
  counts,
  kinds,
  total,
}: Given & { readonly label: string; readonly list: readonly ChangeCount[]; readonly total?: string }): JSX.Element {
  const { t } = useTranslation();
  const { href } = useRosterSearch();
  const number = (kind: ChangeCount, name: string): JSX.Element => (
    <NumberLink value={counts[kind]} name={name} to={href((old) => openList(old, { kind }))} testId={`kind-${kind}`} />
  );
  return (
    <Table<{ readonly kind: ChangeCount }>
      size="small"
      pagination={false}
      aria-label={label}
      dataSource={list.map((kind) => ({ kind }))}
      rowKey="kind"
      columns={[
        {
          key: "kind",
          title: t("changes.item"),
          render: (_, { kind }) => (
            <>
              {kinds.name(kind)}
              <div className="muted small">{kinds.explain(kind)}</div>
            </>
          ),
        },
        {
          key: "people",
          title: t("changes.people"),
          align: "right",
          width: 110,
          render: (_, { kind }) => number(kind, kinds.name(kind)),
        },
      ]}
      {...(total === undefined
        ? {}
        : {
            summary: () => (
              <Table.Summary.Row className="total-row">
                <Table.Summary.Cell index={0}>{total}</Table.Summary.Cell>
                <Table.Summary.Cell index={1} align="right">
                  {number("impossible", total)}
                </Table.Summary.Cell>
              </Table.Summary.Row>
            ),
          })}
    />
  );
}

export function OtherChanges({ counts, kinds }: Given): JSX.Element {
  const { t } = useTranslation();
  return (
    <Card
      size="small"
      className="section-card"
      title={<h2 className="card-title">{t("changes.other")}</h2>}
      data-testid="changes-other"
    >
      <p className="section-note">{t("changes.otherNote")}</p>
      <Kinds label={t("changes.other")} list={otherChanges} counts={counts} kinds={kinds} />
    </Card>
  );
}

/** What cannot be, apart from the rest: it is work to do, not news. */
export function ImpossibleChanges({ counts, kinds }: Given): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const isNone = counts.impossible === 0;
  return (
    <Card
      size="small"
      className={isNone ? "section-card" : "section-card doubtful-card"}
      title={
        <h2 className="card-title">
          {!isNone && <WarningOutlined className="over" aria-hidden="true" />} {t("changes.impossible")}
        </h2>
      }
      data-testid="changes-impossible"
    >
      <p className="section-note">{t("changes.impossibleNote")}</p>
      {isNone ? (
        <>
          <p className="mark mark-met" data-testid="no-impossible">
            <CheckCircleOutlined aria-hidden="true" /> {t("changes.noImpossible")}
          </p>
          <p className="section-note">
            {t("changes.lookedFor", { list: words.list(impossibleChanges.map(kinds.name)) })}
          </p>
        </>
      ) : (
        <Kinds
          label={t("changes.impossible")}
          list={impossibleChanges}
          counts={counts}
          kinds={kinds}
          total={t("changes.impossibleTotal")}
        />
      )}
    </Card>
  );
}
