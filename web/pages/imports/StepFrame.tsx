import { Flex } from "antd";
import { type JSX, type ReactNode, useEffect, useRef } from "react";

/** One step: its title, what is in it, and what leads on. The title gets the focus, so that a keyboard goes on from there. */
export function StepFrame({
  title,
  note,
  foot,
  children,
}: {
  readonly title: string;
  readonly note?: ReactNode;
  readonly foot?: ReactNode;
  readonly children: ReactNode;
}): JSX.Element {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <Flex vertical gap={12}>
      <div className="import-step-head">
        <h2 ref={heading} tabIndex={-1} className="import-step-title">
          {title}
        </h2>
        {note && <span className="muted">{note}</span>}
      </div>
      {children}
      {foot && <div className="import-foot">{foot}</div>}
    </Flex>
  );
}
