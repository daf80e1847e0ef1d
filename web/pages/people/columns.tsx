import type { TableColumnsType } from "antd";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { wordOf } from "../../api/fact-form.ts";
import { useFactForm } from "../../api/hooks.ts";
import type { PersonRow } from "../../api/types.ts";
import { columnWidth } from "../../parts/column-width.ts";
import { DecisionMark } from "../../parts/Marks.tsx";
import { useWords } from "../../parts/words.ts";

export const tableWidth = 1664;

type Columns = (addressOf: (row: PersonRow) => string, back: string) => TableColumnsType<PersonRow>;

/** Columns of the list; the quota measures also tell how the application went. */
export function usePeopleColumns(withApplication: boolean): Columns {
  const { t } = useTranslation();
  const words = useWords();
  const { data: form } = useFactForm();
  return useCallback<Columns>(
    (addressOf, back) => {
      const px = (width: number): number => columnWidth(words.language, width);
      const word = (code: string | null, fact: string): string => {
        if (code === null) return t("common.unknown");
        const found = wordOf(form, code, fact);
        return found ? words.say(found) : code;
      };
      const text = (value: string | null): string => value ?? t("common.unknown");
      return [
        {
          key: "workerId",
          title: t("people.workerId"),
          width: px(128),
          fixed: "left",
          render: (_, row) => (
            // The row opens on a click anywhere; the link is for the keyboard and for a new tab.
            <Link
              to={addressOf(row)}
              state={{ back }}
              className="number"
              aria-label={t("people.explain", { id: row.workerId, name: row.name ?? "" })}
              onClick={(event) => event.stopPropagation()}
            >
              {row.workerId}
            </Link>
          ),
        },
        { key: "name", title: t("people.name"), width: px(96), render: (_, row) => text(row.name) },
        {
          key: "planningDecision",
          title: t("people.planningDecision"),
          width: px(132),
          render: (_, row) =>
            row.planningDecision ? <DecisionMark decision={row.planningDecision} planning /> : t("common.dash"),
        },
        {
          key: "decision",
          title: t("people.decision"),
          width: px(92),
          render: (_, row) => (row.decision ? <DecisionMark decision={row.decision} /> : t("common.dash")),
        },
        {
          key: "targetLevel",
          title: t("people.targetLevel"),
          width: px(92),
          render: (_, row) => words.level(row.targetLevel),
        },
        {
          key: "trade",
          title: t("people.trade"),
          width: px(124),
          ellipsis: true,
          render: (_, row) => row.trade ?? t("common.noTrade"),
        },
        {
          key: "unit",
          title: t("people.unit"),
          width: px(240),
          ellipsis: true,
          render: (_, row) => <span title={row.unitName}>{row.unitName}</span>,
        },
        { key: "district", title: t("people.district"), width: px(100), ellipsis: true, dataIndex: "districtName" },
        {
          key: "presentLevel",
          title: t("people.presentLevel"),
          width: px(92),
          render: (_, row) => (row.presentLevel === null ? t("common.unknown") : words.level(row.presentLevel)),
        },
        {
          key: "levelObtainedOn",
          title: t("people.levelObtainedOn"),
          width: px(108),
          render: (_, row) => <span className="number">{text(row.levelObtainedOn)}</span>,
        },
        {
          key: "workStartedOn",
          title: t("people.workStartedOn"),
          width: px(108),
          render: (_, row) => <span className="number">{text(row.workStartedOn)}</span>,
        },
        {
          key: "education",
          title: t("people.education"),
          width: px(92),
          ellipsis: true,
          render: (_, row) => word(row.education, "education"),
        },
        {
          key: "birthDate",
          title: t("people.birthDate"),
          width: px(108),
          render: (_, row) => <span className="number">{text(row.birthDate)}</span>,
        },
        { key: "sex", title: t("people.sex"), width: px(60), render: (_, row) => word(row.sex, "sex") },
        {
          key: "module",
          title: t("people.module"),
          width: px(92),
          render: (_, row) => (row.module ? t(`module.${row.module}`) : t("common.dash")),
        },
        ...(withApplication
          ? [
              {
                key: "result",
                title: t("people.result"),
                width: px(92),
                render: (_: unknown, row: PersonRow) => (row.result ? words.result(row.result) : t("common.dash")),
              },
            ]
          : []),
      ];
    },
    [t, words, form, withApplication],
  );
}
