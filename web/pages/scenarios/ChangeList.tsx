import { PlusOutlined } from "@ant-design/icons";
import { Button, Flex, Spin } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import { useWords } from "../../parts/words.ts";
import type { Checked } from "./api.ts";
import { saidOf } from "./checked.ts";
import { canonical } from "./draft.ts";
import { Decisions, Notices } from "./Notices.tsx";
import type { Change } from "./shapes.ts";

/** Each change as a sentence, with what is to be said of it. */
export function ChangeList({
  addId,
  changes,
  check,
  isChecking,
  onAdd,
  onEdit,
  onRemove,
}: {
  /** Of the button that adds a change. */
  readonly addId: string;
  readonly changes: readonly Change[];
  readonly check: Checked | undefined;
  readonly isChecking: boolean;
  readonly onAdd: () => void;
  readonly onEdit: (index: number) => void;
  readonly onRemove: (index: number) => void;
}): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  return (
    <section aria-label={t("scenarios.changes")} className="scenario-changes">
      <Flex gap={12} align="center">
        <h3 className="figures-title scenario-title">{t("scenarios.changes")}</h3>
        {isChecking && <Spin size="small" aria-label={t("scenarios.checking")} />}
      </Flex>
      {changes.length === 0 ? (
        <p className="muted">{t("scenarios.noChanges")}</p>
      ) : (
        <ol data-testid="changes">
          {changes.map((change, index) => {
            const said = saidOf(check, change);
            const text = said.text ? words.say(said.text) : t(`scenarios.kind.${change.kind}`);
            return (
              <li key={canonical(change)}>
                <Flex gap={12} align="center" justify="space-between">
                  <span>
                    {text}
                    <Decisions said={said} />
                  </span>
                  <Flex gap={4} className="nowrap">
                    <Button
                      size="small"
                      aria-label={t("names.editOf", { name: text })}
                      onClick={() => onEdit(index)}
                      data-testid="change-edit"
                    >
                      {t("names.edit")}
                    </Button>
                    <Button
                      size="small"
                      type="text"
                      danger
                      aria-label={t("scenarios.removeOf", { name: text })}
                      onClick={() => onRemove(index)}
                      data-testid="change-remove"
                    >
                      {t("scenarios.remove")}
                    </Button>
                  </Flex>
                </Flex>
                <Notices notices={said.notices} />
              </li>
            );
          })}
        </ol>
      )}
      <Notices notices={check?.notices.filter((one) => one.change === null) ?? []} />
      <Button id={addId} icon={<PlusOutlined />} onClick={onAdd} data-testid="change-add">
        {t("scenarios.addChange")}
      </Button>
    </section>
  );
}
