import { Button, Card, Flex, Select } from "antd";
import { type JSX, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useLocation, useNavigate, useSearchParams } from "react-router";
import { useFactForm, useRetry, useWorker, useWorkerEvaluations } from "../../api/hooks.ts";
import { type Crumb, PageHeader } from "../../parts/PageHeader.tsx";
import { ErrorState, Loaded } from "../../parts/States.tsx";
import { useWords } from "../../parts/words.ts";
import { readFilters } from "../../state/filters.ts";
import { useAppMeta } from "../../state/meta.tsx";
import { chooseQuestion } from "./question.ts";
import { Workbench } from "./Workbench.tsx";
import { WorkerHistory } from "./WorkerHistory.tsx";
import { WorkerPicker } from "./WorkerPicker.tsx";

const isBack = (state: unknown): state is { back: string } =>
  typeof state === "object" && state !== null && "back" in state && typeof state.back === "string";

const empty = {};

/** 资格核验: one worker, or facts filled in by hand, and the decision with every condition explained. */
export function CheckPage(): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const navigate = useNavigate();
  const { state } = useLocation();
  const meta = useAppMeta();
  const [search, setSearch] = useSearchParams();
  const chosen = readFilters(search);
  const worker = search.get("worker") ?? undefined;
  const rulebook = search.get("rulebook") ?? undefined;
  const year = chosen.year ?? meta.newestExamYear ?? new Date().getFullYear();
  const record = useWorker(worker, year);
  const evaluations = useWorkerEvaluations(worker, year);
  const form = useFactForm();
  const retry = useRetry();
  const presentLevel = record.data?.facts.level;
  const question = useMemo(
    () =>
      chooseQuestion({
        rulebooks: meta.rulebooks,
        evaluations: evaluations.data ?? [],
        rulebook,
        level: chosen.level,
        presentLevel: typeof presentLevel === "string" ? presentLevel : undefined,
      }),
    [meta.rulebooks, evaluations.data, rulebook, chosen.level, presentLevel],
  );
  const put = (change: Record<string, string | undefined>): void =>
    setSearch(
      (old) => {
        const next = new URLSearchParams(old);
        for (const [name, value] of Object.entries(change)) {
          if (value === undefined) next.delete(name);
          else next.set(name, value);
        }
        return next;
      },
      { state, replace: true },
    );
  const years = useMemo(() => {
    const own = worker === undefined ? meta.rulebooks.map((book) => book.year) : [];
    return [...new Set([...meta.examYears, ...own, year])].sort((a, b) => b - a);
  }, [worker, meta, year]);
  const name = typeof record.data?.worker.name === "string" ? record.data.worker.name : undefined;
  const crumbs: readonly Crumb[] = isBack(state)
    ? [{ text: t("check.back"), to: state.back }, { text: name ?? worker ?? "" }]
    : [];
  const isReady = worker === undefined || (record.data !== undefined && evaluations.data !== undefined);
  const failed = worker === undefined ? null : (record.error ?? evaluations.error);
  return (
    <>
      <PageHeader title={name ? `${t("check.title")}${t("common.colon")}${name}` : t("check.title")} crumbs={crumbs} />
      <Card size="small" className="section-card check-choice">
        <Flex gap="8px 20px" wrap align="center">
          <div className="filter-field" data-testid="check-worker">
            <label htmlFor="check-worker">{t("check.chooseWorker")}</label>
            <WorkerPicker
              year={year}
              value={worker}
              name={name}
              onChange={(id) => put({ worker: id, rulebook: undefined, level: undefined })}
            />
          </div>
          <div className="filter-field" data-testid="check-year">
            <label htmlFor="check-year">{t("check.year")}</label>
            <Select
              id="check-year"
              value={year}
              style={{ width: 100 }}
              options={years.map((value) => ({ value, label: String(value), title: String(value) }))}
              onChange={(value) => put({ year: String(value) })}
            />
          </div>
          <div className="filter-field" data-testid="check-level">
            <label htmlFor="check-level">{t("check.level")}</label>
            <Select
              id="check-level"
              value={question?.level ?? null}
              style={{ width: 160 }}
              options={(question?.levels ?? []).map((code) => ({ value: code, label: words.level(code), title: code }))}
              onChange={(code) => put({ level: code })}
            />
          </div>
          <div className="filter-field" data-testid="check-rulebook">
            <label htmlFor="check-rulebook">{t("check.rulebook")}</label>
            <Select
              id="check-rulebook"
              value={question?.rulebook ?? null}
              style={{ width: 480, maxWidth: "100%" }}
              popupMatchSelectWidth={false}
              options={meta.rulebooks.map((book) => ({
                value: book.id,
                label:
                  book.id === question?.own
                    ? `${words.say(book.title)} · ${t("check.ruleDefault")}`
                    : words.say(book.title),
                title: book.id,
              }))}
              onChange={(id) => put({ rulebook: id === question?.own ? undefined : id })}
            />
          </div>
          {worker !== undefined && (
            <Button
              type="link"
              onClick={() => void navigate(`/check${chosen.year === undefined ? "" : `?year=${chosen.year}`}`)}
            >
              {t("check.blank")}
            </Button>
          )}
        </Flex>
        {worker === undefined && <p className="section-note">{t("check.blankHint")}</p>}
      </Card>
      {failed ? (
        <ErrorState error={failed} onRetry={retry} />
      ) : (
        <Loaded query={{ ...form, data: isReady ? form.data : undefined }} rows={14}>
          {(catalogue) => (
            <Workbench
              key={`${worker}|${year}`}
              form={catalogue}
              base={record.data?.facts ?? empty}
              isWorker={worker !== undefined}
              question={question}
              year={year}
              evaluations={evaluations.data ?? []}
              onLevel={(level) => put({ level })}
            >
              {record.data && <WorkerHistory record={record.data} />}
            </Workbench>
          )}
        </Loaded>
      )}
    </>
  );
}
