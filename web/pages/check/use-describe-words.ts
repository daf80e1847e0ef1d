import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { type FactForm, wordOf } from "../../api/fact-form.ts";
import { modules } from "../../api/types.ts";
import { useWords } from "../../parts/words.ts";
import type { DescribeWords } from "./describe.ts";

const grades = ["excellent", "qualified", "basicallyQualified", "unqualified", "ungraded"] as const;

/** The reader's words for what evaluations find and ask for: from the catalogue of facts first, then the locale. */
export function useDescribeWords(form: FactForm): DescribeWords {
  const { t } = useTranslation();
  const words = useWords();
  return useMemo(() => {
    const parts = new Map(form.fields.flatMap((field) => field.fields.map((part) => [part.name, part])));
    return {
      yes: t("common.yes"),
      no: t("common.no"),
      unknown: t("common.unknown"),
      none: t("common.none"),
      comma: t("common.comma"),
      any: t("describe.any"),
      all: t("describe.all"),
      code: (code, fact) => {
        const grade = grades.find((one) => one === code);
        if (grade) return t(`grade.${grade}`);
        const word = wordOf(form, code, fact);
        return word && words.say(word);
      },
      name: (name) => {
        const field = form.byName.get(name) ?? parts.get(name);
        return field ? words.say(field.label) : words.alternative(name);
      },
      more: (n) => t("describe.more", { n }),
      everyYear: (from, to) => t("describe.everyYear", { from, to }),
      someYears: (from, to, n) => t("describe.someYears", { from, to, n }),
      consecutiveYears: (from, to, n) => t("describe.consecutiveYears", { from, to, n }),
      cycle: (every, remainder) =>
        every === 2 ? t(remainder === 0 ? "describe.evenYears" : "describe.oddYears") : t("describe.cycle", { every }),
      noneMet: (id) => {
        const module = modules.find((one) => one === id);
        return t("describe.noneMet", { module: module ? t(`module.${module}`) : id });
      },
      atLeast: (value) => t("describe.atLeast", { value }),
      atMost: (value) => t("describe.atMost", { value }),
    };
  }, [form, words, t]);
}
