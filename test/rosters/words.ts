import { type EnumValue, findFact } from "../../server/rules/facts.ts";

const education = findFact("education")?.type;
/** The words for education of the catalogue. */
export const educationValues: readonly EnumValue[] = education?.kind === "enum" ? education.values : [];
