import { Button, Card, Flex, Table, Tooltip } from "antd";
import { type JSX, useState } from "react";
import { useTranslation } from "react-i18next";
import { Loaded } from "../../parts/States.tsx";
import { useWords } from "../../parts/words.ts";
import { type UnitSuggestion, useUnitSuggestions } from "./api.ts";
import { suggestionKey, useIgnored } from "./ignored.ts";
import { holds } from "./names-state.ts";

/** Units that are gone and whose people are together elsewhere. Adopting one opens the form; nothing is renamed by itself. */
export function UnitSuggestions({
  q,
  onAdopt,
}: {
  readonly q: string;
  readonly onAdopt: (suggestion: UnitSuggestion) => void;
}): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const suggestions = useUnitSuggestions();
  const ignored = useIgnored();
  const [all, setAll] = useState(false);
  const aside = (suggestions.data ?? []).filter(ignored.has).length;
  return (
    <Card
      size="small"
      className="section-card"
      title={<h2 className="card-title">{t("names.units.suggestions")}</h2>}
      extra={
        aside > 0 && (
          <Tooltip title={t("names.units.ignoredHint")}>
            <Button
              type="link"
              size="small"
              aria-expanded={all}
              onClick={() => setAll(!all)}
              data-testid="show-ignored"
            >
              {all ? t("names.units.hideIgnored") : t("names.units.showIgnored", { n: words.number(aside) })}
            </Button>
          </Tooltip>
        )
      }
      data-testid="unit-suggestions"
    >
      <p className="section-note">{t("names.units.suggestionsNote")}</p>
      <Loaded query={suggestions} rows={2}>
        {(found) => {
          const rows = found.filter(
            (one) => (all || !ignored.has(one)) && holds(q, one.fromUnit, one.toUnit, one.districtName),
          );
          if (rows.length === 0) {
            return <p className="tight">{q === "" ? t("names.units.suggestionsNone") : t("names.noMatch", { q })}</p>;
          }
          return (
            <Table<UnitSuggestion>
              size="small"
              rowKey={suggestionKey}
              aria-label={t("names.units.suggestions")}
              dataSource={rows}
              pagination={{ pageSize: 10, hideOnSinglePage: true }}
              rowClassName={(row) => (ignored.has(row) ? "not-counted" : "")}
              columns={[
                { key: "district", title: t("names.units.district"), dataIndex: "districtName", width: 100 },
                {
                  key: "change",
                  title: t("names.units.change"),
                  render: (_, { fromUnit, toUnit }) => `${fromUnit} → ${toUnit}`,
                },
                {
                  key: "since",
                  title: t("names.units.since"),
                  width: 110,
                  render: (_, { since }) => t("names.year", { year: since }),
                },
                {
                  key: "kind",
                  title: t("names.units.kind"),
                  width: 84,
                  render: (_, { kind }) => t(`names.units.kinds.${kind}`),
                },
                {
                  key: "evidence",
                  title: t("names.units.evidence"),
                  width: 320,
                  render: (_, { from, to, people, peopleFrom, peopleTo }) =>
                    t("names.units.evidenceText", { fromYear: from, toYear: to, people, peopleFrom, peopleTo }),
                },
                {
                  key: "share",
                  title: <span title={t("names.units.shareHint")}>{t("names.units.share")}</span>,
                  align: "right",
                  width: 92,
                  render: (_, { share }) => <span className="number">{words.percent(share)}</span>,
                },
                {
                  key: "actions",
                  title: t("names.actions"),
                  width: 150,
                  render: (_, row) => {
                    const { fromUnit: from, toUnit: to } = row;
                    return (
                      <Flex gap={4}>
                        <Button
                          size="small"
                          aria-label={t("names.units.adoptOf", { from, to })}
                          onClick={() => onAdopt(row)}
                          data-testid="adopt"
                        >
                          {t("names.units.adopt")}
                        </Button>
                        <Button
                          size="small"
                          type="text"
                          aria-label={t(ignored.has(row) ? "names.units.restoreOf" : "names.units.ignoreOf", {
                            from,
                            to,
                          })}
                          onClick={() => ignored.set(row, !ignored.has(row))}
                          data-testid="ignore"
                        >
                          {t(ignored.has(row) ? "names.units.restore" : "names.units.ignore")}
                        </Button>
                      </Flex>
                    );
                  },
                },
              ]}
            />
          );
        }}
      </Loaded>
    </Card>
  );
}
