import { Breadcrumb, Flex, Typography } from "antd";
import { type JSX, type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

export interface Crumb {
  readonly text: string;
  readonly to?: string;
}

/** Title of the page and of the browser tab, where one came from, and the page's actions. */
export function PageHeader({
  title,
  description,
  crumbs = [],
  actions,
}: {
  readonly title: string;
  readonly description?: ReactNode;
  readonly crumbs?: readonly Crumb[];
  readonly actions?: ReactNode;
}): JSX.Element {
  const { t } = useTranslation();
  const product = t("product.full");
  useEffect(() => {
    document.title = `${title} — ${product}`;
  }, [title, product]);
  return (
    <header className="page-header">
      {crumbs.length > 0 && (
        <Breadcrumb
          items={crumbs.map(({ text, to }) => ({ key: text, title: to ? <Link to={to}>{text}</Link> : text }))}
        />
      )}
      <Flex justify="space-between" align="end" gap={16} wrap>
        <div className="page-header-text">
          <Typography.Title level={1}>{title}</Typography.Title>
          {description && <Typography.Text type="secondary">{description}</Typography.Text>}
        </div>
        {actions && <Flex gap={8}>{actions}</Flex>}
      </Flex>
    </header>
  );
}
