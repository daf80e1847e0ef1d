import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { PreviewField } from "../../api/import-types.ts";
import { useWords } from "../../parts/words.ts";
import { type FieldGroup, groupedFields, yearTargets } from "./field-groups.ts";
import { fieldName, leftOut, targetYear } from "./matching.ts";

export interface TargetOption {
  readonly value: string;
  readonly label: string;
  /** What a search looks in: both languages and the English name. */
  readonly words: string;
}

export interface TargetGroup {
  readonly label: string;
  readonly options: readonly TargetOption[];
}

export interface TargetWords {
  /** Name of a target in the reader's language. */
  readonly say: (target: string) => string;
  readonly groups: readonly TargetGroup[];
}

/** Names of the columns a file's column may be taken for, and all of them in groups. */
export function useTargetWords(fields: readonly PreviewField[]): TargetWords {
  const { t } = useTranslation();
  const words = useWords();
  return useMemo(() => {
    const byName = new Map(fields.map((field) => [field.name, field]));
    const say = (target: string): string => {
      if (target === leftOut) return t("importing.match.leaveOut");
      const field = byName.get(fieldName(target));
      const year = targetYear(target);
      const name = field ? words.say(field.label) : target;
      return year === undefined ? name : t("importing.match.ofYear", { year, name });
    };
    const option = (field: PreviewField, value: string): TargetOption => ({
      value,
      label: say(value) + (field.required ? " *" : ""),
      words: `${say(value)} ${field.label.zh} ${field.label.en} ${value}`.toLowerCase(),
    });
    const nameOf = (group: FieldGroup): string =>
      group.of === "import" ? t(`importing.fieldGroup.${group.name}`) : t(`factGroup.${group.name}`);
    const years = yearTargets(fields, new Date().getFullYear());
    const out = t("importing.match.leaveOut");
    return {
      say,
      groups: [
        { label: t("importing.match.none"), options: [{ value: leftOut, label: out, words: `${out} skip` }] },
        ...groupedFields(fields).map(({ group, fields: own }) => ({
          label: nameOf(group),
          options: own.map((field) => option(field, field.name)),
        })),
        ...(years.length === 0
          ? []
          : [{ label: t("importing.fieldGroup.years"), options: years.map(([field, value]) => option(field, value)) }]),
      ],
    };
  }, [fields, t, words]);
}
