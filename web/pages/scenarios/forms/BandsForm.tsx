import { PlusOutlined } from "@ant-design/icons";
import { Button, Checkbox, InputNumber } from "antd";
import { type JSX, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Band } from "../shapes.ts";
import type { ChangeForm } from "./form.ts";
import { levelOf, RuleLevel, type RuleLevelChoice, rulebooksFor, startOf } from "./RuleLevel.tsx";

interface Row {
  readonly key: number;
  readonly from: number | null;
  readonly places: number | null;
  readonly alternateYears: boolean;
}

interface State extends RuleLevelChoice {
  readonly rows: readonly Row[];
  /** Of the next row. */
  readonly next: number;
}

const rowsOf = (bands: readonly Band[]): readonly Row[] =>
  bands.map(({ from, places, alternateYears }, key) => ({
    key,
    from,
    places,
    alternateYears: alternateYears ?? false,
  }));

const bandsOf = (rows: readonly Row[]): Band[] | undefined => {
  const bands = rows.flatMap(({ from, places, alternateYears }) =>
    from === null || places === null ? [] : [{ from, places, ...(alternateYears ? { alternateYears } : {}) }],
  );
  return bands.length === rows.length && bands.length > 0 ? bands : undefined;
};

/** 改指标档次: how many places a unit has for how many technicians of a trade. */
export function BandsForm({ options, value, onChange }: ChangeForm<"bands">): JSX.Element {
  const { t } = useTranslation();
  const rulebooks = rulebooksFor("bands", options);
  const present = (choice: RuleLevelChoice): readonly Row[] => rowsOf(levelOf(rulebooks, choice)?.bands ?? []);
  const [state, setState] = useState<State>(() => {
    const choice = value ? { rulebook: value.rulebook, level: value.level } : startOf(rulebooks);
    const rows = value ? rowsOf(value.bands) : present(choice);
    return { ...choice, rows, next: rows.length };
  });
  const set = (next: State): void => {
    setState(next);
    const { rulebook, level, rows } = next;
    const bands = bandsOf(rows);
    onChange(
      rulebook !== undefined && level !== undefined && bands ? { kind: "bands", rulebook, level, bands } : undefined,
    );
  };
  const setRow = (key: number, made: Partial<Row>): void =>
    set({ ...state, rows: state.rows.map((row) => (row.key === key ? { ...row, ...made } : row)) });
  return (
    <>
      <RuleLevel
        rulebooks={rulebooks}
        value={state}
        onChange={(choice) => {
          const rows = present(choice);
          set({ ...choice, rows, next: rows.length });
        }}
      />
      {state.level !== undefined && (
        <>
          <table className="band-table" data-testid="bands">
            <thead>
              <tr>
                <th scope="col">{t("scenarios.fields.bandFrom")}</th>
                <th scope="col">{t("scenarios.fields.bandPlaces")}</th>
                <th scope="col">{t("scenarios.fields.bandAlternate")}</th>
                <td />
              </tr>
            </thead>
            <tbody>
              {state.rows.map(({ key, from, places, alternateYears }, index) => (
                <tr key={key}>
                  <td>
                    <InputNumber
                      min={1}
                      precision={0}
                      value={from}
                      aria-label={`${t("scenarios.fields.bandFrom")} ${index + 1}`}
                      onChange={(next) => setRow(key, { from: next })}
                    />
                  </td>
                  <td>
                    <InputNumber
                      min={0}
                      precision={0}
                      value={places}
                      aria-label={`${t("scenarios.fields.bandPlaces")} ${index + 1}`}
                      onChange={(next) => setRow(key, { places: next })}
                    />
                  </td>
                  <td>
                    <Checkbox
                      checked={alternateYears}
                      aria-label={`${t("scenarios.fields.bandAlternate")} ${index + 1}`}
                      onChange={(event) => setRow(key, { alternateYears: event.target.checked })}
                    />
                  </td>
                  <td>
                    <Button
                      size="small"
                      type="text"
                      danger
                      aria-label={t("scenarios.fields.bandRemove", { n: index + 1 })}
                      onClick={() => set({ ...state, rows: state.rows.filter((row) => row.key !== key) })}
                    >
                      {t("scenarios.remove")}
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          <Button
            size="small"
            icon={<PlusOutlined />}
            onClick={() =>
              set({
                ...state,
                rows: [...state.rows, { key: state.next, from: null, places: null, alternateYears: false }],
                next: state.next + 1,
              })
            }
          >
            {t("scenarios.fields.bandAdd")}
          </Button>
        </>
      )}
    </>
  );
}
