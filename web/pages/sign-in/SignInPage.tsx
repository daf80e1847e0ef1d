import { LockOutlined } from "@ant-design/icons";
import { Button, Flex, Result } from "antd";
import { type JSX, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { LanguageSwitch } from "../../parts/LanguageSwitch.tsx";

/** There is no password: the link that the server prints signs in. */
export function SignInPage({ onRetry }: { readonly onRetry: () => void }): JSX.Element {
  const { t } = useTranslation();
  const title = t("signIn.title");
  const product = t("product.full");
  useEffect(() => {
    document.title = `${title} — ${product}`;
  }, [title, product]);
  return (
    <main className="alone" data-testid="sign-in">
      <Flex justify="space-between" align="center">
        <strong className="frame-product">{product}</strong>
        <LanguageSwitch />
      </Flex>
      <Result
        icon={<LockOutlined />}
        title={<h1 className="result-title">{title}</h1>}
        subTitle={t("signIn.text")}
        extra={
          <Flex vertical gap={16} align="center">
            <Button type="primary" onClick={onRetry}>
              {t("signIn.again")}
            </Button>
            <span>{t("signIn.hint")}</span>
          </Flex>
        }
      />
    </main>
  );
}
