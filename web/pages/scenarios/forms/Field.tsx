import type { JSX, ReactNode } from "react";

/** A labelled field of the form of a change. */
export function Field({
  id,
  label,
  hint,
  testId,
  children,
}: {
  readonly id: string;
  readonly label: string;
  readonly hint?: ReactNode;
  readonly testId?: string;
  readonly children: ReactNode;
}): JSX.Element {
  return (
    <div className="scenario-field" data-testid={testId}>
      <label htmlFor={id}>{label}</label>
      {children}
      {hint !== undefined && <p className="section-note">{hint}</p>}
    </div>
  );
}
