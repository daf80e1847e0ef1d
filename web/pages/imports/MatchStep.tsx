import { Alert, Button } from "antd";
import { type JSX, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { PreviewAnswer } from "../../api/import-hooks.ts";
import type { RosterPreview } from "../../api/import-types.ts";
import { isGone } from "../../api/problem.ts";
import { LoadingState } from "../../parts/States.tsx";
import { useWords } from "../../parts/words.ts";
import { ColumnTable } from "./ColumnTable.tsx";
import { Failure } from "./Failure.tsx";
import { type ChangeFlow, type Flow, said, withNext } from "./flow.ts";
import { GivenPlaces } from "./GivenPlaces.tsx";
import { KindChoice } from "./KindChoice.tsx";
import { MissingColumns } from "./MissingColumns.tsx";
import {
  chooseTarget,
  guessYear,
  hasYear,
  looksOther,
  type Matched,
  matchedColumns,
  missingFields,
  sheetsByUnit,
  sheetsByYear,
  withoutChoice,
  yearFieldOf,
} from "./matching.ts";
import { SheetButtons } from "./SheetButtons.tsx";
import { SheetChoice } from "./SheetChoice.tsx";
import { StepFrame } from "./StepFrame.tsx";
import { useTargetWords } from "./use-target-words.ts";
import { YearField } from "./YearField.tsx";

/** Where the heading was found, and what stands above it. */
function HeadingFacts({
  preview,
  fileName,
}: {
  readonly preview: RosterPreview;
  readonly fileName: string;
}): JSX.Element {
  const { t } = useTranslation();
  const shown = preview.sheets.find(({ name }) => name === preview.sheet);
  return (
    <dl className="import-facts" data-testid="heading-facts">
      <div>
        <dt>{t("imports.file")}</dt>
        <dd>{fileName}</dd>
      </div>
      {preview.sheet !== null && (
        <div>
          <dt>{t("importing.sheets.name")}</dt>
          <dd>{preview.sheet}</dd>
        </div>
      )}
      <div>
        <dt>{t("importing.match.headingRow")}</dt>
        <dd>
          {shown?.headingRow
            ? t("importing.match.rowNumber", { row: shown.headingRow })
            : t("importing.match.noHeadingRow")}
        </dd>
      </div>
      {preview.titles.length > 0 && (
        <div>
          <dt>{t("importing.match.titles")}</dt>
          <dd>{preview.titles.join(" / ")}</dd>
        </div>
      )}
    </dl>
  );
}

/** Step 2: what each column of the file is. `onCheck` makes the check. */
export function MatchStep({
  flow,
  change,
  preview,
  starting,
  startError,
  onCheck,
}: {
  readonly flow: Flow;
  readonly change: ChangeFlow;
  readonly preview: PreviewAnswer;
  readonly starting: boolean;
  readonly startError: unknown;
  readonly onCheck: () => void;
}): JSX.Element {
  const { t } = useTranslation();
  const words = useWords();
  const { file, kind, year, unit, district, sheet, mapping } = flow;
  const { data, error, isFetching } = preview;
  const [notice, setNotice] = useState("");
  const targets = useTargetWords(data?.fields ?? []);
  const matched = useMemo(() => (data ? matchedColumns(data, mapping) : []), [data, mapping]);
  const given = [...(unit === null ? [] : ["unit"]), ...(district === null ? [] : ["district"])];
  const missing = data ? missingFields(data.fields, matched, kind, year, given) : [];
  const needsYear = data !== undefined && !hasYear(matched, kind);
  const byYear = data && needsYear && sheet === null ? sheetsByYear(data, kind) : [];
  const byUnit = data && byYear.length === 0 && sheet === null ? sheetsByUnit(data) : [];
  const choose = (one: Matched, target: string): void => {
    const choice = chooseTarget(matched, mapping, one.column, target);
    setNotice(
      choice.displaced.length === 0
        ? ""
        : t("importing.match.displaced", {
            name: targets.say(target),
            letter: one.column.letter,
            heading: one.column.heading,
            others: words.list(
              choice.displaced.map(({ letter, heading }) => t("importing.match.lettered", { letter, heading })),
            ),
          }),
    );
    change(said({ mapping: choice.mapping }));
  };
  const back = (): void => change({ step: "choose" });
  return (
    <StepFrame
      title={t("importing.match.title")}
      note={t("importing.match.note")}
      foot={
        <>
          <Button onClick={back}>{t("importing.back")}</Button>
          <span className="import-foot-space" />
          {missing.length > 0 && (
            <span className="muted">
              {t("importing.match.notYet", { columns: words.list(missing.map(({ label }) => words.say(label))) })}
            </span>
          )}
          <Button
            type="primary"
            disabled={!data || error !== null || isFetching || missing.length > 0 || byYear.length + byUnit.length > 0}
            loading={starting}
            onClick={onCheck}
            data-testid="import-check"
          >
            {t("importing.match.next")}
          </Button>
        </>
      }
    >
      {startError != null && (
        <Failure title={t("importing.check.notStarted")} error={startError}>
          <Button onClick={() => (isGone(startError) ? change(withNext) : back())}>{t("importing.chooseAgain")}</Button>
        </Failure>
      )}
      {error !== null ? (
        <Failure title={t("importing.choose.unreadable")} error={error}>
          <Button onClick={() => (isGone(error) ? change(withNext) : back())}>{t("importing.chooseAgain")}</Button>
        </Failure>
      ) : !data ? (
        <LoadingState rows={8} />
      ) : (
        <>
          <HeadingFacts preview={data} fileName={file?.fileName ?? ""} />
          {looksOther(data) && (
            <KindChoice
              flow={flow}
              isOther
              onChange={(chosen) => change(said({ kind: chosen, kindBy: "clerk", mapping: {} }))}
            />
          )}
          {data.sheets.length > 1 && (
            <SheetChoice
              preview={data}
              sheet={sheet}
              given={year === null ? given : [...given, yearFieldOf[kind]]}
              onChange={(chosen) => change(said({ sheet: chosen, unit: null }))}
            />
          )}
          {byYear.length > 0 && (
            <SheetButtons
              title={t("importing.sheets.byYear")}
              testId="sheets-by-year"
              sheets={byYear}
              nameOf={({ sheet, year }) => t("importing.sheets.one", { sheet, year })}
              onChoose={(one) => change(said({ sheet: one.sheet, year: one.year }))}
            />
          )}
          {byUnit.length > 0 && (
            <SheetButtons
              title={t("importing.sheets.byUnit")}
              testId="sheets-by-unit"
              sheets={byUnit}
              nameOf={({ sheet, unit }) => (sheet === unit ? unit : t("importing.sheets.oneUnit", { sheet, unit }))}
              onChoose={(one) => change(said({ ...one, district: one.district ?? district }))}
            />
          )}
          {(needsYear || year !== null) && byYear.length === 0 && (
            <YearField
              kind={kind}
              year={year}
              spare={!needsYear}
              guess={guessYear(data, file?.fileName ?? "")}
              onChange={(chosen) => change(said({ year: chosen }))}
            />
          )}
          <GivenPlaces
            sheetsOfUnits={byUnit.length > 0}
            preview={data}
            matched={matched}
            flow={flow}
            onChange={(chosen) => change(said(chosen))}
          />
          <MissingColumns
            missing={missing.filter(({ name }) => name !== yearFieldOf[kind])}
            matched={matched}
            onChoose={choose}
          />
          <div role="status">{notice && <Alert type="info" showIcon title={notice} />}</div>
          <ColumnTable
            matched={matched}
            mapping={mapping}
            kind={kind}
            targets={targets}
            onChoose={choose}
            onReset={(heading) => change(said({ mapping: withoutChoice(mapping, heading) }))}
          />
        </>
      )}
    </StepFrame>
  );
}
