import { QueryClientProvider } from "@tanstack/react-query";
import { App as AntApp, ConfigProvider } from "antd";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import { createBrowserRouter, type RouteObject, RouterProvider } from "react-router";
import { createQueryClient } from "./api/query-client.ts";
import { RouteError } from "./parts/RouteError.tsx";
import { Shell } from "./parts/Shell.tsx";
import { LoadingState } from "./parts/States.tsx";
import { theme } from "./theme.ts";

/** Each page is a file of its own that the browser fetches when it is first opened. */
const routes: RouteObject[] = [
  {
    path: "/",
    element: <Shell />,
    errorElement: <RouteError />,
    hydrateFallbackElement: <LoadingState />,
    children: [
      {
        errorElement: <RouteError />,
        children: [
          {
            index: true,
            lazy: async () => ({ Component: (await import("./pages/overview/OverviewPage.tsx")).OverviewPage }),
          },
          {
            path: "quota",
            lazy: async () => ({ Component: (await import("./pages/quota/QuotaPage.tsx")).QuotaPage }),
          },
          {
            path: "bottlenecks",
            lazy: async () => ({
              Component: (await import("./pages/bottlenecks/BottlenecksPage.tsx")).BottlenecksPage,
            }),
          },
          {
            path: "forecast",
            lazy: async () => ({ Component: (await import("./pages/forecast/ForecastPage.tsx")).ForecastPage }),
          },
          {
            path: "backtest",
            lazy: async () => ({ Component: (await import("./pages/backtest/BacktestPage.tsx")).BacktestPage }),
          },
          {
            path: "scenarios/:id?",
            lazy: async () => ({ Component: (await import("./pages/scenarios/ScenariosPage.tsx")).ScenariosPage }),
          },
          {
            path: "people",
            lazy: async () => ({ Component: (await import("./pages/people/PeoplePage.tsx")).PeoplePage }),
          },
          {
            path: "check",
            lazy: async () => ({ Component: (await import("./pages/check/CheckPage.tsx")).CheckPage }),
          },
          {
            path: "rulebooks/:id?",
            lazy: async () => ({ Component: (await import("./pages/rulebooks/RulebooksPage.tsx")).RulebooksPage }),
          },
          {
            path: "import",
            lazy: async () => ({ Component: (await import("./pages/imports/ImportPage.tsx")).ImportPage }),
          },
          {
            path: "import/history",
            lazy: async () => ({ Component: (await import("./pages/import-history/HistoryPage.tsx")).HistoryPage }),
          },
          {
            path: "roster-changes",
            lazy: async () => ({ Component: (await import("./pages/roster-changes/ChangesPage.tsx")).ChangesPage }),
          },
          {
            path: "quality",
            lazy: async () => ({ Component: (await import("./pages/quality/QualityPage.tsx")).QualityPage }),
          },
          {
            path: "names",
            lazy: async () => ({ Component: (await import("./pages/names/NamesPage.tsx")).NamesPage }),
          },
          {
            path: "*",
            lazy: async () => ({ Component: (await import("./pages/not-found/NotFoundPage.tsx")).NotFoundPage }),
          },
        ],
      },
    ],
  },
];

const router = createBrowserRouter(routes);
// One of them, made once: it is the one that hears of a new data version.
const client = createQueryClient();

export function App(): JSX.Element {
  const { i18n } = useTranslation();
  return (
    <ConfigProvider locale={i18n.language === "en" ? enUS : zhCN} theme={theme} button={{ autoInsertSpace: false }}>
      <AntApp className="app">
        <QueryClientProvider client={client}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </AntApp>
    </ConfigProvider>
  );
}
