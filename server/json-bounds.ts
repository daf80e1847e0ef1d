/** JSON from outside may be nested or long without end: what walks it by recursion, or quotes it, asks here first. */

import type { Message } from "./errors.ts";

/** Facts need three levels. */
const deepest = 32;
const longest = 200;

const partsOf = (value: unknown): unknown[] =>
  typeof value === "object" && value !== null
    ? Object.values(value).filter((part) => typeof part === "object" && part !== null)
    : [];

/** Whether lists and objects stand in each other further than any input needs. Looks level by level, never by recursion. */
export function tooDeep(json: unknown): boolean {
  let level = partsOf(json);
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepest) return true;
    level = level.flatMap(partsOf);
  }
  return false;
}

/** A text short enough to be quoted back. */
export const clip = (text: string, length = longest): string =>
  text.length > length ? `${text.slice(0, length - 1)}…` : text;

// a sentence may quote several names
const longestSentence = 2_000;

/** A message that may quote what was sent, short enough to be sent back. */
export const clipMessage = ({ zh, en }: Message): Message => ({
  zh: clip(zh, longestSentence),
  en: clip(en, longestSentence),
});

/** A value as it may stand in an error: itself, or the beginning of its text where it is long. */
export function quotable(value: unknown): unknown {
  if (typeof value === "string") return clip(value);
  if (typeof value !== "object" || value === null) return value;
  if (tooDeep(value)) return "…";
  const text = JSON.stringify(value);
  return text.length > longest ? clip(text) : value;
}
