import { CopyOutlined, SaveOutlined } from "@ant-design/icons";
import { Button, Flex, Input, Tag } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import { ApiProblem } from "../../api/problem.ts";
import { ErrorState } from "../../parts/States.tsx";
import { useWords } from "../../parts/words.ts";
import { type Draft, draftText } from "./draft.ts";

const longestName = 100;
const longestNote = 1000;

/** Name and note of a scenario, and what can be done with it: saved, saved as another, put back. */
export function HeadForm({
  id,
  draft,
  isSaved,
  isChanged,
  isNameless,
  isBusy,
  error,
  onEdit,
  onSave,
  onReset,
}: {
  /** Begins the ids of the fields. */
  readonly id: string;
  readonly draft: Draft;
  /** It is one of the saved ones. */
  readonly isSaved: boolean;
  readonly isChanged: boolean;
  /** It was to be saved without a name. */
  readonly isNameless: boolean;
  readonly isBusy: boolean;
  readonly error: unknown;
  readonly onEdit: (change: Partial<Draft>) => void;
  readonly onSave: (copy: boolean) => void;
  readonly onReset: () => void;
}): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const nameError = error instanceof ApiProblem && error.property === "name" ? error : undefined;
  return (
    <form
      className="scenario-form"
      onSubmit={(event) => {
        event.preventDefault();
        onSave(false);
      }}
    >
      <Flex gap="8px 16px" wrap align="start">
        <div className="scenario-name">
          <label htmlFor={`${id}-name`}>{t("scenarios.name")}</label>
          <Input
            id={`${id}-name`}
            value={draft.name}
            maxLength={longestName}
            placeholder={t("scenarios.namePlaceholder")}
            {...(isNameless || nameError ? { status: "error" as const } : {})}
            aria-invalid={isNameless || nameError !== undefined}
            onChange={(event) => onEdit({ name: event.target.value })}
            data-testid="scenario-name"
          />
          {isNameless && <p className="field-error">{t("scenarios.nameMissing")}</p>}
          {nameError && <p className="field-error">{words.problem(nameError)}</p>}
        </div>
        <div className="scenario-note">
          <label htmlFor={`${id}-note`}>{t("scenarios.note")}</label>
          <Input
            id={`${id}-note`}
            value={draft.note}
            maxLength={longestNote}
            placeholder={t("scenarios.notePlaceholder")}
            onChange={(event) => onEdit({ note: event.target.value })}
            data-testid="scenario-note"
          />
        </div>
        <Flex gap={8} align="center" className="scenario-actions">
          <Button
            icon={<SaveOutlined />}
            htmlType="submit"
            loading={isBusy}
            disabled={isSaved && !isChanged}
            data-testid="scenario-save"
          >
            {t("names.save")}
          </Button>
          {isSaved && (
            <Button icon={<CopyOutlined />} onClick={() => onSave(true)} data-testid="scenario-save-as">
              {t("scenarios.saveAs")}
            </Button>
          )}
          {isSaved && isChanged && (
            <Button type="text" onClick={onReset} data-testid="scenario-reset">
              {t("scenarios.reset")}
            </Button>
          )}
          {isChanged && draft.changes.length > 0 && (
            <Tag variant="outlined" className="warn-tag" data-testid="unsaved">
              {t(draftText(draft) === undefined ? "scenarios.unsavedLong" : "scenarios.unsaved")}
            </Tag>
          )}
        </Flex>
      </Flex>
      {error !== undefined && !nameError && <ErrorState error={error} title={t("scenarios.notSaved")} />}
    </form>
  );
}
