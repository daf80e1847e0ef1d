import { Button, Drawer, Flex, Input, Select, Table } from "antd";
import { type JSX, useState } from "react";
import { useTranslation } from "react-i18next";
import { clearForecastYear, putForecastYear, useForecastYears, useForgetForecasts } from "../../api/forecast-hooks.ts";
import type { ForecastYear } from "../../api/forecast-types.ts";
import { Loaded } from "../../parts/States.tsx";
import { useWords } from "../../parts/words.ts";
import { type Announce, type Done, Notice, useAttempt } from "../names/Notice.tsx";

const weights = [1, 0.5, 0] as const;

/** Puts a year back to what it was before an edit. */
const restore = (before: ForecastYear): Promise<unknown> =>
  before.weight === 1
    ? clearForecastYear(before.examYear)
    : putForecastYear(before.examYear, { weight: before.weight, reason: before.reason ?? "" });

function YearEditor({ year, announce }: { readonly year: ForecastYear; readonly announce: Announce }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const attempt = useAttempt(announce);
  const forget = useForgetForecasts();
  const [weight, setWeight] = useState(year.weight);
  const [reason, setReason] = useState(year.reason ?? "");
  const [busy, setBusy] = useState(false);
  const { examYear } = year;
  const isChanged = weight !== year.weight || (weight !== 1 && reason.trim() !== (year.reason ?? ""));
  const lacksReason = weight !== 1 && reason.trim() === "";
  const save = async (): Promise<void> => {
    setBusy(true);
    await attempt(async () => {
      if (weight === 1) await clearForecastYear(examYear);
      else await putForecastYear(examYear, { weight, reason: reason.trim() });
      forget();
      return {
        text: t("forecast.years.saved", { year: examYear, weight: words.share(weight) }),
        undo: async () => {
          await restore(year);
          forget();
        },
      };
    });
    setBusy(false);
  };
  const options = [...new Set<number>([...weights, year.weight])].sort((a, b) => b - a);
  return (
    <Flex gap={8} align="start" data-testid={`year-${examYear}`}>
      <Select<number>
        aria-label={t("forecast.years.weightOf", { year: examYear })}
        value={weight}
        style={{ width: 148 }}
        options={options.map((value) => ({
          value,
          label:
            value === 1
              ? t("forecast.years.normal")
              : value === 0
                ? t("forecast.years.left")
                : t("forecast.years.part", { share: words.share(value) }),
        }))}
        onChange={setWeight}
      />
      <div className="year-reason">
        <Input
          aria-label={t("forecast.years.reasonOf", { year: examYear })}
          placeholder={t("forecast.years.reason")}
          value={reason}
          maxLength={300}
          disabled={weight === 1}
          status={isChanged && lacksReason ? "error" : ""}
          onChange={(event) => setReason(event.target.value)}
          onPressEnter={() => {
            if (isChanged && !lacksReason) void save();
          }}
        />
        {isChanged && lacksReason && <p className="field-error">{t("forecast.years.reasonMissing")}</p>}
      </div>
      <Button
        type="primary"
        disabled={!isChanged || lacksReason}
        loading={busy}
        onClick={() => void save()}
        data-testid={`year-save-${examYear}`}
      >
        {t("names.save")}
      </Button>
    </Flex>
  );
}

/** 异常年度: exam years that the forecast is to learn less from, or nothing. */
export function YearsDrawer({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const years = useForecastYears(open);
  const [done, setDone] = useState<Done | undefined>(undefined);
  return (
    <Drawer
      open={open}
      onClose={() => {
        setDone(undefined);
        onClose();
      }}
      destroyOnHidden
      size="min(860px, 94vw)"
      title={<h2 className="card-title">{t("forecast.years.title")}</h2>}
      closable={{ "aria-label": t("forecast.years.close") }}
      data-testid="years-drawer"
    >
      {done && <Notice done={done} announce={setDone} onClose={() => setDone(undefined)} />}
      <p>{t("forecast.years.note")}</p>
      <Loaded query={years} rows={6}>
        {(rows) =>
          rows.length === 0 ? (
            <p className="muted">{t("forecast.years.none")}</p>
          ) : (
            <Table<ForecastYear>
              size="small"
              aria-label={t("forecast.years.title")}
              dataSource={[...rows].sort((a, b) => b.examYear - a.examYear)}
              rowKey="examYear"
              pagination={false}
              columns={[
                { key: "year", title: t("filters.year"), dataIndex: "examYear", width: 90 },
                {
                  ...{ key: "applications", title: t("measure.applied"), align: "right", width: 100 },
                  render: (_, { applications }) => <span className="number">{words.number(applications)}</span>,
                },
                {
                  key: "edit",
                  title: t("forecast.years.weight"),
                  render: (_, year) => (
                    <>
                      {/* what was saved elsewhere, or undone, replaces what is typed here */}
                      <YearEditor key={`${year.weight} ${year.reason}`} year={year} announce={setDone} />
                      {year.who && year.weight !== 1 && (
                        <span className="muted small" data-testid={`year-who-${year.examYear}`}>
                          {t("forecast.years.by", {
                            who: words.who(year.who),
                            when: year.changedAt ? words.instant(year.changedAt) : "",
                          })}
                        </span>
                      )}
                    </>
                  ),
                },
              ]}
            />
          )
        }
      </Loaded>
    </Drawer>
  );
}
