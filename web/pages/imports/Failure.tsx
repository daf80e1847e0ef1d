import { Alert, Flex } from "antd";
import type { JSX, ReactNode } from "react";
import { useWords } from "../../parts/words.ts";

/** What went wrong, in a sentence, and the ways on. */
export function Failure({
  title,
  error,
  children,
}: {
  readonly title: string;
  readonly error: unknown;
  readonly children?: ReactNode;
}): JSX.Element {
  const words = useWords();
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={title}
      description={words.problem(error)}
      action={
        children && (
          <Flex gap={8} wrap>
            {children}
          </Flex>
        )
      }
    />
  );
}
