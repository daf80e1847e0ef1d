/** English texts with a number in front of a plural: "1 people" → "1 person". */
import type { PostProcessorModule } from "i18next";

const nouns = {
  people: "person",
  rows: "row",
  trades: "trade",
  points: "point",
  findings: "finding",
  years: "year",
  pathways: "pathway",
  facts: "fact",
  entries: "entry",
  sheets: "sheet",
  files: "file",
  cells: "cell",
  columns: "column",
  rules: "rule",
} as const;

const one = new RegExp(`(?<![\\d.,/–−-]\\s?)\\b1 (${Object.keys(nouns).join("|")})\\b(?! (?:are|have|were)\\b)`, "g");

/** For whole sentences; "1 people are" stays, because its verb would not fit. */
export const singular = (text: string): string =>
  text.replace(one, (_, noun: keyof typeof nouns) => `1 ${nouns[noun]}`);

export const singularEnglish: PostProcessorModule = {
  type: "postProcessor",
  name: "singular",
  process: (value: string, _key, _options, translator: { readonly language: string }) =>
    translator.language === "en" && value.includes("1 ") ? singular(value) : value,
};
