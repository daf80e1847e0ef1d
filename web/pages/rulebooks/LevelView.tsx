import { Card, Descriptions, Flex } from "antd";
import type { JSX, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { LevelDocument, RulebookDocument } from "../../../server/rules/document.ts";
import { useWords } from "../../parts/words.ts";
import { BalanceSection } from "./BalanceSection.tsx";
import { Basis } from "./Basis.tsx";
import { PathwaySection } from "./PathwaySection.tsx";
import { QuotaSection } from "./QuotaSection.tsx";
import { ScoreSection } from "./ScoreSection.tsx";
import type { Stops } from "./stops.ts";

/** The trades a level is open to; null where the rulebook has no such list. */
function openTrades(level: LevelDocument): readonly string[] | null {
  const condition = level.pathways.flatMap(({ conditions }) => conditions).find(({ id }) => id === "trade-open");
  return Array.isArray(condition?.required) ? condition.required.map(String) : null;
}

function Window({ level }: { readonly level: LevelDocument }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const { window } = level;
  if (!window) return <span>{t("rulebooks.noWindow")}</span>;
  const derived = window.derived.map((end) => t(end === "from" ? "rulebooks.derivedFrom" : "rulebooks.derivedTo"));
  return (
    <span>
      <span className="number">{t("rulebooks.windowDates", { from: window.from, to: window.to })}</span>
      {window.workingDays !== null && (
        <span className="muted">
          {t("common.aside", { text: t("rulebooks.workingDays", { n: window.workingDays }) })}
        </span>
      )}
      {window.workingDaysReason && (
        <span className="muted">{t("common.aside", { text: words.say(window.workingDaysReason) })}</span>
      )}
      {derived.length > 0 && <span className="muted section-aside">{derived.join(t("common.semicolon"))}</span>}
      {window.citation && (
        <span className="muted section-aside">
          <Basis citation={window.citation} />
        </span>
      )}
    </span>
  );
}

/** One level of a rulebook: dates, pathways, trades, and the places it has. */
export function LevelView({
  book,
  level,
  stops,
  stopsError,
  rosterFor,
}: {
  readonly book: RulebookDocument;
  readonly level: LevelDocument;
  readonly stops: Stops | null | undefined;
  readonly stopsError: unknown;
  /** The exam year whose roster the numbers are of; undefined without rosters. */
  readonly rosterFor: number | undefined;
}): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const trades = openTrades(level);
  const [first] = level.pathways;
  const facts: { key: string; label: string; children: ReactNode }[] = [
    { key: "window", label: t("rulebooks.window"), children: <Window level={level} /> },
    ...(level.cutOff === null
      ? []
      : [
          {
            key: "cutOff",
            label: t("rulebooks.cutOff"),
            children: <span className="number">{t("rulebooks.cutOffText", { month: level.cutOff })}</span>,
          },
        ]),
    {
      key: "trades",
      label: t("rulebooks.trades"),
      children:
        trades === null ? (
          t("rulebooks.allTrades")
        ) : (
          <details>
            <summary>{t("rulebooks.tradeCount", { n: trades.length })}</summary>
            <p className="tight">{words.list(trades)}</p>
          </details>
        ),
    },
    ...(level.selectionExemption === null
      ? []
      : [
          {
            key: "selection",
            label: t("check.selectionExam"),
            children: t("rulebooks.selectionText", { exemption: words.say(level.selectionExemption.sentence) }),
          },
        ]),
  ];
  return (
    <Flex vertical gap={12}>
      <Card size="small" className="section-card">
        <Descriptions size="small" column={1} items={facts} />
        {rosterFor !== undefined && (
          <p className="section-note section-footer">
            {stopsError
              ? words.problem(stopsError)
              : stops === null
                ? t("rulebooks.noStops", { exam: rosterFor })
                : t("rulebooks.stopsNote", { year: rosterFor - 1, exam: rosterFor })}
          </p>
        )}
      </Card>
      {level.pathways.map((pathway, index) => (
        <PathwaySection
          key={pathway.id}
          pathway={pathway}
          first={index === 0 ? undefined : first}
          number={index + 1}
          stops={rosterFor === undefined ? null : stops}
        />
      ))}
      {level.remarks.length > 0 && (
        <Card size="small" className="section-card" title={<h3 className="card-title">{t("rulebooks.remarks")}</h3>}>
          <ul className="tight">
            {level.remarks.map((remark) => (
              <li key={remark.key}>
                <strong>{words.remark(remark.id)}</strong>
                {t("common.colon")}
                {words.say(remark.sentence)}{" "}
                <span className="muted">
                  <Basis citation={remark.citation} />
                </span>
              </li>
            ))}
          </ul>
        </Card>
      )}
      <QuotaSection book={book} level={level.level} />
      <BalanceSection book={book} level={level.level} year={rosterFor} />
      <ScoreSection book={book} level={level.level} />
    </Flex>
  );
}
