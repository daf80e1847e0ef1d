import { Tabs } from "antd";
import { type JSX, useState } from "react";
import { useTranslation } from "react-i18next";
import { PageHeader } from "../../parts/PageHeader.tsx";
import { AliasesTab } from "./AliasesTab.tsx";
import { HeadingsTab } from "./HeadingsTab.tsx";
import { type Announce, type Done, Notice } from "./Notice.tsx";
import { type Tab, tabs } from "./names-state.ts";
import { TradesTab } from "./TradesTab.tsx";
import { UnitsTab } from "./UnitsTab.tsx";
import { useNames } from "./use-names.ts";

const panes: Record<Tab, (props: { readonly announce: Announce }) => JSX.Element> = {
  units: UnitsTab,
  trades: TradesTab,
  aliases: AliasesTab,
  headings: HeadingsTab,
};

/** 单位与工种: what units, trades and headings of the files count as. */
export function NamesPage(): JSX.Element {
  const { t } = useTranslation();
  const { tab, change } = useNames();
  const [done, setDone] = useState<Done | undefined>(undefined);
  const Pane = panes[tab];
  return (
    <>
      <PageHeader title={t("names.title")} description={t("names.description")} />
      <Tabs
        activeKey={tab}
        onChange={(key) => change({ tab: tabs.find((one) => one === key) ?? "units" })}
        items={tabs.map((key) => ({
          key,
          label: t(`names.tabs.${key}`),
          children: key === tab && (
            <>
              {done && <Notice done={done} announce={setDone} onClose={() => setDone(undefined)} />}
              <Pane announce={setDone} />
            </>
          ),
        }))}
      />
    </>
  );
}
