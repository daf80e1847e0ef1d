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
}

export function placesOf(text: string, events: readonly Event[]): Places {
  const anchors = new Map<string, Node>();
  const duplicates: { path: Path; offset: number }[] = [];
  const nothing: Node = { offset: 0, entries: undefined, items: undefined };
  let position = 0;
  const next = (): Event | undefined => events[position++];

  const keep = (event: { anchorStart: number; anchorEnd: number }, node: Node): void => {
    if (event.anchorStart >= 0) anchors.set(text.slice(event.anchorStart, event.anchorEnd), node);
  };
  function alias(event: { anchorStart: number; anchorEnd: number }): Node {
    const target = anchors.get(text.slice(event.anchorStart, event.anchorEnd)) ?? nothing;
    return { ...target, offset: event.anchorStart - 1, written: target.offset };
  }

  function sequence(start: number, node: Node, items: Node[], path: Path): Node {
    for (let one = next(); one && one.type !== EVENT_ID.POP; one = next())
      items.push(read(one, [...path, items.length], start));
    return node;
  }

  function mapping(start: number, node: Node, entries: NonNullable<Node["entries"]>, path: Path): Node {
    for (let one = next(); one && one.type !== EVENT_ID.POP; one = next()) {
      const keyOffset = read(one, path, start).offset;
      const key = one.type === EVENT_ID.SCALAR ? getScalarValue(text, one) : "";
      if (entries.has(key)) duplicates.push({ path: [...path, key], offset: keyOffset });
      entries.set(key, { keyOffset, value: read(next(), [...path, key], keyOffset) });
    }
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
  return { root: read(first?.type === EVENT_ID.DOCUMENT ? next() : first, [], 0), duplicates };
}

/** The most values a text may come to once its aliases are followed. */
const mostValues = 1_000_000;

/** The first alias that repeats what it stands in, or more than anybody could read; where it stands. */
export function endlessAlias(text: string, events: readonly Event[]): number | undefined {
  /** By anchor: the values it stands for, without end while it is open. */
  const sizes = new Map<string, number>();
  const open: { readonly anchor: string | undefined; size: number }[] = [];
  const nameOf = ({ anchorStart, anchorEnd }: { anchorStart: number; anchorEnd: number }) =>
    anchorStart < 0 ? undefined : text.slice(anchorStart, anchorEnd);
  const count = (size: number) => {
    const around = open.at(-1);
    if (around) around.size += size;
  };
  for (const event of events) {
    if (event.type === EVENT_ID.ALIAS) {
      const size = sizes.get(nameOf(event) ?? "") ?? 1;
      if (size > mostValues) return event.anchorStart - 1;
      count(size);
    } else if (event.type === EVENT_ID.POP) {
      const closed = open.pop();
      if (closed?.anchor !== undefined) sizes.set(closed.anchor, closed.size);
      count(closed?.size ?? 0);
    } else if (event.type === EVENT_ID.SCALAR) {
      if (event.anchorStart >= 0) sizes.set(nameOf(event) ?? "", 1);
      count(1);
    } else {
      const anchor = event.type === EVENT_ID.DOCUMENT ? undefined : nameOf(event);
      if (anchor !== undefined) sizes.set(anchor, Number.POSITIVE_INFINITY);
      open.push({ anchor, size: 1 });
    }
  }
  return undefined;
}
