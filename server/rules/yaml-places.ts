/** Where everything in a YAML text stands, from the parser's events. */
import { EVENT_ID, type Event, getScalarValue, SCALAR_STYLE } from "js-yaml";

export type Path = readonly (string | number)[];

/** A place in the text with what lies under it. Offsets count from 0. */
export interface Node {
  readonly offset: number;
  /** Of an alias: where that stands which it repeats. */
  readonly written?: number;
  readonly entries: Map<string, { readonly keyOffset: number; readonly value: Node }> | undefined;
  readonly items: Node[] | undefined;
}

export interface Places {
  readonly root: Node;
  /** Keys that stand twice in one mapping. */
  readonly duplicates: readonly { readonly path: Path; readonly offset: number }[];
  /** The first alias that repeats what it stands in, or so much that nothing could read it. */
  readonly endlessAlias: number | undefined;
}

/** The most values a text may come to once its aliases are followed. */
const mostValues = 1_000_000;

export function placesOf(text: string, events: readonly Event[]): Places {
  const anchors = new Map<string, Node>();
  const sizes = new Map<Node, number>();
  const duplicates: { path: Path; offset: number }[] = [];
  const nothing: Node = { offset: 0, entries: undefined, items: undefined };
  let endlessAlias: number | undefined;
  let position = 0;
  const next = (): Event | undefined => events[position++];

  const keep = (event: { anchorStart: number; anchorEnd: number }, node: Node): void => {
    if (event.anchorStart >= 0) anchors.set(text.slice(event.anchorStart, event.anchorEnd), node);
  };
  /** A collection is measured when it ends: an alias of one without a size stands inside it. */
  const measure = (node: Node, inner: Iterable<Node>): void => {
    let size = 1;
    for (const one of inner) size += sizes.get(one) ?? 1;
    sizes.set(node, size);
  };

  function alias(event: { anchorStart: number; anchorEnd: number }): Node {
    const target = anchors.get(text.slice(event.anchorStart, event.anchorEnd)) ?? nothing;
    const node = { ...target, offset: event.anchorStart - 1, written: target.offset };
    const size = sizes.get(target) ?? (target.items || target.entries ? Number.POSITIVE_INFINITY : 1);
    sizes.set(node, size);
    if (size > mostValues) endlessAlias ??= node.offset;
    return node;
  }

  function sequence(start: number, node: Node, items: Node[], path: Path): Node {
    for (let one = next(); one && one.type !== EVENT_ID.POP; one = next())
      items.push(read(one, [...path, items.length], start));
    measure(node, items);
    return node;
  }

  function mapping(start: number, node: Node, entries: NonNullable<Node["entries"]>, path: Path): Node {
    for (let one = next(); one && one.type !== EVENT_ID.POP; one = next()) {
      const keyOffset = read(one, path, start).offset;
      const key = one.type === EVENT_ID.SCALAR ? getScalarValue(text, one) : "";
      if (entries.has(key)) duplicates.push({ path: [...path, key], offset: keyOffset });
      entries.set(key, { keyOffset, value: read(next(), [...path, key], keyOffset) });
    }
    measure(
      node,
      [...entries.values()].map(({ value }) => value),
    );
    return node;
  }

  /** The next node. `empty`: where it stands when it is written as nothing. */
  function read(event: Event | undefined, path: Path, empty: number): Node {
    switch (event?.type) {
      case EVENT_ID.SCALAR: {
        const isQuoted = event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED;
        const offset = event.valueStart < 0 ? empty : event.valueStart - (isQuoted ? 1 : 0);
        const node: Node = { offset, entries: undefined, items: undefined };
        keep(event, node);
        return node;
      }
      case EVENT_ID.ALIAS:
        return alias(event);
      case EVENT_ID.SEQUENCE: {
        const items: Node[] = [];
        const node: Node = { offset: event.start, entries: undefined, items };
        keep(event, node);
        return sequence(event.start, node, items, path);
      }
      case EVENT_ID.MAPPING: {
        const entries: NonNullable<Node["entries"]> = new Map();
        const node: Node = { offset: event.start, entries, items: undefined };
        keep(event, node);
        return mapping(event.start, node, entries, path);
      }
      default:
        return nothing;
    }
  }

  const first = next();
  const root = read(first?.type === EVENT_ID.DOCUMENT ? next() : first, [], 0);
  const isEndless = (sizes.get(root) ?? 1) > mostValues;
  return { root, duplicates, endlessAlias: endlessAlias ?? (isEndless ? root.offset : undefined) };
}
