import { Alert } from "antd";
import type { JSX } from "react";
import { useWords } from "../../parts/words.ts";
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
