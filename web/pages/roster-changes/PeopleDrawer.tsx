import { WarningOutlined } from "@ant-design/icons";
import { type TableColumnsType, Tag } from "antd";
import type { JSX, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { getJson } from "../../api/client.ts";
import { wordOf } from "../../api/fact-form.ts";
import { useFactForm } from "../../api/hooks.ts";
import { useChangedPeople } from "../../api/roster-hooks.ts";
import type { ChangeCount, ChangedPerson, Page } from "../../api/roster-types.ts";
import { CsvButton } from "../../parts/CsvButton.tsx";
import { columnWidth } from "../../parts/column-width.ts";
import { ListDrawer } from "../../parts/ListDrawer.tsx";
import { useWords } from "../../parts/words.ts";
import { districtPath } from "../../state/districts.ts";
import { checkAddress } from "../../state/drill.ts";
import { useAppMeta } from "../../state/meta.tsx";
import type { AskedList, RosterPlace } from "../../state/roster-search.ts";
import { unitNameOf } from "../../state/unit-name.ts";
import { useRosterSearch } from "../../state/use-roster-search.ts";
import type { KindWords } from "./use-kind-words.ts";

const widths = {
  person: 112,
  birth: 100,
  side: 108,
  unit: 240,
  trade: 150,
  level: 128,
  since: 116,
  change: 240,
} as const;
const total = Object.values(widths).reduce((sum, width) => sum + width, 0);

/** Which of the two rosters the person is on; `side` of the answer says on which side the place counts somebody. */
function rosterOf({ kinds }: ChangedPerson): ChangedPerson["side"] {
  if (kinds.includes("joined")) return "to";
  return kinds.includes("left") || kinds.includes("retired") ? "from" : "both";
}

/** Two values of one person: once when nothing changed; the new one strong when it did. */
function WasNow({
  side,
  was,
  now,
}: {
  readonly side: ChangedPerson["side"];
  readonly was: string | null;
  readonly now: string | null;
}): JSX.Element {
  const { t } = useTranslation();
  const [before, after] = [was ?? t("common.dash"), now ?? t("common.dash")];
  if (side === "from") return <span className="wrap">{before}</span>;
  if (side === "to" || before === after) return <span className="wrap">{after}</span>;
  return (
    <span className="wrap">
      {before} → <strong>{after}</strong>
    </span>
  );
}

export interface PeopleDrawerProps {
  readonly list: AskedList;
  readonly kind: ChangeCount;
  readonly place: RosterPlace;
  readonly from: number;
  readonly to: number;
  readonly kinds: KindWords;
}

/** Who stands behind a number: both places, trades and levels, and in words what cannot be. */
export function PeopleDrawer({ list, kind, place, from, to, kinds }: PeopleDrawerProps): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const { districts } = useAppMeta();
  const { search } = useRosterSearch();
  const { data: form } = useFactForm();
  const district = list.at ?? place.district;
  const unit = list.atUnit ?? place.unit;
  const query = { from, to, kind, district, unit, q: list.q };
  const answer = useChangedPeople({ ...query, limit: list.size, offset: (list.page - 1) * list.size });
  const where = [
    districtPath(districts, district).at(-1)?.name ?? district ?? t("rosters.whole"),
    ...(unit === undefined ? [] : [unitNameOf(unit, districts)]),
  ].join(" · ");
  const px = (key: keyof typeof widths): number => columnWidth(words.language, widths[key]);
  const sideText = (row: ChangedPerson): string => {
    const side = rosterOf(row);
    return t(`changes.side.${side}`, { year: side === "from" ? from : to });
  };
  const level = (code: string | null): string | null => (code === null ? null : words.level(code));
  const pair = (row: ChangedPerson, was: string | null, now: string | null): ReactNode => (
    <WasNow side={rosterOf(row)} was={was} now={now} />
  );
  const notes = (row: ChangedPerson): readonly string[] => [
    ...(row.workerIdBefore === null ? [] : [t("changes.renumbered", { id: row.workerIdBefore })]),
    ...(row.retirementMonth === null || rosterOf(row) !== "from"
      ? []
      : [t("changes.retires", { month: row.retirementMonth })]),
  ];
  const columns: TableColumnsType<ChangedPerson> = [
    {
      key: "person",
      title: t("people.workerId"),
      width: px("person"),
      fixed: "left",
      render: (_, row) => (
        <>
          <Link
            className="text-link number"
            to={checkAddress(row.workerId, {}, { year: (rosterOf(row) === "from" ? from : to) + 1 })}
            state={{ back: `/roster-changes?${search}` }}
            aria-label={t("people.explain", { id: row.workerId, name: row.name ?? "" })}
          >
            {row.workerId}
          </Link>
          <div>{row.name ?? t("common.unknown")}</div>
        </>
      ),
    },
    {
      key: "birth",
      title: t("people.birthDate"),
      width: px("birth"),
      render: (_, row) => row.birthDate ?? t("common.unknown"),
    },
    { key: "side", title: t("changes.onRoster"), width: px("side"), render: (_, row) => sideText(row) },
    {
      key: "unit",
      title: t("people.unit"),
      width: px("unit"),
      render: (_, row) => (
        <>
          {pair(row, row.fromUnitName, row.toUnitName)}
          <div className="muted small">{pair(row, row.fromDistrictName, row.toDistrictName)}</div>
        </>
      ),
    },
    {
      key: "trade",
      title: t("people.trade"),
      width: px("trade"),
      render: (_, row) => pair(row, row.fromTrade, row.toTrade),
    },
    {
      key: "level",
      title: t("people.presentLevel"),
      width: px("level"),
      render: (_, row) => pair(row, level(row.fromLevel), level(row.toLevel)),
    },
    {
      key: "since",
      title: t("people.levelObtainedOn"),
      width: px("since"),
      render: (_, row) => pair(row, row.fromLevelObtainedOn, row.toLevelObtainedOn),
    },
    {
      key: "change",
      title: t("changes.change"),
      width: px("change"),
      render: (_, row) => (
        <>
          {row.kinds
            .filter((one) => one !== "impossible" && !row.changes.some(({ code }) => code === one))
            .map((one) => (
              <Tag key={one} variant="outlined">
                {kinds.name(one)}
              </Tag>
            ))}
          {notes(row).map((note) => (
            <div key={note} className="muted small">
              {note}
            </div>
          ))}
          {row.changes.map(({ code, message }) => (
            <div key={code} className="doubt">
              <WarningOutlined aria-hidden="true" />
              <span className="wrap">{words.say(message)}</span>
            </div>
          ))}
        </>
      ),
    },
  ];
  const sex = (code: string | null): string | null => {
    const found = code === null ? undefined : wordOf(form, code, "sex");
    return found ? words.say(found) : code;
  };
  const inYear = (year: number): readonly string[] =>
    (["district", "unit", "trade", "presentLevel", "levelObtainedOn"] as const).map((key) =>
      t("changes.before", { year, what: t(`people.${key}`) }),
    );
  return (
    <ListDrawer<ChangedPerson>
      testId="changed"
      title={(n) =>
        n === undefined ? kinds.name(kind) : t("changes.list", { kind: kinds.name(kind), n: words.number(n) })
      }
      about={t("changes.listAbout", { from, to, place: where })}
      answer={answer}
      columns={columns}
      width={columnWidth(words.language, total)}
      rowKey={(row) => `${row.workerId}|${row.workerIdBefore ?? ""}|${row.fromUnitName ?? ""}|${row.toUnitName ?? ""}`}
      tools={
        <CsvButton<ChangedPerson>
          testId="export-changed"
          name={`${t("changes.listName")}-${from}-${to}-${kinds.name(kind)}`}
          headings={[
            ...[t("people.workerId"), t("people.name"), t("people.sex"), t("people.birthDate"), t("changes.onRoster")],
            ...[...inYear(from), ...inYear(to), t("changes.change")],
          ]}
          line={(row) => [
            ...[row.workerId, row.name, sex(row.sex), row.birthDate, sideText(row)],
            ...[row.fromDistrictName, row.fromUnitName, row.fromTrade, level(row.fromLevel), row.fromLevelObtainedOn],
            ...[row.toDistrictName, row.toUnitName, row.toTrade, level(row.toLevel), row.toLevelObtainedOn],
            [
              ...row.kinds.filter((one) => one !== "impossible").map(kinds.name),
              ...notes(row),
              ...row.changes.map(({ message }) => words.say(message)),
            ].join(t("common.semicolon")),
          ]}
          fetchPage={(limit, offset) =>
            getJson<Page<ChangedPerson>>("/roster-changes/workers", { ...query, limit, offset })
          }
        />
      }
    />
  );
}
