import { UndoOutlined } from "@ant-design/icons";
import { Alert, Button } from "antd";
import { type JSX, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useWords } from "../../parts/words.ts";

/** An edit that was made, in words, and how to take it back. */
export interface Done {
  readonly text: string;
  readonly undo?: () => Promise<unknown>;
  /** It was not done; the text says why. */
  readonly failed?: true;
}

export type Announce = (done: Done) => void;

/** Makes an edit outside of a form and says what came of it, a failure too. */
export function useAttempt(announce: Announce): (work: () => Promise<Done>) => Promise<void> {
  const words = useWords();
  return async (work) => {
    try {
      announce(await work());
    } catch (error) {
      announce({ text: words.problem(error), failed: true });
    }
  };
}

/** What was done last. It stays until the next edit, so that it can be taken back without haste. */
export function Notice({
  done,
  announce,
  onClose,
}: {
  readonly done: Done;
  readonly announce: Announce;
  readonly onClose: () => void;
}): JSX.Element {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const [busy, setBusy] = useState(false);
  const attempt = useAttempt(announce);
  useEffect(() => {
    if (done) box.current?.scrollIntoView({ block: "nearest" });
  }, [done]);
  const undo = async (): Promise<void> => {
    setBusy(true);
    await attempt(async () => {
      await done.undo?.();
      return { text: t("names.done.undone") };
    });
    setBusy(false);
  };
  return (
    <div ref={box} role="status" data-testid="notice" className="names-notice">
      <Alert
        showIcon
        type={done.failed ? "error" : "success"}
        title={done.text}
        closable={{ "aria-label": t("names.close"), onClose }}
        action={
          done.undo && (
            <Button size="small" icon={<UndoOutlined />} loading={busy} onClick={() => void undo()} data-testid="undo">
              {t("names.undo")}
            </Button>
          )
        }
      />
    </div>
  );
}
