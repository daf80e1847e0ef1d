import { Button, Card, Empty, Flex, Popconfirm, Table } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import { Loaded } from "../../parts/States.tsx";
import { useWords } from "../../parts/words.ts";
import { forgetHeading, type Heading, useHeadings } from "./api.ts";
import { type Announce, useAttempt } from "./Notice.tsx";
import { Origin } from "./Origin.tsx";

/** 列名对照: headings that were matched by hand in an import. */
export function HeadingsTab({ announce }: { readonly announce: Announce }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const headings = useHeadings();
  const attempt = useAttempt(announce);
  const forget = (heading: Heading): Promise<void> =>
    attempt(async () => {
      await forgetHeading(heading);
      // no edit of the data: no new version tells that the list is old
      await headings.refetch();
      return { text: t("names.done.headingForgotten", { heading: heading.heading }) };
    });
  return (
    <Flex vertical gap={12}>
      <p className="names-note">{t("names.headings.note")}</p>
      <Card size="small" className="section-card">
        <Loaded query={headings}>
          {(rows) => (
            <Table<Heading>
              size="small"
              rowKey={({ kind, heading }) => `${kind} ${heading}`}
              aria-label={t("names.tabs.headings")}
              data-testid="headings"
              dataSource={rows}
              pagination={{ pageSize: 50, hideOnSinglePage: true }}
              locale={{
                emptyText: (
                  <Empty
                    image={Empty.PRESENTED_IMAGE_SIMPLE}
                    description={
                      <>
                        <span className="line">{t("names.headings.empty")}</span>
                        <span className="muted">{t("names.headings.emptyHint")}</span>
                      </>
                    }
                  />
                ),
              }}
              columns={[
                {
                  key: "kind",
                  title: t("names.headings.kind"),
                  width: 200,
                  render: (_, { kind }) => t(`imports.kinds.${kind}`),
                },
                { key: "heading", title: t("names.headings.heading"), dataIndex: "heading" },
                { key: "column", title: t("names.headings.column"), render: (_, { label }) => words.say(label) },
                { key: "who", title: t("names.who"), width: 200, render: (_, row) => <Origin {...row} /> },
                {
                  key: "actions",
                  title: t("names.actions"),
                  width: 120,
                  render: (_, row) => (
                    <Popconfirm
                      title={t("names.headings.forgetTitle")}
                      description={t("names.headings.forgetText", { heading: row.heading })}
                      okText={t("names.headings.forget")}
                      cancelText={t("names.cancel")}
                      onConfirm={() => forget(row)}
                    >
                      <Button
                        size="small"
                        danger
                        type="text"
                        aria-label={t("names.headings.forgetOf", { heading: row.heading })}
                        data-testid="forget"
                      >
                        {t("names.headings.forget")}
                      </Button>
                    </Popconfirm>
                  ),
                },
              ]}
            />
          )}
        </Loaded>
      </Card>
    </Flex>
  );
}
