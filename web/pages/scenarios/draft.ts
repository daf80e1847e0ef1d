/** Pure: what a planner is putting together ⇄ the address, so that it outlives a reload and can be sent on before it is saved. */
import type { Change, Scenario } from "./shapes.ts";

export interface Draft {
  readonly name: string;
  readonly note: string;
  readonly changes: readonly Change[];
  /** Version of the saved scenario that the draft began from; null when it is of none. */
  readonly version: number | null;
}

export const emptyDraft: Draft = { name: "", note: "", changes: [], version: null };

export const draftOf = ({ name, note, changes, version }: Scenario): Draft => ({
  ...{ name, note: note ?? "", changes, version },
});

/** Same words and the same changes; the version it began from does not count. */
export const isSame = (a: Draft, b: Draft): boolean =>
  a.name.trim() === b.name.trim() && a.note.trim() === b.note.trim() && sameChanges(a.changes, b.changes);

export const sameChanges = (a: readonly Change[], b: readonly Change[]): boolean => canonical(a) === canonical(b);

/** JSON with the keys in order: what comes back from the server may have them in another. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) =>
    typeof item === "object" && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
}

/** Longer ones are kept by the page only: mail programs and chats cut long addresses. */
const longest = 1500;

/** The draft as a word of the address; undefined when it would be too long. */
export function draftText({ name, note, changes, version }: Draft): string | undefined {
  const bytes = new TextEncoder().encode(JSON.stringify([name, note, changes, version]));
  const text = btoa(String.fromCharCode(...bytes.subarray(0, longest)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
  return bytes.length > longest || text.length > longest ? undefined : text;
}

const isChange = (value: unknown): value is Change =>
  typeof value === "object" && value !== null && "kind" in value && typeof value.kind === "string";

/** Undefined for what is no draft: a cut address begins anew. The server judges the changes themselves. */
export function readDraft(text: string | null): Draft | undefined {
  if (text === null || text === "") return undefined;
  try {
    const raw = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(raw, (letter) => letter.charCodeAt(0));
    const json: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    if (!Array.isArray(json)) return undefined;
    const [name, note, changes, version] = json as unknown[];
    if (typeof name !== "string" || typeof note !== "string" || !Array.isArray(changes)) return undefined;
    if (!changes.every(isChange)) return undefined;
    return { name, note, changes, version: typeof version === "number" ? version : null };
  } catch {
    return undefined;
  }
}
