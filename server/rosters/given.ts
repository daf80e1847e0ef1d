/** Unit and district of a whole file, given with its import: they stand for rows that name none. */
import { badInput } from "../errors.ts";
import { type PlaceNames, type Places, placesOf } from "./places.ts";
import { longestText, warning } from "./reading.ts";
import type { PositionOf, RosterColumn } from "./row-columns.ts";
import type { RowState } from "./row-state.ts";
import { tidyName } from "./values.ts";

/** As the caller says them; the district by name or code. */
export interface GivenPlace {
  readonly unit?: string | undefined;
  readonly district?: string | undefined;
}

/** What a row takes. */
export interface GivenValue {
  readonly field: "unit" | "district";
  readonly value: string;
  /** As the report shows it. */
  readonly taken: string;
}

const words = { unit: ["单位", "unit"], district: ["地区", "district"] } as const;

function unitGiven(text: string): GivenValue {
  const value = tidyName(text);
  if (value === "" || value.length > longestText) {
    throw badInput("指定的单位名称为空或过长", "the unit that is given is empty or too long", { property: "unit" });
  }
  return { field: "unit", value, taken: value };
}

function districtGiven(text: string, places: Places): GivenValue {
  const found = places.district(text.trim());
  if (found && "code" in found) return { field: "district", value: found.code, taken: `${found.code} ${found.name}` };
  const candidates = found?.candidates ?? [];
  throw badInput(
    candidates.length > 0
      ? `指定的地区“${text}”不止一处（${candidates.join("、")}），请给代码或全称`
      : `没有地区“${text}”，请给名称或代码`,
    candidates.length > 0
      ? `the district "${text}" is ambiguous (${candidates.join(", ")}): give its code or full name`
      : `unknown district "${text}": give its name or code`,
    { property: "district", value: text },
  );
}

/** Throws AppError bad-input when there is no such district, or the unit has no name. */
export function givenValues({ unit, district }: GivenPlace, names: PlaceNames): GivenValue[] {
  return [
    ...(unit === undefined ? [] : [unitGiven(unit)]),
    ...(district === undefined ? [] : [districtGiven(district, placesOf(names))]),
  ];
}

/** Fills what the row leaves open; a cell that could not be read stays an error. */
export function takeGiven(
  row: RowState,
  given: readonly GivenValue[],
  columns: ReadonlyMap<string, RosterColumn>,
  positionOf: PositionOf,
): void {
  for (const { field, value, taken } of given) {
    const position = positionOf(field);
    const column = columns.get(field);
    if (row.values[position] !== null || (column && row.hasError(column))) continue;
    row.values[position] = value;
    const [zh, en] = words[field];
    row.note(
      column,
      null,
      warning(
        `${field}-given`,
        `没有写${zh}的行按导入时指定的“${taken}”录入`,
        `rows without a ${en} got the one given with the import: ${taken}`,
        { taken, once: "column" },
      ),
      field === "unit" ? "单位名称" : "地区",
    );
  }
}
