/** How the fact form is laid out: which facts stand together. A fact no group names stands under "other". */
import type { FactField } from "../../api/fact-form.ts";

export const groups = {
  basic: [
    "sex",
    "birthDate",
    "retirementTrack",
    "retirementDate",
    "employment",
    "onPost",
    "district",
    "unit",
    "trade",
    "tradeSince",
    "transferred",
    "transferredOn",
  ],
  level: [
    "level",
    "levelObtainedOn",
    "levelSource",
    "promotedSinceReverification",
    "appointedOn",
    "workStartedOn",
    "regularisedOn",
  ],
  education: [
    "education",
    "educationInTrade",
    "adultHigherEducationCertificate",
    "collegeEquivalent",
    "professionalTitle",
    "titleInTrade",
  ],
  record: [
    "appraisals",
    "continuingEducation",
    "commendedYears",
    "outstandingPartyMemberYears",
    "disciplineClean",
    "competenceAttested",
    "fraudRecordedOn",
    "failedReviewYears",
  ],
  papers: ["papersInTrade", "thesisSubmitted", "expertRecommendations", "marks"],
  awards: [
    "honours",
    "techAwards",
    "patents",
    "competitions",
    "menteesInTopTen",
    "standardsContributor",
    "uniqueSkill",
    "highSkill",
    "exceptionalConditionsUsed",
  ],
  licences: [
    "drivingLicence",
    "drivingLicenceValidUntil",
    "safeDrivingYears",
    "fleetCaptain",
    "financeExperience",
    "postLicenceValidUntil",
  ],
  military: ["militaryServiceStartedOn", "resettledOn", "militaryHonours", "arrivedFromOtherProvince"],
  other: [],
} as const satisfies Record<string, readonly string[]>;

export type GroupName = keyof typeof groups;
export const groupNames = Object.keys(groups) as GroupName[];

/** The number of the worker is chosen above the form, not in it. */
const leftOut = new Set(["workerId"]);

export function groupOf(name: string): GroupName {
  return groupNames.find((group) => (groups[group] as readonly string[]).includes(name)) ?? "other";
}

export interface FactGroup {
  readonly name: GroupName;
  readonly fields: readonly FactField[];
}

/** The fields of the catalogue in the order of the groups; groups without fields are left out. */
export function groupFields(fields: readonly FactField[]): readonly FactGroup[] {
  return groupNames
    .map((name) => {
      const order: readonly string[] = groups[name];
      const own = fields.filter((field) => !leftOut.has(field.name) && groupOf(field.name) === name);
      return { name, fields: own.sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name)) };
    })
    .filter((group) => group.fields.length > 0);
}
