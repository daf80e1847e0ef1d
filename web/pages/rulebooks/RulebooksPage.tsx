import { PrinterOutlined } from "@ant-design/icons";
import { Button, Flex, Select, Tabs, Tag } from "antd";
import type { JSX } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useParams, useSearchParams } from "react-router";
import type { RulebookDocument } from "../../../server/rules/document.ts";
import { useBottlenecks, useRulebook } from "../../api/hooks.ts";
import type { LevelCode } from "../../api/types.ts";
import { PageHeader } from "../../parts/PageHeader.tsx";
import { Loaded } from "../../parts/States.tsx";
import { useWords } from "../../parts/words.ts";
import { useAppMeta } from "../../state/meta.tsx";
import { Compare } from "./Compare.tsx";
import { LevelView } from "./LevelView.tsx";
import { Publicity } from "./Publicity.tsx";
import { stopsOf } from "./stops.ts";

/** The rulebooks there are: each a link, the one being read marked. */
function RulebookList({ current, search }: { readonly current: string; readonly search: string }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const { rulebooks } = useAppMeta();
  return (
    <nav aria-label={t("rulebooks.list")} className="rulebook-list no-print">
      <ul>
        {rulebooks.map((book) => (
          <li key={book.id}>
            <Link
              to={`/rulebooks/${book.id}${search}`}
              {...(book.id === current ? { "aria-current": "page" as const } : {})}
              data-testid={`rulebook-${book.id}`}
            >
              <strong>{words.say(book.title)}</strong>
              <span className="muted">
                {t("rulebooks.ownYear", { year: book.year })} · {t("rulebooks.levelCount", { n: book.levels.length })}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** The levels of one rulebook, each in full. */
function Levels({
  book,
  level,
  chosenYear,
  onLevel,
}: {
  readonly book: RulebookDocument;
  readonly level: string | undefined;
  /** The exam year of the address. */
  readonly chosenYear: number | undefined;
  readonly onLevel: (level: LevelCode) => void;
}): JSX.Element | null {
  const words = useWords();
  const { newestExamYear, examYears } = useAppMeta();
  const shown = book.levels.find((one) => one.level === level) ?? book.levels.at(-1);
  const rosterFor = chosenYear !== undefined && examYears.includes(chosenYear) ? chosenYear : undefined;
  const year = rosterFor ?? newestExamYear ?? undefined;
  const answer = useBottlenecks(
    { year, rulebook: book.id, level: shown?.level },
    year !== undefined && shown !== undefined,
  );
  if (!shown) return null;
  const where = { rulebook: book.id, level: shown.level, ...(rosterFor === undefined ? {} : { year: rosterFor }) };
  // While another level is fetched, the counts of the one before are not its counts.
  const stops = stopsOf(answer.isPlaceholderData ? undefined : answer.data, where);
  return (
    <Tabs
      activeKey={shown.level}
      onChange={(key) => onLevel(key as LevelCode)}
      items={book.levels.map((one) => ({
        key: one.level,
        label: words.level(one.level),
        children:
          one === shown ? (
            <LevelView book={book} level={one} stops={stops} stopsError={answer.error} rosterFor={year} />
          ) : null,
      }))}
    />
  );
}

/** 规则库: every rulebook as a document, and two side by side. */
export function RulebooksPage(): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const navigate = useNavigate();
  const meta = useAppMeta();
  const { id } = useParams();
  const [search, setSearch] = useSearchParams();
  const current = id ?? meta.rulebooks[0]?.id ?? "";
  const asked = Number(search.get("year") ?? "");
  const year = Number.isInteger(asked) && asked > 0 ? asked : undefined;
  const other = search.get("with") ?? undefined;
  const level = search.get("level") ?? undefined;
  const book = useRulebook(current === "" ? undefined : current, year);
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
      { replace: true },
    );
  const info = meta.rulebooks.find((one) => one.id === current);
  const years = [...new Set([...meta.examYears, ...(info ? [info.year] : []), ...(year ? [year] : [])])].sort(
    (a, b) => b - a,
  );
  const titleOf = (book: string): string => {
    const title = meta.rulebooks.find((one) => one.id === book)?.title;
    return title ? words.say(title) : book;
  };
  const text = search.toString();
  return (
    <>
      <PageHeader
        title={t("rulebooks.title")}
        description={t("rulebooks.description")}
        actions={
          <Button className="no-print" icon={<PrinterOutlined />} onClick={() => window.print()}>
            {t("rulebooks.print")}
          </Button>
        }
      />
      <div className="rulebooks">
        <RulebookList current={current} search={text === "" ? "" : `?${text}`} />
        <div className="rulebook">
          <Loaded query={book} rows={14}>
            {(document) => (
              <>
                <Flex justify="space-between" align="start" gap={16} wrap className="rulebook-head">
                  <div>
                    <h2 className="result-title">{words.say(document.title)}</h2>
                    <div className="muted">
                      {document.document}
                      {" · "}
                      <span className="number nowrap">{t("rulebooks.hash", { hash: document.hash.slice(0, 8) })}</span>
                      {document.extends !== null && (
                        <>
                          {" · "}
                          <Link to={`/rulebooks/${document.extends}`} className="text-link">
                            {t("rulebooks.extends", { name: titleOf(document.extends) })}
                          </Link>
                        </>
                      )}
                      {document.projected && (
                        <Tag variant="outlined" className="warn-tag small-tag">
                          {t("rulebooks.projected", { year: document.year })}
                        </Tag>
                      )}
                    </div>
                  </div>
                  <Flex gap="8px 16px" wrap className="no-print">
                    <div className="filter-field" data-testid="rulebook-year">
                      <label htmlFor="rulebook-year">{t("check.year")}</label>
                      <Select
                        id="rulebook-year"
                        value={document.year}
                        style={{ width: 100 }}
                        options={years.map((value) => ({ value, label: String(value), title: String(value) }))}
                        onChange={(value) => put({ year: value === info?.year ? undefined : String(value) })}
                      />
                    </div>
                    <div className="filter-field" data-testid="rulebook-with">
                      <label htmlFor="rulebook-with">{t("rulebooks.with")}</label>
                      <Select
                        id="rulebook-with"
                        allowClear
                        value={other ?? null}
                        placeholder={t("rulebooks.withNone")}
                        style={{ width: 260 }}
                        options={meta.rulebooks
                          .filter((one) => one.id !== current)
                          .map((one) => ({ value: one.id, label: words.say(one.title), title: one.id }))}
                        onChange={(value: string | null | undefined) => put({ with: value ?? undefined })}
                      />
                    </div>
                  </Flex>
                </Flex>
                {other !== undefined && other !== current ? (
                  <Compare
                    a={current}
                    b={other}
                    onSwap={() => void navigate(`/rulebooks/${other}?${new URLSearchParams({ with: current })}`)}
                  />
                ) : (
                  <>
                    <Levels book={document} level={level} chosenYear={year} onLevel={(code) => put({ level: code })} />
                    <Publicity book={document} />
                  </>
                )}
              </>
            )}
          </Loaded>
        </div>
      </div>
    </>
  );
}
