import { Segmented, Table } from "antd";
import { type JSX, useState } from "react";
import { useTranslation } from "react-i18next";
import { useForgetHeading } from "../../api/import-hooks.ts";
import type { RosterKind } from "../../api/import-types.ts";
import { useWords } from "../../parts/words.ts";
import { MatchedBy } from "./MatchedBy.tsx";
import type { Mapping, Matched } from "./matching.ts";
import { TargetCell } from "./TargetCell.tsx";
import type { TargetWords } from "./use-target-words.ts";

const rowStyle = { unknown: "column-unknown", leftOut: "column-out", repeated: "column-out" } as const;
const styleOf = ({ by }: Matched): string => (by in rowStyle ? rowStyle[by as keyof typeof rowStyle] : "");

/** Every column of the file: where it is, what it is called, what is in it, what it is taken for and why. */
export function ColumnTable({
  matched,
  mapping,
  kind,
  targets,
  onChoose,
  onReset,
}: {
  readonly matched: readonly Matched[];
  readonly mapping: Mapping;
  readonly kind: RosterKind;
  readonly targets: TargetWords;
  readonly onChoose: (matched: Matched, target: string) => void;
  readonly onReset: (heading: string) => void;
}): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const forget = useForgetHeading();
  const [shown, setShown] = useState<"all" | "unknown">("all");
  const open = matched.filter(({ by }) => by === "unknown");
  const taken = new Map(matched.flatMap(({ target, column }) => (target === null ? [] : [[target, column.letter]])));
  const rows = shown === "all" || open.length === 0 ? matched : open;
  return (
    <section aria-label={t("importing.match.columns")} data-testid="columns">
      <div className="table-tools">
        <Segmented<"all" | "unknown">
          aria-label={t("importing.match.show")}
          value={rows === matched ? "all" : "unknown"}
          onChange={setShown}
          options={[
            { value: "all", label: t("importing.match.all", { n: words.number(matched.length) }) },
            {
              value: "unknown",
              label: t("importing.match.open", { n: words.number(open.length) }),
              disabled: open.length === 0,
            },
          ]}
        />
      </div>
      <Table<Matched>
        size="small"
        rowKey={({ column }) => column.index}
        pagination={false}
        dataSource={rows}
        rowClassName={styleOf}
        columns={[
          {
            key: "letter",
            title: t("importing.match.letter"),
            width: 56,
            render: (_, { column }) => <span className="column-letter">{column.letter}</span>,
          },
          {
            key: "heading",
            title: t("importing.match.heading"),
            width: 200,
            render: (_, { column }) => <strong>{column.heading}</strong>,
          },
          {
            key: "samples",
            title: t("importing.match.samples"),
            render: (_, { column }) =>
              column.samples.length === 0 ? (
                <span className="muted">{t("importing.match.empty")}</span>
              ) : (
                // no two are the same
                column.samples.map((sample) => (
                  <span key={sample} className="sample" title={sample}>
                    {sample}
                  </span>
                ))
              ),
          },
          {
            key: "target",
            title: t("importing.match.target"),
            width: 480,
            render: (_, row) => (
              <TargetCell matched={row} taken={taken} targets={targets} onChoose={(target) => onChoose(row, target)} />
            ),
          },
          {
            key: "by",
            title: t("importing.match.why"),
            width: 250,
            render: (_, row) => (
              <MatchedBy
                matched={row}
                changed={Object.hasOwn(mapping, row.column.heading) && !row.sameHeading}
                forgetting={forget.isPending && forget.variables.heading === row.column.heading}
                onForget={() => forget.mutate({ kind, heading: row.column.heading })}
                onReset={() => onReset(row.column.heading)}
              />
            ),
          },
        ]}
      />
    </section>
  );
}
