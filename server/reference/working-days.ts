/** data/reference/holidays.csv → the working-day calendar. */
import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { z } from "zod";
import { ofProduct } from "../root.ts";
import { WorkingDays } from "../rules/calendar.ts";

const rowSchema = z.object({
  date: z.iso.date(),
  kind: z.enum(["holiday", "workday"]),
  name: z.string().min(1),
  year: z.coerce.number().int(),
});

export const workingDays = new WorkingDays(
  z.array(rowSchema).parse(
    parse(readFileSync(ofProduct("data/reference/holidays.csv"), "utf8"), {
      columns: true,
      comment: "#",
      skip_empty_lines: true,
    }),
  ),
);
