import { Table, type TableColumnsType } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import type { ConditionDocument } from "../../../server/rules/document.ts";
import { NumberLink } from "../../parts/NumberLink.tsx";
import { useWords } from "../../parts/words.ts";
import { Basis, ConditionTags } from "./Basis.tsx";
import type { StopMeasure, Stops } from "./stops.ts";

/** A condition asked, as a sentence; several ways to meet it as a list. */
export function Requirement({ condition }: { readonly condition: ConditionDocument }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  if (!condition.alternatives) return <span>{words.say(condition.sentence)}</span>;
  return (
    <>
      <span className="muted">{t("rulebooks.anyOf")}</span>
      <ul className="alternatives">
        {condition.alternatives.map(({ id, sentence }) => (
          <li key={id}>{words.say(sentence)}</li>
        ))}
      </ul>
    </>
  );
}

/** Conditions in order: what is asked, by which clause, and how many of the present roster it stops. */
export function ConditionTable({
  conditions,
  stops,
  label,
}: {
  readonly conditions: readonly ConditionDocument[];
  /** Undefined: not known yet. Null: nobody of the roster is decided by this rulebook. */
  readonly stops: Stops | null | undefined;
  readonly label: string;
}): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const columns: TableColumnsType<ConditionDocument> = [
    {
      key: "condition",
      title: t("rulebooks.condition"),
      width: 176,
      render: (_, condition) => (
        <>
          <strong>{words.condition(condition.id)}</strong>
          <ConditionTags condition={condition} />
        </>
      ),
    },
    {
      key: "requirement",
      title: t("rulebooks.requirement"),
      className: "requirement",
      render: (_, condition) => <Requirement condition={condition} />,
    },
    {
      key: "basis",
      title: t("check.basis"),
      width: 220,
      render: (_, { citation }) => (
        <span className="small muted">
          <Basis citation={citation} />
        </span>
      ),
    },
    ...(stops !== null
      ? ([
          { measure: "unmet", title: t("rulebooks.unmet") },
          { measure: "soleBlocker", title: t("rulebooks.sole") },
          { measure: "unknown", title: t("rulebooks.unknown") },
        ] satisfies { measure: StopMeasure; title: string }[])
      : []
    ).map(({ measure, title }): TableColumnsType<ConditionDocument>[number] => ({
      key: measure,
      title,
      align: "right",
      width: words.language === "en" ? 92 : 80,
      render: (_, { id, advisory, waived }) => (
        <NumberLink
          value={advisory || waived ? null : (stops?.of(id)[measure] ?? null)}
          name={`${words.condition(id)} ${title}`}
          to={stops?.address(measure, id)}
          testId={`${measure}-${id}`}
        />
      ),
    })),
  ];
  return (
    <Table<ConditionDocument>
      size="small"
      rowKey="key"
      aria-label={label}
      dataSource={conditions}
      columns={columns}
      pagination={false}
      rowClassName={({ waived }) => (waived ? "waived-row" : "")}
    />
  );
}
