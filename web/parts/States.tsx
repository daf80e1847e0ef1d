/** The three states beside "here it is": loading, empty, failed. */
import { Alert, Button, Empty, Flex, Skeleton } from "antd";
import type { JSX, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { useRetry } from "../api/hooks.ts";
import type { Filters } from "../state/filters.ts";
import { useFilters } from "../state/use-filters.ts";
import { useWords } from "./words.ts";

export function LoadingState({ rows = 6 }: { readonly rows?: number }): JSX.Element {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t("common.loading")}>
      <Skeleton active title={false} paragraph={{ rows }} />
    </div>
  );
}

export function ErrorState({
  error,
  title,
  onRetry,
}: {
  readonly error: unknown;
  /** What failed; when it is not said, that data could not be fetched. */
  readonly title?: string;
  readonly onRetry?: () => void;
}): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={title ?? t("errors.title")}
      description={words.problem(error)}
      action={onRetry ? <Button onClick={onRetry}>{t("common.retry")}</Button> : undefined}
    />
  );
}

const loosened = ["unit", "trade", "district", "level", "year"] as const satisfies readonly (keyof Filters)[];

/** Says which of the chosen filters could be loosened. */
export function EmptyState({ text }: { readonly text?: ReactNode }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const { filters, year, reset } = useFilters();
  const navigate = useNavigate();
  if (year === undefined) {
    return (
      <Empty description={`${t("empty.noData")}${t("common.semicolon")}${t("empty.noDataHint")}`}>
        <Button type="primary" onClick={() => navigate("/import")}>
          {t("empty.goImport")}
        </Button>
      </Empty>
    );
  }
  const chosen = loosened.filter((name) => filters[name] !== undefined);
  return (
    <Empty
      image={Empty.PRESENTED_IMAGE_SIMPLE}
      description={
        <Flex vertical gap={4}>
          <span>{text ?? t("empty.title")}</span>
          {chosen.length > 0 && (
            <span>{t("empty.loosen", { filters: words.list(chosen.map((name) => t(`filters.${name}`))) })}</span>
          )}
        </Flex>
      }
    >
      {chosen.length > 0 && <Button onClick={reset}>{t("empty.clearFilters")}</Button>}
    </Empty>
  );
}

interface Answer<T> {
  readonly data: T | undefined;
  readonly error: unknown;
}

/** Shows the data once there is some; the states before, and after a failure. */
export function Loaded<T>({
  query,
  rows,
  isEmpty,
  children,
}: {
  readonly query: Answer<T>;
  readonly rows?: number;
  readonly isEmpty?: (data: T) => boolean;
  readonly children: (data: T) => ReactNode;
}): JSX.Element {
  const retry = useRetry();
  const { data, error } = query;
  if (error) return <ErrorState error={error} onRetry={retry} />;
  if (data === undefined) return <LoadingState {...(rows === undefined ? {} : { rows })} />;
  if (isEmpty?.(data)) return <EmptyState />;
  return <>{children(data)}</>;
}
