import { Card, Checkbox, Table } from "antd";
import { type JSX, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { FindingCode } from "../../api/roster-types.ts";
import { NumberLink } from "../../parts/NumberLink.tsx";
import { SeverityMark } from "../../parts/SeverityMark.tsx";
import { useWords } from "../../parts/words.ts";
import { openList } from "../../state/roster-search.ts";
import { useRosterSearch } from "../../state/use-roster-search.ts";

/** What was looked for and how often it was found; a number opens the findings. */
export function Codes({ codes }: { readonly codes: readonly FindingCode[] }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const { href } = useRosterSearch();
  const [all, setAll] = useState(false);
  const total = codes.reduce((sum, { findings }) => sum + findings, 0);
  const shown = codes
    .filter(({ findings }) => all || findings > 0)
    .sort((a, b) => a.severity.localeCompare(b.severity) || b.findings - a.findings);
  return (
    <Card
      size="small"
      className="section-card"
      title={<h2 className="card-title">{t("quality.codes")}</h2>}
      extra={
        total > 0 && (
          <Link className="text-link" to={href((old) => openList(old, { severity: "all" }))} data-testid="quality-all">
            {t("quality.list", { what: t("quality.all"), n: words.number(total) })}
          </Link>
        )
      }
      data-testid="quality-codes"
    >
      <p className="section-note">{t("quality.codesNote")}</p>
      <Table<FindingCode>
        size="small"
        pagination={false}
        aria-label={t("quality.codes")}
        dataSource={shown}
        rowKey="code"
        locale={{ emptyText: <span className="muted">{t("quality.nothing")}</span> }}
        columns={[
          {
            key: "severity",
            title: t("quality.severity"),
            width: 92,
            render: (_, row) => <SeverityMark of={row.severity} />,
          },
          {
            key: "findings",
            title: t("quality.count"),
            align: "right",
            width: 110,
            render: (_, row) => (
              <NumberLink
                value={row.findings}
                name={words.say(row)}
                label={t("quality.openList", { what: words.say(row), n: words.number(row.findings) })}
                to={href((old) => openList(old, { code: row.code }))}
                testId={`findings-${row.code}`}
              />
            ),
          },
          {
            key: "code",
            title: t("quality.code"),
            render: (_, row) => (
              <>
                {words.say(row)}
                <div className="muted small">{words.say(row.explain)}</div>
              </>
            ),
          },
        ]}
      />
      <Checkbox className="section-footer" checked={all} onChange={(event) => setAll(event.target.checked)}>
        {t("quality.showNone")}
      </Checkbox>
    </Card>
  );
}
