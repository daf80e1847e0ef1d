/** How alike two short names are, for "did you mean". */
import { distance } from "fastest-levenshtein";
import { compact } from "./values.ts";

/** Share of the characters of both that they have in common, 0…1. */
function commonCharacters(a: string, b: string): number {
  const left = new Map<string, number>();
  for (const character of a) left.set(character, (left.get(character) ?? 0) + 1);
  let common = 0;
  for (const character of b) {
    const more = left.get(character) ?? 0;
    if (more === 0) continue;
    left.set(character, more - 1);
    common++;
  }
  return (2 * common) / (a.length + b.length);
}

/**
 * 0 (nothing in common) … 1 (the same). Chinese names are short and their characters carry the meaning, so characters in common
 * count as much as the order they stand in; a name that holds the other one whole is near it.
 */
export function similarity(one: string, other: string): number {
  const [a, b] = [compact(one).toLowerCase(), compact(other).toLowerCase()];
  if (a === b) return 1;
  if (a === "" || b === "") return 0;
  const [shorter, longer] = a.length < b.length ? [a, b] : [b, a];
  const edits = 1 - distance(a, b) / longer.length;
  const score = (commonCharacters(a, b) + edits) / 2;
  const held = shorter.length >= 2 && longer.includes(shorter) ? 0.4 + (0.5 * shorter.length) / longer.length : 0;
  return Math.min(0.99, Math.max(score, held));
}

/** Longer texts are no names; comparing them would only take time. */
const longest = 60;

/** Characters that both have: a single one is no likeness, 十级 is not 初级. */
const share = (a: string, b: string): number => Math.round((commonCharacters(a, b) * (a.length + b.length)) / 2);

/** The word most like the text, when it is alike enough to be meant (0.5 or more) and shares more than one character. */
export function nearestWord(text: string, words: Iterable<string>): string | undefined {
  if (text.length > longest) return undefined;
  let best: string | undefined;
  let bestScore = 0.5;
  for (const word of words) {
    const score = similarity(text, word);
    if (score >= bestScore && share(compact(text).toLowerCase(), compact(word).toLowerCase()) < 2) continue;
    if (score > bestScore || (score === bestScore && best === undefined)) [best, bestScore] = [word, score];
  }
  return best;
}
