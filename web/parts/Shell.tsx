/** The frame of every page: navigation, header, filters, footer — and what stands in the way of showing any. */
import {
  AimOutlined,
  BarChartOutlined,
  BookOutlined,
  DashboardOutlined,
  ExperimentOutlined,
  FileSearchOutlined,
  FunnelPlotOutlined,
  ImportOutlined,
  LineChartOutlined,
  LogoutOutlined,
  MenuFoldOutlined,
  MenuUnfoldOutlined,
  SafetyCertificateOutlined,
  SwapOutlined,
  TagsOutlined,
  TeamOutlined,
} from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { Button, Layout, Menu, Tag, Tooltip } from "antd";
import { type JSX, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, Outlet, useLocation } from "react-router";
import { signOut } from "../api/client.ts";
import { useMeta, useSession } from "../api/hooks.ts";
import { ApiProblem } from "../api/problem.ts";
import { SignInPage } from "../pages/sign-in/SignInPage.tsx";
import { type Filters, filterSearch, readFilters } from "../state/filters.ts";
import { MetaProvider } from "../state/meta.tsx";
import { useFilters } from "../state/use-filters.ts";
import { useQuotaLevel } from "../state/use-quota-level.ts";
import { FilterBar } from "./FilterBar.tsx";
import { Footer } from "./Footer.tsx";
import { LanguageSwitch } from "./LanguageSwitch.tsx";
import { ErrorState, LoadingState } from "./States.tsx";
import "./rosters.css";

const pages = [
  { path: "/", name: "overview", icon: <DashboardOutlined />, filters: "all" },
  { path: "/quota", name: "quota", icon: <BarChartOutlined />, filters: "quota" },
  { path: "/bottlenecks", name: "bottlenecks", icon: <FunnelPlotOutlined />, filters: "all" },
  { path: "/forecast", name: "forecast", icon: <LineChartOutlined />, filters: "noYear" },
  { path: "/backtest", name: "backtest", icon: <AimOutlined />, filters: "none" },
  { path: "/scenarios", name: "scenarios", icon: <ExperimentOutlined />, filters: "none" },
  { path: "/people", name: "people", icon: <TeamOutlined />, filters: "all" },
  { path: "/check", name: "check", icon: <SafetyCertificateOutlined />, filters: "none" },
  { path: "/rulebooks", name: "rulebooks", icon: <BookOutlined />, filters: "none" },
  { path: "/import", name: "imports", icon: <ImportOutlined />, filters: "none", group: "rosters" },
  { path: "/roster-changes", name: "changes", icon: <SwapOutlined />, filters: "none", group: "rosters" },
  { path: "/quality", name: "quality", icon: <FileSearchOutlined />, filters: "none", group: "rosters" },
  { path: "/names", name: "names", icon: <TagsOutlined />, filters: "none", group: "rosters" },
] as const;

/** Pages about rosters speak of roster years, the others of exam years: only the district goes along between them. */
function carried(filters: Filters, from: string, to: (typeof pages)[number]): string {
  const isRosters = pages.some((page) => page.path === from && "group" in page);
  if (!isRosters && !("group" in to)) return filterSearch(filters);
  return filterSearch(filters.district === undefined ? {} : { district: filters.district });
}

function Navigation({ path }: { readonly path: string }): JSX.Element {
  const { t } = useTranslation();
  const { filters } = useFilters();
  const entry = (page: (typeof pages)[number]) => ({
    key: page.path,
    icon: page.icon,
    label: <Link to={`${page.path}${carried(filters, path, page)}`}>{t(`nav.${page.name}`)}</Link>,
  });
  return (
    <nav aria-label={t("nav.label")}>
      <Menu
        theme="dark"
        mode="inline"
        selectedKeys={[path]}
        items={[
          ...pages.filter((page) => !("group" in page)).map(entry),
          {
            type: "group" as const,
            key: "rosters",
            label: t("nav.rosters"),
            children: pages.filter((page) => "group" in page).map(entry),
          },
        ]}
      />
    </nav>
  );
}

function SignOut(): JSX.Element {
  const { t } = useTranslation();
  const client = useQueryClient();
  const leave = async (): Promise<void> => {
    await signOut();
    await client.resetQueries({ queryKey: ["/session"] });
  };
  return (
    <Button type="text" icon={<LogoutOutlined />} onClick={() => void leave()} data-testid="sign-out">
      {t("shell.signOut")}
    </Button>
  );
}

function Frame({ demo }: { readonly demo: boolean }): JSX.Element {
  const { t } = useTranslation();
  const { pathname, search } = useLocation();
  const { level } = readFilters(new URLSearchParams(search));
  const quota = useQuotaLevel();
  const [collapsed, setCollapsed] = useState(false);
  const page = pages.find(({ path }) => path === pathname || (path !== "/" && pathname.startsWith(`${path}/`)));
  const shown = page?.filters ?? "none";
  return (
    <Layout className="frame">
      <a className="skip-link" href="#content">
        {t("nav.skip")}
      </a>
      <Layout.Sider
        width={184}
        collapsedWidth={56}
        collapsible
        trigger={null}
        collapsed={collapsed}
        onCollapse={setCollapsed}
        breakpoint="lg"
        className="frame-sider"
      >
        <div className="frame-mark" aria-hidden="true">
          {t("product.name")}
        </div>
        <Navigation path={page?.path ?? ""} />
      </Layout.Sider>
      <Layout>
        <Layout.Header className="frame-header">
          <Button
            type="text"
            icon={collapsed ? <MenuUnfoldOutlined /> : <MenuFoldOutlined />}
            aria-label={t(collapsed ? "nav.expand" : "nav.collapse")}
            aria-expanded={!collapsed}
            onClick={() => setCollapsed(!collapsed)}
          />
          <strong className="frame-product">{t("product.full")}</strong>
          {demo && (
            <Tooltip title={t("shell.demoHint")}>
              <Tag variant="outlined" className="warn-tag" data-testid="demo">
                {t("shell.demo")}
              </Tag>
            </Tooltip>
          )}
          <span className="frame-space" />
          <LanguageSwitch />
          <SignOut />
        </Layout.Header>
        {shown !== "none" && <FilterBar quotaOnly={shown === "quota"} withYear={shown !== "noYear"} />}
        <Layout.Content id="content" className="frame-content" tabIndex={-1}>
          <Suspense fallback={<LoadingState />}>
            <Outlet />
          </Suspense>
        </Layout.Content>
        <Layout.Footer className="frame-footer">
          <Footer level={shown === "quota" ? quota.level : level} />
        </Layout.Footer>
      </Layout>
    </Layout>
  );
}

/** Asks whether somebody is signed in, then for the data's own description; only then are there pages. */
export function Shell(): JSX.Element {
  const session = useSession();
  const isOut = session.error instanceof ApiProblem && session.error.status === 401;
  const meta = useMeta(session.data !== undefined && !isOut);
  if (isOut) return <SignInPage onRetry={() => void session.refetch()} />;
  const failed = session.error ?? meta.error;
  if (failed && !meta.data)
    return (
      <main className="alone">
        <ErrorState
          error={failed}
          onRetry={() => {
            void session.refetch();
            void meta.refetch();
          }}
        />
      </main>
    );
  if (!session.data || !meta.data)
    return (
      <main className="alone">
        <LoadingState rows={8} />
      </main>
    );
  return (
    <MetaProvider value={meta.data}>
      <Frame demo={meta.data.demo} />
    </MetaProvider>
  );
}
