/** Parts of SQL expressions that are marked `perRow` (term.ts) and occur more than once → columns computed once per row. */
import { perRowBegins, perRowEnds } from "./term.ts";

/** Text between marked parts, and the parts. */
type Pieces = readonly (string | Part)[];

interface Part {
  readonly pieces: Pieces;
  /** Places in the distinct texts. */
  uses: number;
  name: string | undefined;
}

export interface Hoisted {
  /** The expressions, in order, over the columns of `over`. */
  readonly expressions: readonly string[];
  /** A relation with the columns of the given one and those of the parts. */
  over(relation: string): string;
}

/** Equal texts count as one occurrence, for they are computed as one already. The columns are called c0, c1 … */
export function hoist(expressions: readonly string[], prefix = "c"): Hoisted {
  const parts = new Map<string, Part>();

  function read(text: string): Pieces {
    const pieces: (string | Part)[] = [];
    let at = 0;
    for (;;) {
      const start = text.indexOf(perRowBegins, at);
      if (start < 0) return [...pieces, text.slice(at)];
      const end = closing(text, start + perRowBegins.length);
      pieces.push(text.slice(at, start), part(text.slice(start + perRowBegins.length, end)));
      at = end + perRowEnds.length;
    }
  }

  function part(text: string): Part {
    const known = parts.get(text) ?? { pieces: read(text), uses: 0, name: undefined };
    parts.set(text, known);
    known.uses++;
    return known;
  }

  const readTexts = new Map<string, Pieces>();
  for (const text of expressions) if (!readTexts.has(text)) readTexts.set(text, read(text));

  /** Layer of a part's column: above those of the parts inside it. 0: the relation itself. */
  const depth = (pieces: Pieces): number =>
    Math.max(0, ...pieces.map((one) => (typeof one === "string" ? 0 : depth(one.pieces) + (one.uses > 1 ? 1 : 0))));
  const layers: Part[][] = [];
  for (const one of parts.values()) {
    if (one.uses < 2) continue;
    one.name = `${prefix}${layers.flat().length}`;
    const layer = depth(one.pieces);
    while (layers.length <= layer) layers.push([]);
    layers[layer]?.push(one);
  }
  const write = (pieces: Pieces): string =>
    pieces.map((one) => (typeof one === "string" ? one : (one.name ?? `(${write(one.pieces)})`))).join("");

  return {
    expressions: expressions.map((text) => write(readTexts.get(text) ?? [text])),
    over: (relation) =>
      layers.reduce(
        (below, layer) =>
          `(SELECT *, ${layer.map((one) => `${write(one.pieces)} AS ${one.name}`).join(", ")} FROM ${below})`,
        relation,
      ),
  };
}

/** Where the part that begins here ends. Throws when it does not. */
function closing(text: string, from: number): number {
  let open = 1;
  let at = from;
  for (;;) {
    const end = text.indexOf(perRowEnds, at);
    if (end < 0) throw new Error("a part marked per row has no end");
    const begin = text.indexOf(perRowBegins, at);
    if (begin >= 0 && begin < end) {
      open++;
      at = begin + perRowBegins.length;
    } else {
      open--;
      if (open === 0) return end;
      at = end + perRowEnds.length;
    }
  }
}
