/** How the columns of a roster are grouped where the clerk picks one. */
import type { PreviewField } from "../../api/import-types.ts";
import { type GroupName, groupNames, groupOf } from "../check/groups.ts";
import { fieldName } from "./matching.ts";

const own = {
  person: ["rosterYear", "examYear", "workerId", "name", "idNumber", "district", "department", "unit", "unitNature"],
  application: ["targetLevel", "module", "usesQuota", "unitReview", "officeReview"],
  exam: [
    "selectionScore",
    "selectionPassed",
    "theory",
    "skills",
    "defence",
    "lecture",
    "comprehensiveReview",
    "result",
    "certificateDate",
  ],
} as const satisfies Record<string, readonly string[]>;

export type OwnGroup = keyof typeof own;
const ownNames = Object.keys(own) as OwnGroup[];

/** One year of a map of years has a column of its own: this many years back are offered. */
const yearsBack = 12;

export type FieldGroup =
  | { readonly of: "import"; readonly name: OwnGroup }
  | { readonly of: "facts"; readonly name: GroupName };

export interface GroupedFields {
  readonly group: FieldGroup;
  readonly fields: readonly PreviewField[];
}

/** Groups without fields are left out. */
export function groupedFields(fields: readonly PreviewField[]): readonly GroupedFields[] {
  const ownOf = (name: string) => ownNames.find((group) => (own[group] as readonly string[]).includes(name));
  const groups: readonly FieldGroup[] = [
    ...ownNames.map((name) => ({ of: "import", name }) as const),
    ...groupNames.map((name) => ({ of: "facts", name }) as const),
  ];
  return groups
    .map((group) => ({
      group,
      fields: fields.filter(({ name }) => {
        const mine = ownOf(name);
        return group.of === "import" ? mine === group.name : mine === undefined && groupOf(name) === group.name;
      }),
    }))
    .filter((grouped) => grouped.fields.length > 0);
}

/** Targets for single years of the maps of years, newest first: appraisal2024, appraisal2023 … */
export function yearTargets(
  fields: readonly PreviewField[],
  newest: number,
): readonly (readonly [PreviewField, string])[] {
  return fields
    .filter(({ yearly }) => yearly)
    .flatMap((field) =>
      ["appraisal", "training"]
        .filter((prefix) => fieldName(`${prefix}2000`) === field.name)
        .flatMap((prefix) =>
          Array.from({ length: yearsBack }, (_, index) => [field, `${prefix}${newest - index}`] as const),
        ),
    );
}
