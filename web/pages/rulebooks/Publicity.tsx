import { Card, DatePicker, Flex } from "antd";
import { type JSX, useState } from "react";
import { useTranslation } from "react-i18next";
import type { RulebookDocument } from "../../../server/rules/document.ts";
import { usePublicity } from "../../api/hooks.ts";
import { useWords } from "../../parts/words.ts";
import { Basis } from "./Basis.tsx";

/** 公示: how long the notice asks for, and until when it lasts from a chosen day on, make-up working days counted. */
export function Publicity({ book }: { readonly book: RulebookDocument }): JSX.Element | null {
  const { t } = useTranslation();
  const words = useWords();
  const [from, setFrom] = useState<string | undefined>(undefined);
  const answer = usePublicity(book.id, from);
  if (!book.publicity) return null;
  return (
    <Card
      size="small"
      className="section-card publicity"
      title={<h3 className="card-title">{t("rulebooks.publicity")}</h3>}
      extra={<Basis citation={book.publicity.citation} />}
      data-testid="publicity"
    >
      <p className="tight">{t("rulebooks.publicityText", { n: book.publicity.workingDays })}</p>
      <Flex gap="8px 16px" wrap align="center" className="no-print">
        <div className="filter-field">
          <label htmlFor="publicity-from">{t("rulebooks.publicityFrom")}</label>
          <DatePicker id="publicity-from" onChange={(date) => setFrom(date ? date.format("YYYY-MM-DD") : undefined)} />
        </div>
        {answer.error ? (
          <span className="field-error" role="alert">
            {words.problem(answer.error)}
          </span>
        ) : (
          from !== undefined &&
          answer.data && (
            <output htmlFor="publicity-from">
              <strong>{t("rulebooks.publicityUntil", { until: answer.data.until })}</strong>
              <span className="muted section-aside">
                {t("rulebooks.publicityDays", {
                  list: words.list(answer.data.days.filter(({ working }) => working).map(({ date }) => date.slice(5))),
                })}
              </span>
            </output>
          )
        )}
      </Flex>
    </Card>
  );
}
