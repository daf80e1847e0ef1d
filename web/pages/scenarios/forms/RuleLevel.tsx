import { Select } from "antd";
import { type JSX, useId } from "react";
import { useTranslation } from "react-i18next";
import type { LevelCode } from "../../../api/types.ts";
import { useWords } from "../../../parts/words.ts";
import { hasChoice, type LevelOption, type RulebookOption, type ScenarioOptions } from "../options.ts";
import type { ChangeKind } from "../shapes.ts";
import { Field } from "./Field.tsx";

export interface RuleLevelChoice {
  readonly rulebook: string | undefined;
  readonly level: LevelCode | undefined;
}

/** The level of a choice, when there is one such. */
export const levelOf = (
  rulebooks: readonly RulebookOption[],
  { rulebook, level }: RuleLevelChoice,
): LevelOption | undefined => rulebooks.find(({ id }) => id === rulebook)?.levels.find((one) => one.level === level);

/** Only what has something of the kind to change; rulebooks without such a level are left out. */
export const rulebooksFor = (kind: ChangeKind, { rulebooks }: ScenarioOptions): readonly RulebookOption[] =>
  rulebooks
    .map((book) => ({ ...book, levels: book.levels.filter((level) => hasChoice(kind, level)) }))
    .filter(({ levels }) => levels.length > 0);

/** Begins with the only rulebook there is, and its highest level: what planners ask about most. */
export function startOf(rulebooks: readonly RulebookOption[]): RuleLevelChoice {
  const [only, ...others] = rulebooks;
  return others.length > 0 || !only
    ? { rulebook: undefined, level: undefined }
    : { rulebook: only.id, level: only.levels.at(-1)?.level };
}

/** Of which rulebook, and for which level; with where the rulebook decides it. */
export function RuleLevel({
  rulebooks,
  value,
  onChange,
}: {
  readonly rulebooks: readonly RulebookOption[];
  readonly value: RuleLevelChoice;
  readonly onChange: (choice: RuleLevelChoice) => void;
}): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const id = useId();
  const book = rulebooks.find((one) => one.id === value.rulebook);
  const known = levelOf(rulebooks, value);
  const named = 6;
  const where = known?.districts.slice(0, named).map(({ name }) => name) ?? [];
  const rest = (known?.districts.length ?? 0) - where.length;
  return (
    <>
      <Field
        id={`${id}-rulebook`}
        label={t("scenarios.fields.rulebook")}
        testId="field-rulebook"
        {...(known
          ? {
              hint: t(rest > 0 ? "scenarios.fields.holdsInMore" : "scenarios.fields.holdsIn", {
                where: words.list(where),
                n: known.districts.length,
              }),
            }
          : {})}
      >
        <Select
          id={`${id}-rulebook`}
          value={value.rulebook ?? null}
          placeholder={t("scenarios.fields.choose")}
          notFoundContent={t("scenarios.fields.nothing")}
          options={rulebooks.map((one) => ({ value: one.id, label: words.say(one.name) }))}
          onChange={(rulebook: string) => {
            const levels = rulebooks.find((one) => one.id === rulebook)?.levels ?? [];
            const kept = levels.find(({ level }) => level === value.level);
            onChange({ rulebook, level: (kept ?? levels.at(-1))?.level });
          }}
        />
      </Field>
      <Field id={`${id}-level`} label={t("scenarios.fields.level")} testId="field-level">
        <Select<LevelCode>
          id={`${id}-level`}
          value={value.level ?? null}
          disabled={!book}
          placeholder={t("scenarios.fields.choose")}
          options={(book?.levels ?? []).map(({ level }) => ({ value: level, label: words.level(level) }))}
          onChange={(level) => onChange({ rulebook: value.rulebook, level })}
        />
      </Field>
    </>
  );
}
