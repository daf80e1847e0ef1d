import { Flex, type TableColumnsType } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { getJson } from "../../api/client.ts";
import { useFindings } from "../../api/roster-hooks.ts";
import type { Finding, FindingCode, Page } from "../../api/roster-types.ts";
import { CsvButton } from "../../parts/CsvButton.tsx";
import { columnWidth } from "../../parts/column-width.ts";
import { ListDrawer } from "../../parts/ListDrawer.tsx";
import { SeverityMark } from "../../parts/SeverityMark.tsx";
import { useWords, type Words } from "../../parts/words.ts";
import { districtPath } from "../../state/districts.ts";
import { checkAddress } from "../../state/drill.ts";
import { useAppMeta } from "../../state/meta.tsx";
import type { AskedList, RosterPlace } from "../../state/roster-search.ts";
import { unitNameOf } from "../../state/unit-name.ts";
import { useRosterSearch } from "../../state/use-roster-search.ts";

/** "名册.xlsx 人员 第 12 行"; empty when the finding is of no single row. */
function useSource(): (finding: Finding) => string {
  const { t } = useTranslation();
  return ({ file, sheet, sourceRow }) =>
    file === null || sourceRow === null
      ? ""
      : t("quality.sourceRow", { file, sheet: sheet ?? "", row: sourceRow }).replaceAll(/ {2,}/g, " ");
}

const widths = { severity: 84, person: 132, finding: 330, place: 220, trade: 140, level: 84, source: 210 } as const;
const total = Object.values(widths).reduce((sum, width) => sum + width, 0);

function useColumns(codes: readonly FindingCode[], back: string, words: Words): TableColumnsType<Finding> {
  const { t } = useTranslation();
  const source = useSource();
  const px = (key: keyof typeof widths): number => columnWidth(words.language, widths[key]);
  const nameOf = (code: string): string => {
    const found = codes.find((one) => one.code === code);
    return found ? words.say(found) : code;
  };
  return [
    {
      key: "severity",
      title: t("quality.severity"),
      width: px("severity"),
      fixed: "left",
      render: (_, row) => <SeverityMark of={row.severity} />,
    },
    {
      key: "person",
      title: t("quality.person"),
      width: px("person"),
      fixed: "left",
      render: (_, row) =>
        row.workerId === null ? (
          <span className="muted">{t("common.dash")}</span>
        ) : (
          <>
            <Link
              to={checkAddress(row.workerId, {}, { year: row.rosterYear + 1 })}
              state={{ back }}
              className="text-link number"
              aria-label={t("quality.openCheck", { id: row.workerId, name: row.name ?? "" })}
            >
              {row.workerId}
            </Link>
            <div>{row.name}</div>
          </>
        ),
    },
    {
      key: "finding",
      title: t("quality.finding"),
      width: px("finding"),
      render: (_, row) => (
        <>
          <strong>{nameOf(row.code)}</strong>
          <div className="wrap">{words.say(row)}</div>
        </>
      ),
    },
    {
      key: "place",
      title: t("filters.unit"),
      width: px("place"),
      render: (_, row) => (
        <>
          <div className="wrap">{row.unitName || t("rosters.noUnit")}</div>
          <span className="muted small">{row.districtName}</span>
        </>
      ),
    },
    {
      key: "trade",
      title: t("people.trade"),
      width: px("trade"),
      render: (_, row) => row.trade ?? t("common.noTrade"),
    },
    {
      key: "level",
      title: t("people.presentLevel"),
      width: px("level"),
      render: (_, row) => words.level(row.level),
    },
    {
      key: "source",
      title: t("quality.source"),
      width: px("source"),
      render: (_, row) => {
        const text = source(row);
        if (text === "") return <span className="muted">{t("quality.noSource")}</span>;
        return row.importId === null ? (
          <span className="wrap">{text}</span>
        ) : (
          <Link className="text-link wrap" to={`/import/history?entry=${row.importId}`}>
            {text}
          </Link>
        );
      },
    },
  ];
}

/** The findings behind a number: who, where, in which row of which file, and the sentence. */
export function FindingsDrawer({
  list,
  place,
  year,
  codes,
}: {
  readonly list: AskedList;
  readonly place: RosterPlace;
  readonly year: number;
  readonly codes: readonly FindingCode[];
}): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const { districts } = useAppMeta();
  const { search } = useRosterSearch();
  const source = useSource();
  const district = list.at ?? place.district;
  const unit = list.atUnit ?? place.unit;
  const severity = list.severity === "error" || list.severity === "warning" ? list.severity : undefined;
  const query = { year, district, unit, code: list.code, severity, q: list.q };
  const answer = useFindings({ ...query, limit: list.size, offset: (list.page - 1) * list.size });
  const code = codes.find((one) => one.code === list.code);
  const what = code
    ? words.say(code)
    : (list.code ??
      t(severity === "error" ? "quality.errors" : severity === "warning" ? "quality.warnings" : "quality.all"));
  const where = [
    districtPath(districts, district).at(-1)?.name ?? district ?? t("rosters.whole"),
    ...(unit === undefined ? [] : [unitNameOf(unit, districts)]),
  ].join(" · ");
  const columns = useColumns(codes, `/quality?${search}`, words);
  return (
    <ListDrawer<Finding>
      testId="findings"
      title={(n) => (n === undefined ? what : t("quality.list", { what, n: words.number(n) }))}
      about={t("quality.listAbout", { year, place: where })}
      answer={answer}
      columns={columns}
      width={columnWidth(words.language, total)}
      rowKey={(row) => [row.code, row.workerId, row.unit, row.trade, row.zh, row.file, row.sourceRow].join("|")}
      tools={
        <Flex gap={8}>
          <CsvButton<Finding>
            name={`${t("quality.listName")}-${year}-${what}`}
            testId="export-findings"
            headings={[
              t("rosters.year"),
              t("quality.severity"),
              t("quality.code"),
              t("quality.finding"),
              t("people.workerId"),
              t("people.name"),
              t("people.district"),
              t("people.unit"),
              t("people.trade"),
              t("people.presentLevel"),
              t("quality.source"),
            ]}
            line={(row) => {
              const found = codes.find((one) => one.code === row.code);
              return [
                ...[row.rosterYear, t(`quality.${row.severity}`), found ? words.say(found) : row.code, words.say(row)],
                ...[row.workerId, row.name, row.districtName, row.unitName, row.trade],
                ...[row.level && words.level(row.level), source(row)],
              ];
            }}
            fetchPage={(limit, offset) => getJson<Page<Finding>>("/quality/findings", { ...query, limit, offset })}
          />
        </Flex>
      }
    />
  );
}
