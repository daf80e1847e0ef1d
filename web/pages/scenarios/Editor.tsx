import { LinkOutlined } from "@ant-design/icons";
import { App, Button, Card, Flex } from "antd";
import { type JSX, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { PageHeader } from "../../parts/PageHeader.tsx";
import { ErrorState } from "../../parts/States.tsx";
import { useDebounced } from "../../parts/use-debounced.ts";
import { useWords } from "../../parts/words.ts";
import { useCheck } from "./api.ts";
import { ChangeDrawer } from "./ChangeDrawer.tsx";
import { ChangeList } from "./ChangeList.tsx";
import { draftOf, draftText } from "./draft.ts";
import { HeadForm } from "./HeadForm.tsx";
import type { ScenarioOptions } from "./options.ts";
import { RunPanel } from "./RunPanel.tsx";
import { useScenarioSearch } from "./result-state.ts";
import { StaleDialog } from "./StaleDialog.tsx";
import type { Change, Scenario } from "./shapes.ts";
import { useDraft } from "./use-draft.ts";
import { useSaveDraft } from "./use-save-draft.ts";

/** One scenario: its name and note, its changes, and what comes of them. */
export function Editor({
  saved,
  options,
}: {
  /** Undefined: a new one. */
  readonly saved: Scenario | undefined;
  readonly options: ScenarioOptions;
}): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const id = useId();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const { search } = useScenarioSearch();
  const { draft, isChanged, edit, reset } = useDraft(saved);
  const [asked, setAsked] = useState<number | undefined>(undefined);
  const [nameless, setNameless] = useState(false);
  const settled = useDebounced(draft.changes, 250);
  const check = useCheck(settled);
  const checked = draft.changes.length > 0 ? check.data : undefined;
  const isCurrent = settled === draft.changes && !check.isPlaceholderData;
  const saving = useSaveDraft((scenario) => {
    void message.success(t("scenarios.saved", { name: scenario.name }));
    if (scenario.id === saved?.id) {
      edit(draftOf(scenario));
      return;
    }
    const kept = new URLSearchParams(search);
    kept.delete("draft");
    navigate(`/scenarios/${encodeURIComponent(scenario.id)}?${kept}`, { replace: saved === undefined });
  });
  const save = (copy: boolean): void => {
    if (draft.name.trim() === "") {
      setNameless(true);
      document.getElementById(`${id}-name`)?.focus();
      return;
    }
    const into = saved && !copy ? { id: saved.id, version: draft.version ?? saved.version } : undefined;
    void saving.save(copy ? { ...draft, name: t("scenarios.copyOf", { name: draft.name.trim() }) } : draft, into);
  };
  const close = (): void => {
    setAsked(undefined);
    // the keyboard goes on where it was
    requestAnimationFrame(() => document.getElementById(`${id}-add`)?.focus());
  };
  const set = (index: number, change: Change): void => {
    edit({
      changes:
        index === draft.changes.length
          ? [...draft.changes, change]
          : draft.changes.map((old, at) => (at === index ? change : old)),
    });
    close();
  };
  const copyLink = async (): Promise<void> => {
    const url = new URL(window.location.href);
    // what is shown of a run goes along, the run itself does not last
    url.searchParams.delete("run");
    try {
      await navigator.clipboard.writeText(url.href);
      if (isChanged && draftText(draft) === undefined) void message.warning(t("scenarios.linkWithout"), 10);
      else void message.success(t("scenarios.linkCopied"));
    } catch {
      void message.info(url.href, 10);
    }
  };
  const title = saved?.name ?? t("scenarios.newTitle");
  return (
    <>
      <PageHeader
        title={title}
        crumbs={[{ text: t("scenarios.title"), to: "/scenarios" }, { text: title }]}
        description={
          saved
            ? t("scenarios.savedBy", { who: words.who(saved.updatedBy), when: words.instant(saved.updatedAt) })
            : t("scenarios.baseUntouched")
        }
        actions={
          <Button icon={<LinkOutlined />} onClick={() => void copyLink()} data-testid="copy-link">
            {t("scenarios.copyLink")}
          </Button>
        }
      />
      <Flex vertical gap={16}>
        <Card size="small" className="section-card">
          <HeadForm
            id={id}
            draft={draft}
            isSaved={saved !== undefined}
            isChanged={isChanged}
            isNameless={nameless}
            isBusy={saving.isBusy}
            error={saving.error}
            onEdit={(change) => {
              setNameless(false);
              edit(change);
            }}
            onSave={save}
            onReset={reset}
          />
          <ChangeList
            addId={`${id}-add`}
            changes={draft.changes}
            check={checked}
            isChecking={draft.changes.length > 0 && check.error === null && !isCurrent}
            onAdd={() => setAsked(draft.changes.length)}
            onEdit={setAsked}
            onRemove={(index) => edit({ changes: draft.changes.filter((_, at) => at !== index) })}
          />
          {check.error && draft.changes.length > 0 && (
            <ErrorState error={check.error} title={t("scenarios.notChecked")} onRetry={() => void check.refetch()} />
          )}
        </Card>
        <RunPanel changes={draft.changes} isValid={isCurrent && (check.data?.valid ?? false)} />
      </Flex>
      {asked !== undefined && (
        <ChangeDrawer
          changes={draft.changes}
          index={asked}
          options={options}
          onDone={(change) => set(asked, change)}
          onClose={close}
        />
      )}
      {saving.newer && saved && (
        <StaleDialog
          newer={saving.newer}
          isBusy={saving.isBusy}
          onClose={saving.closeNewer}
          onCopy={() => save(true)}
          onTake={() => {
            edit(draftOf(saving.newer ?? saved));
            saving.closeNewer();
          }}
          onOverwrite={() => void saving.save(draft, { id: saved.id, version: saving.newer?.version ?? saved.version })}
        />
      )}
    </>
  );
}
