import { expect, it } from "vitest";
import { shapes } from "../fixtures/shapes.ts";
import { ground } from "./ground.ts";

it.each(shapes)("$name", async ({ file, options, workers, problems, skipped, first }) => {
  const { loadContent, rows } = await ground();
  const content = await file();
  const fileName = typeof content === "string" ? "名册.csv" : "名册.xlsx";
  const report = await loadContent(content, { fileName, ...options });
  expect(report.problems.map(({ cell, code }) => [cell, code].filter(Boolean).join(" ")).toSorted()).toEqual(
    [...problems].toSorted(),
  );
  const found = await rows(options?.kind ?? "workers");
  expect(Object.fromEntries(found.map(({ workerId, unit }) => [workerId, unit]))).toEqual(workers);
  expect(report.skipped).toEqual({ notes: 0, totals: 0, headings: 0, examples: 0, ...skipped });
  expect(report.rowsSkipped).toBe(Object.values(report.skipped).reduce((sum, count) => sum + count, 0));
  for (const [column, text] of Object.entries(first ?? {})) expect(String(found[0]?.[column]), column).toBe(text);
});
