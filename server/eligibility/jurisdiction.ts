/** Which rulebook serves which district, level and exam year. */
import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { z } from "zod";
import { ofProduct } from "../root.ts";
import { type TargetLevel, targetLevels } from "../rules/facts.ts";
import type { Rulebook, RulebookLibrary } from "../rules/rulebook.ts";

const rowSchema = z.object({
  district: z.string().regex(/^\d{6}$/),
  levels: z.string().transform((text) => z.array(z.enum(targetLevels)).parse(text.split(" "))),
  fromYear: z.coerce.number().int(),
  rulebook: z.string(),
});
type Row = z.infer<typeof rowSchema>;

const rows: readonly Row[] = z.array(rowSchema).parse(
  parse(readFileSync(ofProduct("data/reference/jurisdictions.csv"), "utf8"), {
    columns: true,
    comment: "#",
    skip_empty_lines: true,
  }),
);

/** What a code says of the places above it: 320000 is everything that begins with 32. */
const stem = (district: string) => district.replace(/0000$|00$/, "");

export interface Jurisdiction {
  readonly rulebook: Rulebook;
  /** The exam year is not the rulebook's own. */
  readonly projected: boolean;
  /** It lies before the first rulebook of the district. */
  readonly projectedBack: boolean;
}

/** The rulebook that decides; undefined where no rulebook covers the district or level. */
export function jurisdiction(
  library: RulebookLibrary,
  district: string,
  level: TargetLevel,
  examYear: number,
): Jurisdiction | undefined {
  const serving = rows.filter((row) => district.startsWith(stem(row.district)) && row.levels.includes(level));
  // A city with a notice of its own is read by it in every year; the province's serves those without one.
  const nearest = Math.max(...serving.map((row) => stem(row.district).length));
  const own = serving.filter((row) => stem(row.district).length === nearest).sort((a, b) => a.fromYear - b.fromYear);
  const earlier = own.filter((row) => row.fromYear <= examYear);
  const chosen = earlier.at(-1) ?? own[0];
  if (!chosen) return undefined;
  const rulebook = library.get(chosen.rulebook);
  return { rulebook, projected: rulebook.year !== examYear, projectedBack: earlier.length === 0 };
}
