import { Button, Select } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import { useWords } from "../../parts/words.ts";
import { leftOut, type Matched } from "./matching.ts";
import type { TargetWords } from "./use-target-words.ts";

export interface TargetCellProps {
  readonly matched: Matched;
  /** Columns that stand for a target now: target → letter. */
  readonly taken: ReadonlyMap<string, string>;
  readonly targets: TargetWords;
  readonly onChoose: (target: string) => void;
}

/** Suggestions that are worth a click. */
const mostSuggested = 3;

/** What one column of the file is taken for: a list of all there are, and for unknown ones the likely ones to click. */
export function TargetCell({ matched, taken, targets, onChoose }: TargetCellProps): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const { column, target, by, sameHeading } = matched;
  if (sameHeading) return <span>{t("importing.match.sameHeading")}</span>;
  const suggested = by === "unknown" ? column.suggestions.filter(({ name }) => !taken.has(name)) : [];
  return (
    <div className="target-choice">
      <Select<string>
        aria-label={t("importing.match.targetOf", { heading: column.heading })}
        data-testid={`target-${column.letter}`}
        value={by === "leftOut" ? leftOut : target}
        placeholder={t("importing.match.unknown")}
        status={by === "unknown" ? "warning" : ""}
        popupMatchSelectWidth={340}
        showSearch={{
          filterOption: (input, option) =>
            option !== undefined && "words" in option && String(option.words).includes(input.trim().toLowerCase()),
        }}
        options={targets.groups.map(({ label, options }) => ({
          label,
          title: label,
          options: options.map((option) => {
            const other = option.value === target ? undefined : taken.get(option.value);
            const label = other ? t("importing.match.takenBy", { name: option.label, letter: other }) : option.label;
            return { ...option, label, title: option.value };
          }),
        }))}
        onChange={onChoose}
      />
      {suggested.slice(0, mostSuggested).map(({ name, label }) => (
        <Button
          key={name}
          size="small"
          onClick={() => onChoose(name)}
          aria-label={t("importing.match.suggestionOf", { heading: column.heading, name: words.say(label) })}
          data-testid={`suggestion-${column.letter}-${name}`}
        >
          {t("importing.match.suggestion", { name: words.say(label) })}
        </Button>
      ))}
    </div>
  );
}
