import { Button, Card, Flex, Table } from "antd";
import { type JSX, useState } from "react";
import { useTranslation } from "react-i18next";
import { Loaded } from "../../parts/States.tsx";
import { useWords } from "../../parts/words.ts";
import { deleteAlias, putAlias, type UnmappedTrade, useUnmapped } from "./api.ts";
import { type Announce, useAttempt } from "./Notice.tsx";
import { holds } from "./names-state.ts";

/** Names in the files that stand for no trade yet: the one that is most alike is taken with one click, as an assumption. */
export function Unmapped({
  q,
  announce,
  onOther,
}: {
  readonly q: string;
  readonly announce: Announce;
  readonly onOther: (row: UnmappedTrade) => void;
}): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const unmapped = useUnmapped();
  const attempt = useAttempt(announce);
  const [busy, setBusy] = useState<string | undefined>(undefined);
  const map = async ({ tradeRaw: alias }: UnmappedTrade, trade: string): Promise<void> => {
    setBusy(alias);
    await attempt(async () => {
      await putAlias({ alias, trade, since: null, source: t("names.aliases.nearSource"), confidence: "assumed" });
      return { text: t("names.done.aliasSaved", { alias, trade }), undo: () => deleteAlias(alias) };
    });
    setBusy(undefined);
  };
  return (
    <Card
      size="small"
      className="section-card"
      title={<h2 className="card-title">{t("names.aliases.unmapped")}</h2>}
      data-testid="unmapped"
    >
      <Loaded query={unmapped} rows={2}>
        {(found) => {
          const rows = found.filter(({ tradeRaw, suggestion }) => holds(q, tradeRaw, suggestion));
          if (rows.length === 0)
            return (
              <p className="tight">
                {found.length === 0 ? t("names.aliases.unmappedNone") : t("names.noMatch", { q })}
              </p>
            );
          return (
            <>
              <p className="section-note">{t("names.aliases.unmappedNote")}</p>
              <Table<UnmappedTrade>
                size="small"
                rowKey="tradeRaw"
                aria-label={t("names.aliases.unmapped")}
                dataSource={rows}
                pagination={{ pageSize: 10, hideOnSinglePage: true }}
                columns={[
                  { key: "raw", title: t("names.aliases.raw"), dataIndex: "tradeRaw" },
                  {
                    key: "rows",
                    title: t("names.rows"),
                    align: "right",
                    width: 100,
                    render: (_, row) => <span className="number">{words.number(row.rows)}</span>,
                  },
                  {
                    key: "year",
                    title: t("names.aliases.newestYear"),
                    width: 110,
                    render: (_, { newestYear }) => t("names.year", { year: newestYear }),
                  },
                  {
                    key: "actions",
                    title: t("names.aliases.suggestion"),
                    width: 420,
                    render: (_, row) => {
                      const { tradeRaw: raw, suggestion: trade } = row;
                      return (
                        <Flex gap={8} align="center">
                          {trade === null ? (
                            <span className="muted">{t("names.aliases.noSuggestion")}</span>
                          ) : (
                            <Button
                              size="small"
                              loading={busy === raw}
                              disabled={busy !== undefined}
                              aria-label={t("names.aliases.mapOf", { raw, trade })}
                              onClick={() => void map(row, trade)}
                              data-testid="map"
                            >
                              {t("names.aliases.mapTo", { trade })}
                            </Button>
                          )}
                          <Button
                            size="small"
                            type="text"
                            disabled={busy !== undefined}
                            aria-label={t("names.aliases.otherOf", { raw })}
                            onClick={() => onOther(row)}
                            data-testid="map-other"
                          >
                            {t("names.aliases.other")}
                          </Button>
                        </Flex>
                      );
                    },
                  },
                ]}
              />
            </>
          );
        }}
      </Loaded>
    </Card>
  );
}
