import { Button, Progress } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import { useWords } from "../../parts/words.ts";
import { Failure } from "./Failure.tsx";
import { sizeText } from "./size-text.ts";
import type { Sending } from "./use-sending.ts";

/** Files on their way to the server: how far the first one is, the others behind it, each with a way out. */
export function Outgoing({ sending }: { readonly sending: Sending }): JSX.Element | null {
  const { t } = useTranslation();
  const words = useWords();
  const { files, share, error, drop, again } = sending;
  if (files.length === 0) return null;
  return (
    <ul className="file-list" aria-label={t("importing.send.label")} data-testid="outgoing">
      {files.map((file, index) => (
        <li key={`${file.name} ${file.lastModified} ${file.size}`}>
          {index === 0 && error !== undefined ? (
            <div className="file-card-name">
              <Failure title={t("importing.send.failed", { file: file.name })} error={error}>
                <Button onClick={again}>{t("common.retry")}</Button>
              </Failure>
            </div>
          ) : (
            <>
              <span>
                {file.name} · {sizeText(file.size, words.number)}
              </span>
              {index === 0 ? (
                <Progress
                  percent={Math.floor(share * 100)}
                  size="small"
                  status="active"
                  aria-label={t("importing.send.progress", { file: file.name })}
                />
              ) : (
                <span className="muted">{t("importing.send.waits")}</span>
              )}
            </>
          )}
          <Button
            size="small"
            onClick={() => drop(file)}
            aria-label={t("importing.send.cancelOne", { file: file.name })}
          >
            {t("imports.cancel")}
          </Button>
        </li>
      ))}
    </ul>
  );
}
