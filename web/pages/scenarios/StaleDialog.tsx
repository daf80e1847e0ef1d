import { Button, Flex, Modal } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import { useWords } from "../../parts/words.ts";
import type { Scenario } from "./shapes.ts";

/** Somebody saved the scenario meanwhile: nothing is lost before the planner says what should stand. */
export function StaleDialog({
  newer,
  isBusy,
  onTake,
  onOverwrite,
  onCopy,
  onClose,
}: {
  readonly newer: Scenario;
  readonly isBusy: boolean;
  readonly onTake: () => void;
  readonly onOverwrite: () => void;
  readonly onCopy: () => void;
  readonly onClose: () => void;
}): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  return (
    <Modal open onCancel={onClose} footer={null} title={t("scenarios.stale.title")}>
      <p>
        {t("scenarios.stale.text", {
          who: words.who(newer.updatedBy),
          when: words.instant(newer.updatedAt),
          name: newer.name,
        })}
      </p>
      <Flex vertical gap={8}>
        <Button type="primary" loading={isBusy} onClick={onCopy} data-testid="stale-copy">
          {t("scenarios.stale.copy")}
        </Button>
        <Button loading={isBusy} onClick={onTake} data-testid="stale-take">
          {t("scenarios.stale.take")}
        </Button>
        <Button danger loading={isBusy} onClick={onOverwrite} data-testid="stale-overwrite">
          {t("scenarios.stale.overwrite")}
        </Button>
      </Flex>
    </Modal>
  );
}
