/** What the identity number of a row says beside the row's own columns. */
import type { ColumnValue } from "../rules/columns.ts";
import { parseDate } from "../rules/dates.ts";
import type { Identity } from "./identity.ts";
import type { CellProblem } from "./reading.ts";

/** The columns of a row that the number speaks of; null where the row leaves them open. */
export interface StatedPerson {
  readonly birthDateFrom: ColumnValue;
  readonly birthDateTo: ColumnValue;
  readonly sex: ColumnValue;
  /** The roster has no column of it at all, so every row is silent: said once. */
  readonly noBirthColumn: boolean;
  readonly noSexColumn: boolean;
}

export interface IdentityFindings {
  /** What to fill in where the row is silent. */
  readonly birthDate?: string;
  readonly sex?: Identity["sex"];
  readonly problems: readonly (CellProblem & { readonly field: "birthDate" | "sex" })[];
}

const sexWord = { male: "男", female: "女" } as const;
const dayOf = (value: ColumnValue) => (typeof value === "string" ? parseDate(value)?.from : undefined);

type Found = IdentityFindings["problems"][number];
type More = Pick<CellProblem, "taken" | "once">;

const warning = (field: Found["field"], code: string, zh: string, en: string, more: More = {}): Found => ({
  ...{ field, code, message: { zh, en }, severity: "warning" },
  ...more,
});

const once = (isAbsent: boolean): More => (isAbsent ? { once: "column" } : {});

function birthTaken({ birthDate }: Identity, { noBirthColumn }: StatedPerson): Found {
  return warning(
    "birthDate",
    "id-number-birth-taken",
    "出生日期为空：按身份证号录入",
    "the date of birth is empty: taken from the identity number",
    { taken: birthDate, ...once(noBirthColumn) },
  );
}

const birthDiffers = (): Found =>
  warning(
    "birthDate",
    "id-number-birth",
    "出生日期与身份证号不一致：以名册填写的为准，请核对",
    "the date of birth differs from the identity number: the roster's own column is kept",
  );

function sexTaken({ sex }: Identity, { noSexColumn }: StatedPerson): Found {
  return warning(
    "sex",
    "id-number-sex-taken",
    "性别为空：按身份证号录入",
    "the sex is empty: taken from the identity number",
    { taken: sexWord[sex], ...once(noSexColumn) },
  );
}

const sexDiffers = (): Found =>
  warning(
    "sex",
    "id-number-sex",
    "性别与身份证号不一致：以名册填写的为准，请核对",
    "the sex differs from the identity number: the roster's own column is kept",
  );

/** The roster's own columns stay, whatever the number says; it speaks only where they are silent. */
export function compareIdentity(identity: Identity, stated: StatedPerson): IdentityFindings {
  const problems: Found[] = [];
  const { birthDateFrom, birthDateTo, sex } = stated;
  const takesBirth = birthDateFrom === null && birthDateTo === null;
  if (takesBirth) problems.push(birthTaken(identity, stated));
  // Nearly every row says the very day of the number.
  else if (birthDateFrom !== identity.birthDate || birthDateTo !== identity.birthDate) {
    const day = dayOf(identity.birthDate) ?? 0;
    if (day < (dayOf(birthDateFrom) ?? day) || day > (dayOf(birthDateTo) ?? day)) problems.push(birthDiffers());
  }
  const takesSex = sex === null;
  if (takesSex) problems.push(sexTaken(identity, stated));
  else if (sex !== identity.sex) problems.push(sexDiffers());
  return {
    ...(takesBirth ? { birthDate: identity.birthDate } : {}),
    ...(takesSex ? { sex: identity.sex } : {}),
    problems,
  };
}
