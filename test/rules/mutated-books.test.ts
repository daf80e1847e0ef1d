/** However a rulebook is spoilt, reading and checking it never throws anything but diagnostics. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { AppError } from "../../server/errors.ts";
import { buildLibrary, diagnosticsOf, readLibrary } from "../../server/rules/build-library.ts";
import { checkLibrary } from "../../server/rules/check.ts";
import { faultKinds } from "../../server/rules/diagnostic.ts";
import { smallBook } from "./small-book.ts";

/** Words and values, and the gaps between them. */
const tokens = smallBook.split(/(?<=[\s{}[\],:])|(?=[\s{}[\],:])/);
const strange = ["", "null", "[]", "{}", "-1", "0", "99999999999", "true", "Y-02-30", "window.to", "cutOff", "noneMet"];
const known = [
  ...new Set(tokens),
  ...strange,
  "all: [",
  "any",
  "anyUnused",
  "evidence",
  "items",
  "cycle",
  "early",
  "  ",
  "\n",
];

type Change = readonly [kind: "replace" | "remove" | "repeat" | "swap", at: number, other: number];

const change: fc.Arbitrary<Change> = fc.tuple(
  fc.constantFrom("replace", "remove", "repeat", "swap"),
  fc.nat(tokens.length - 1),
  fc.nat(10_000),
);

function spoilt(changes: readonly Change[]): string {
  const text = [...tokens];
  for (const [kind, at, other] of changes) {
    const partner = other % text.length;
    const [mine = "", yours = ""] = [text[at], text[partner]];
    if (kind === "replace") text[at] = known[other % known.length] ?? "";
    else if (kind === "remove") text[at] = "";
    else if (kind === "repeat") text[at] = mine + mine;
    else [text[at], text[partner]] = [yours, mine];
  }
  return text.join("");
}

test("500 spoilt rulebooks", () => {
  const codes: string[] = Object.values(faultKinds).map(({ code }) => code);
  let faulty = 0;
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
      const text = spoilt(changes);
      const library = readLibrary([{ name: "meishan-2024.yaml", text }], { cases: true });
      const { failures } = checkLibrary(library);
      const found = diagnosticsOf(library);
      if (found.length > 0) faulty++;
      // One fault may fail several cases, where it spoils the person they begin with; but none fails unsaid.
      expect(found.length > 0 || failures.length === 0).toBe(true);
      const lines = text.split(/\r\n|\r|\n/);
      for (const { code, line, column, message, suggestion } of found) {
        expect(codes).toContain(code);
        expect(column).toBeGreaterThan(0);
        expect(column).toBeLessThanOrEqual((lines[line - 1]?.length ?? -1) + 1);
        for (const one of [message, suggestion])
          expect(Object.values(one ?? {}).every((words) => words !== "")).toBe(true);
      }
      try {
        buildLibrary([{ name: "meishan-2024.yaml", text }], { cases: true });
      } catch (error) {
        expect(error).toBeInstanceOf(AppError);
        expect((error as AppError).code).toBe("bad-input");
      }
    }),
    { numRuns: 500 },
  );
  expect(faulty).toBeGreaterThan(300);
});
