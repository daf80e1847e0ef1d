import { Alert } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import { useWords } from "../../parts/words.ts";
import type { Said } from "./checked.ts";
import type { CheckNotice } from "./shapes.ts";

/** What the server says of a change before it is run. */
export function Notices({ notices }: { readonly notices: readonly CheckNotice[] }): JSX.Element | null {
  const words = useWords();
  if (notices.length === 0) return null;
  return (
    <div className="scenario-notices">
      {notices.map((notice) => (
        <Alert
          key={`${notice.code} ${notice.text.en}`}
          type={notice.severity}
          showIcon
          title={words.say(notice.text)}
          data-testid={`notice-${notice.severity}`}
        />
      ))}
    </div>
  );
}

/** How many decisions on the present roster a change of rules turns by itself. */
export function Decisions({ said: { decisions } }: { readonly said: Said }): JSX.Element | null {
  const { t } = useTranslation();
  const words = useWords();
  // none at all is said by a notice
  if (!decisions || decisions.gained + decisions.lost === 0) return null;
  return (
    <span className="muted line" data-testid="change-decisions">
      {t("scenarios.decisions", { gained: words.number(decisions.gained), lost: words.number(decisions.lost) })}
    </span>
  );
}
