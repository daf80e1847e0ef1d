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

function ExampleCard({ example, name }: { readonly example: Example; readonly name: string }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const { change } = example;
  const { text } = saidOf(useCheck(useMemo(() => [change], [change])).data, change);
  const draft = draftText({ ...emptyDraft, name, changes: [change] });
  return (
    <li className="scenario-example" data-testid={`example-${change.kind}`}>
      <div>
        <strong>{name}</strong>
        <p className="muted">{text ? words.say(text) : t(`scenarios.kindHint.${change.kind}`)}</p>
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
export function Examples({ options }: { readonly options: ScenarioOptions }): JSX.Element | null {
  const { t } = useTranslation();
  const words = useWords();
  const examples = useMemo(() => examplesOf(options), [options]);
  if (examples.length === 0) return null;
  const nameOf = ({ kind, level, what, trade }: Example): string =>
    t(`scenarios.examples.${kind}`, {
      level: level ? words.level(level) : "",
      what: what ? words.say(what) : "",
      trade: trade ?? "",
    });
  return (
    <Card
      size="small"
      className="section-card"
      title={<h2 className="card-title">{t("scenarios.examples.title")}</h2>}
      data-testid="scenario-examples"
    >
      <p className="section-note">{t("scenarios.examples.note")}</p>
      <ul className="scenario-examples">
        {examples.map((example) => (
          <ExampleCard key={example.change.kind} example={example} name={nameOf(example)} />
        ))}
      </ul>
    </Card>
  );
}
