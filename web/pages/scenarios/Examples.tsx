import { Card } from "antd";
import { type JSX, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useWords } from "../../parts/words.ts";
import { useCheck } from "./api.ts";
import { saidOf } from "./checked.ts";
import { draftText, emptyDraft } from "./draft.ts";
import { type Example, examplesOf } from "./examples.ts";
import type { ScenarioOptions } from "./options.ts";

/** The first of the list that the server expects to change something. */
function ExampleCard({ list }: { readonly list: readonly Example[] }): JSX.Element | null {
  const { t } = useTranslation();
  const words = useWords();
  const check = useCheck(useMemo(() => list.map(({ change }) => change), [list]));
  const works = ({ change }: Example): boolean => saidOf(check.data, change).notices.length === 0;
  const example = (check.data && list.find(works)) ?? list[0];
  if (!example) return null;
  const { kind, change, level, what, trade } = example;
  const name = t(`scenarios.examples.${kind}`, {
    level: level ? words.level(level) : "",
    what: what ? words.say(what) : "",
    trade: trade ?? "",
  });
  const { text } = saidOf(check.data, change);
  const draft = draftText({ ...emptyDraft, name, changes: [change] });
  return (
    <li className="scenario-example" data-testid={`example-${kind}`}>
      <div>
        <strong>{name}</strong>
        <p className="muted">{text ? words.say(text) : t(`scenarios.kindHint.${kind}`)}</p>
      </div>
      <Link
        to={`/scenarios/new?${new URLSearchParams({ draft: draft ?? "" })}`}
        aria-label={`${t("scenarios.examples.start")}${t("common.colon")}${name}`}
      >
        {t("scenarios.examples.start")}
      </Link>
    </li>
  );
}

/** Three scenarios to begin from, of the rules and trades there are. */
export function Examples({ options }: { readonly options: ScenarioOptions }): JSX.Element {
  const { t } = useTranslation();
  const examples = useMemo(() => examplesOf(options), [options]);
  return (
    <Card
      size="small"
      className="section-card"
      title={<h2 className="card-title">{t("scenarios.examples.title")}</h2>}
      data-testid="scenario-examples"
    >
      <p className="section-note">{t("scenarios.examples.note")}</p>
      <ul className="scenario-examples">
        {examples.map((list) => (
          <ExampleCard key={list[0]?.kind} list={list} />
        ))}
      </ul>
    </Card>
  );
}
