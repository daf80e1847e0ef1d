import { Alert, Select } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import type { PreviewField } from "../../api/import-types.ts";
import { useWords } from "../../parts/words.ts";
import type { Matched } from "./matching.ts";

/** Required columns that the file seems to lack: each with the columns it may be. */
export function MissingColumns({
  missing,
  matched,
  onChoose,
}: {
  readonly missing: readonly PreviewField[];
  readonly matched: readonly Matched[];
  readonly onChoose: (matched: Matched, target: string) => void;
}): JSX.Element | null {
  const { t } = useTranslation();
  const words = useWords();
  if (missing.length === 0) return null;
  const free = matched.filter(({ target, sameHeading }) => target === null && !sameHeading);
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      data-testid="missing-columns"
      title={t("importing.match.missing", { n: words.number(missing.length) })}
      description={missing.map((field) => (
        <div key={field.name} className="missing-field">
          <strong>{words.say(field.label)}</strong>
          <Select<number>
            aria-label={t("importing.match.columnFor", { name: words.say(field.label) })}
            data-testid={`missing-${field.name}`}
            style={{ width: 260 }}
            placeholder={t("importing.match.pickColumn")}
            value={null}
            options={free.map(({ column }) => ({
              value: column.index,
              label: t("importing.match.lettered", { letter: column.letter, heading: column.heading }),
              title: column.heading,
            }))}
            onChange={(index) => {
              const chosen = free.find(({ column }) => column.index === index);
              if (chosen) onChoose(chosen, field.name);
            }}
          />
        </div>
      ))}
    />
  );
}
