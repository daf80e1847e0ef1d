import { Button, Card } from "antd";
import { type JSX, useState } from "react";
import { useTranslation } from "react-i18next";
import type { PathwayDocument } from "../../../server/rules/document.ts";
import { useWords } from "../../parts/words.ts";
import { ConditionTable } from "./ConditionTable.tsx";
import { differences } from "./differences.ts";
import type { Stops } from "./stops.ts";

/** One pathway. The first of a level stands in full, a later one by what sets it apart, and in full when asked. */
export function PathwaySection({
  pathway,
  first,
  number,
  stops,
}: {
  readonly pathway: PathwayDocument;
  /** The level's first pathway, unless this is it. */
  readonly first: PathwayDocument | undefined;
  readonly number: number;
  readonly stops: Stops | null | undefined;
}): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const [whole, setWhole] = useState(false);
  const apart = first && differences(first, pathway);
  const name = words.pathway(pathway.id, pathway.label);
  const named = (ids: readonly string[]): string => words.list(ids.map((id) => words.condition(id)));
  return (
    <Card
      size="small"
      className="section-card"
      data-testid={`pathway-${pathway.id}`}
      title={
        <h3 className="card-title">
          {t("rulebooks.pathwayNumber", { n: number })} {name}
          <span className="muted section-aside">
            {t("rulebooks.module")}
            {t("common.colon")}
            {t(`module.${pathway.module}`)}
          </span>
        </h3>
      }
      extra={
        apart &&
        apart.shared > 0 && (
          <Button type="link" size="small" className="no-print" aria-expanded={whole} onClick={() => setWhole(!whole)}>
            {whole ? t("rulebooks.showOwn") : t("rulebooks.showWhole", { n: pathway.conditions.length })}
          </Button>
        )
      }
    >
      {first && apart && (
        <p className="section-note">
          {t("rulebooks.sharedWith", { n: apart.shared, name: words.pathway(first.id, first.label) })}
          {apart.dropped.length > 0 &&
            `${t("common.semicolon")}${t("rulebooks.dropped", { list: named(apart.dropped) })}`}
          {t("rulebooks.sentenceEnd")}
        </p>
      )}
      <ConditionTable conditions={apart && !whole ? apart.own : pathway.conditions} stops={stops} label={name} />
    </Card>
  );
}
