/** Probes of requirements over years: as many good years as are asked, one fewer, one more, in, at and beside the window. */
import { appraisalGrades, findFact } from "./facts.ts";
import type { Facts } from "./parse-facts.ts";
import { crossed, distinct, patch, patches } from "./probes.ts";

/** What a source says about a year. */
type YearMark = "good" | "bad" | "missing";

interface ProbedSource {
  readonly fact: string;
  /** Grades of a map or kinds of a list that count. */
  readonly in?: readonly string[] | undefined;
}

type Marks = ReadonlyMap<number, YearMark>;

/** How a fact says which years count. */
interface Record {
  /** The value of the fact; a list cannot leave a year out as missing. */
  of(marks: Marks): unknown;
  /** The value when one year has each of the grades or kinds there are. */
  with(marks: Marks, year: number): readonly unknown[];
}

const yearsMarked = (marks: Marks, wanted: YearMark) =>
  [...marks].filter(([, mark]) => mark === wanted).map(([year]) => year);

function recordOf({ fact, in: accepted = [] }: ProbedSource): Record {
  const type = findFact(fact)?.type;
  const map = (good: unknown, bad: unknown, entries: readonly unknown[]): Record => {
    const of = (marks: Marks) =>
      Object.fromEntries(
        [...marks].filter(([, mark]) => mark !== "missing").map(([year, mark]) => [year, mark === "good" ? good : bad]),
      );
    return { of, with: (marks, year) => entries.map((entry) => ({ ...of(marks), [year]: entry })) };
  };
  switch (type?.kind) {
    case "grades":
      return map(
        accepted[0],
        appraisalGrades.find((grade) => !accepted.includes(grade)),
        [...appraisalGrades, null],
      );
    case "flags":
      return map(true, false, [null]);
    case "list": {
      const kinds = type.fields.flatMap((field) =>
        field.kind === "enum" && field.name === "kind" ? field.values.map(({ code }) => code) : [],
      );
      const items = (years: readonly number[], kind: unknown) => years.map((year) => ({ kind, year }));
      const of = (marks: Marks) => items(yearsMarked(marks, "good"), accepted[0]);
      return {
        of,
        with: (marks, year) => kinds.map((kind) => [...of(marks).filter((item) => item.year !== year), { kind, year }]),
      };
    }
    default:
      return { of: (marks) => yearsMarked(marks, "good"), with: () => [] };
  }
}

interface YearRule {
  readonly sources: readonly ProbedSource[];
  readonly first: number;
  readonly last: number;
  readonly every: boolean;
  /** Good years asked, in a row or not. */
  readonly count: number;
}

export function yearProbes({ sources, first, last, every, count }: YearRule): Facts[] {
  const window = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const around = [first - 1, ...window, last + 1];
  const marks = (good: readonly number[], missing: readonly number[] = []) =>
    new Map<number, YearMark>(
      around.map((year) => [year, missing.includes(year) ? "missing" : good.includes(year) ? "good" : "bad"]),
    );
  // Just enough years: all of the window, or so many at its start and at its end.
  const enough = every ? [window] : [window.slice(0, count), window.slice(-count)];
  const states = enough.flatMap((good) => [
    marks(good),
    marks(around),
    ...good.flatMap((year) => {
      const fewer = good.filter((one) => one !== year);
      const other = around.filter((one) => !good.includes(one));
      return [
        marks(fewer),
        marks(good, [year]),
        // Another year in its place: next to the others or not, inside the window or beside it.
        ...other.map((one) => marks([...fewer, one])),
      ];
    }),
    marks(
      window,
      around.filter((year) => !window.includes(year)),
    ),
    marks([], window),
  ]);
  const records = sources.map((source) => ({ fact: source.fact, record: recordOf(source) }));
  const all = (value: (record: Record, index: number) => unknown) =>
    patch(Object.fromEntries(records.map(({ fact, record }, index) => [fact, value(record, index)])));
  const silent = all((record) => record.of(marks([])));
  const open = all(() => null);
  const [good = window] = enough;
  return distinct([
    open,
    ...records.flatMap(({ fact, record }) => [
      ...crossed(
        [silent],
        patches(fact, [
          ...states.map((state) => record.of(state)),
          ...good.flatMap((year) => record.with(marks(good), year)),
          null,
        ]),
      ),
      ...crossed([open], patches(fact, [record.of(marks(good)), record.of(marks([])), record.of(new Map())])),
    ]),
    // The years shared out between the sources.
    ...enough.map((years) =>
      all((record, index) => record.of(marks(years.filter((_, position) => position % sources.length === index)))),
    ),
  ]);
}
