import { Button, Flex, Result } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import { useRouteError } from "react-router";
import { useWords } from "./words.ts";

/** What stands in place of a page that threw. */
export function RouteError(): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const error = useRouteError();
  return (
    <main className="alone">
      <Result
        status="error"
        title={t("errors.pageTitle")}
        subTitle={
          <>
            <p>{t("errors.pageText")}</p>
            <code>{words.problem(error)}</code>
          </>
        }
        extra={
          <Flex gap={8} justify="center">
            <Button type="primary" onClick={() => location.reload()}>
              {t("common.retry")}
            </Button>
            <Button onClick={() => location.assign("/")}>{t("errors.backHome")}</Button>
          </Flex>
        }
      />
    </main>
  );
}
