/** Headings that a clerk matched to a column by hand: remembered with the import, used for the next file. */
import { AppError, type Message } from "../errors.ts";
import type { Connection } from "../store/index.ts";
import { fieldsOf } from "./fields.ts";
import {
  describeTarget,
  keyOf,
  leftOut,
  type MatchedHeading,
  type Matcher,
  matcher,
  normaliseHeading,
} from "./match.ts";
import { cellAddress } from "./read-address.ts";
import type { Problem, RosterKind } from "./report.ts";
import { timestamp } from "./timestamp.ts";

export interface RememberedHeading {
  readonly kind: RosterKind;
  /** Without spaces, half-width, lower case: as `normaliseHeading` leaves it. */
  readonly heading: string;
  /** English name of the column. */
  readonly column: string;
  readonly who: string;
  /** ISO instant, UTC. */
  readonly changedAt: string;
}

/** Every remembered heading, or those of one kind. */
export function rememberedHeadings(c: Connection, kind: RosterKind | null = null): Promise<RememberedHeading[]> {
  return c.rows(
    `SELECT kind, heading, "column", who, "changedAt" FROM heading_mappings
     WHERE $kind::VARCHAR IS NULL OR kind = $kind::VARCHAR ORDER BY kind DESC, heading`,
    { kind },
  );
}

/** A remembered heading for people: with the name of its column. */
export function listedHeading(remembered: RememberedHeading): RememberedHeading & { readonly label: Message } {
  const { kind, column } = remembered;
  const field = matcher(kind)(column)?.field ?? fieldsOf(kind).find(({ name }) => name === column);
  return { ...remembered, label: field?.label ?? { zh: column, en: column } };
}

/** What headings of a file mean by hand: said with the import, or else remembered from an earlier one. */
export class HeadingMapping {
  readonly #explicit: ReadonlyMap<string, string>;
  readonly #remembered: ReadonlyMap<string, RememberedHeading>;
  readonly #used = new Map<string, string>();
  readonly match: Matcher;

  /** `explicit`: heading as in the file → English name of a column, checked. What is remembered of columns there are no more is left out. */
  constructor(
    kind: RosterKind,
    private readonly explicit: Readonly<Record<string, string>>,
    remembered: readonly RememberedHeading[] = [],
  ) {
    const plain = matcher(kind);
    this.#explicit = new Map(Object.entries(explicit).map(([heading, name]) => [normaliseHeading(heading), name]));
    this.#remembered = new Map(
      remembered
        .filter(({ heading, column }) => !this.#explicit.has(heading) && plain(column) !== undefined)
        .map((one) => [one.heading, one]),
    );
    const said = matcher(kind, Object.fromEntries(this.#explicit));
    const known = matcher(
      kind,
      Object.fromEntries([...this.#remembered.values()].map(({ heading, column }) => [heading, column] as const)),
    );
    this.match = (raw) => {
      const otherwise = said(raw);
      if (this.remembered(raw) === undefined) return otherwise;
      const target = known(raw);
      // What the heading means by itself needs no memory.
      if (!target || (otherwise && keyOf(otherwise) === keyOf(target))) return otherwise;
      return { ...target, rank: 0, remembered: { otherwise: otherwise ?? undefined } };
    };
  }

  /** The column that is remembered for a heading, where that is what counts. */
  remembered(heading: string): RememberedHeading | undefined {
    return this.#remembered.get(normaliseHeading(heading));
  }

  /** Notes what a heading row makes use of; gives a warning for each column that is taken from memory. */
  note({ columns }: MatchedHeading, row: number, sheet: string | null): Problem[] {
    return columns.flatMap(({ index, heading, target }): Problem[] => {
      const key = normaliseHeading(heading);
      const said = this.#explicit.get(key);
      if (said !== undefined) this.#used.set(key, said);
      const known = target.remembered && this.#remembered.get(key);
      if (!known) return [];
      const { zh, en } = describeTarget(target);
      const day = known.changedAt.slice(0, 10);
      return [
        {
          row,
          column: heading,
          value: heading,
          cell: cellAddress(index, row),
          ...(sheet === null ? {} : { sheet }),
          taken: known.column,
          code: "column-remembered",
          message: {
            zh: `列“${heading}”按以前的对照（${known.who}，${day}）录为“${zh}”`,
            en: `column "${heading}" was taken for ${en}, as ${known.who} matched it on ${day}`,
          },
          severity: "warning",
        },
      ];
    });
  }

  /** A warning for each heading that was matched with the import and stands nowhere in the file: most likely it is mistyped. */
  get unused(): Problem[] {
    return Object.entries(this.explicit).flatMap(([heading, name]): Problem[] =>
      name === leftOut || this.#used.has(normaliseHeading(heading))
        ? []
        : [
            {
              row: null,
              column: heading,
              value: heading,
              code: "mapping-unused",
              message: {
                zh: `列对照中的“${heading}”在文件中没有这一列，未用到`,
                en: `the mapping names "${heading}", which is no column of the file`,
              },
              severity: "warning",
            },
          ],
    );
  }

  /** What was said with the import and stands in the file. */
  get used(): ReadonlyMap<string, string> {
    return this.#used;
  }
}

/** Keeps headings for the next file; call inside the transaction of the import that used them. */
export async function rememberHeadings(
  c: Connection,
  kind: RosterKind,
  headings: ReadonlyMap<string, string>,
  who: string,
  now: Date,
): Promise<void> {
  for (const [heading, column] of headings) {
    await c.run("DELETE FROM heading_mappings WHERE kind = $kind AND heading = $heading", { kind, heading });
    await c.run(
      `INSERT INTO heading_mappings (kind, heading, "column", who, "changedAt")
       VALUES ($kind, $heading, $column, $who, $at::TIMESTAMP)`,
      { kind, heading, column, who, at: timestamp(now) },
    );
  }
}

/** Forgets what an import taught, unless somebody has said it again since. `at`: when it was published, ISO instant. */
export async function forgetTaught(c: Connection, kind: RosterKind, who: string, at: string): Promise<void> {
  await c.run(`DELETE FROM heading_mappings WHERE kind = $kind AND who = $who AND "changedAt" = $at::TIMESTAMP`, {
    kind,
    who,
    at: timestamp(new Date(at)),
  });
}

/** Forgets a heading, in whatever spelling. Throws not-found. */
export async function forgetHeading(c: Connection, kind: RosterKind, heading: string): Promise<void> {
  const key = normaliseHeading(heading);
  const known = (await rememberedHeadings(c, kind)).some((one) => one.heading === key);
  if (!known) {
    throw new AppError(
      "not-found",
      { zh: `没有记住列名“${heading}”`, en: `the heading "${heading}" is not remembered` },
      { property: "heading", value: heading },
    );
  }
  await c.run("DELETE FROM heading_mappings WHERE kind = $kind AND heading = $heading", { kind, heading: key });
}
