/** What one condition, and each of the parts it is made of, comes to for a worker, as data and in sentences. */
import type { Message } from "../errors.ts";
import { type Outcome, type OutcomeName, outcomeName, unknown, unmet } from "./kleene.ts";
import type { Person } from "./person.ts";
import type { Term, TermPart, TermSpec } from "./term.ts";

/** What planning takes an unknown as: met, or unmet; null: it stays unknown. */
export type Planning = "assume" | "exclude" | null;

export const planningOf = ({ planning }: Pick<TermSpec, "planning">): Planning => planning ?? null;

/** One of the parts of a condition that joins several, or offers several ways to meet it. */
export interface AlternativeResult {
  /** As `assumed` of the evaluation names it. */
  readonly id: string;
  readonly outcome: OutcomeName;
  /** What is asked, without what was found. */
  readonly asked: Message;
  readonly text: Message;
  readonly found: unknown;
  /** What was found, in words; null where nothing is looked for. */
  readonly foundText: Message | null;
  readonly required: unknown;
  readonly shortfall?: Message;
  readonly planning: Planning;
  /** Planning rests on taking it as met, or as unmet, though it is unknown. */
  readonly assumed: boolean;
  readonly alternatives?: readonly AlternativeResult[];
}

/** A sentence that what is found can follow; without facts nothing does. */
export function opening(asked: Message, facts: readonly string[]): Message {
  return facts.length > 0 ? { zh: `${asked.zh}；现为：`, en: `${asked.en}; found: ` } : asked;
}

/** What is found and how far short it is; `asked` is the opening of the sentence. */
export function tell(asked: Message, term: Term, outcome: Outcome, person: Person) {
  const { value, words } = term.found(person);
  const shortfall = outcome === unmet ? term.shortfall(person) : undefined;
  const text = term.facts.length > 0 ? withFound(asked, words, shortfall) : withShortfall(asked, shortfall);
  return { found: value, words, text, shortfall };
}

/** What was found in words; null where nothing is looked for. */
export const foundText = ({ facts }: Term, found: unknown, words: Message): Message | null =>
  facts.length > 0 || found !== null ? words : null;

function withFound(asked: Message, found: Message, short: Message | undefined): Message {
  return short
    ? { zh: `${asked.zh}${found.zh}；${short.zh}`, en: `${asked.en}${found.en} (${short.en})` }
    : { zh: asked.zh + found.zh, en: asked.en + found.en };
}

function withShortfall(asked: Message, short: Message | undefined): Message {
  return short ? { zh: `${asked.zh}；${short.zh}`, en: `${asked.en} (${short.en})` } : asked;
}

/**
 * The parts of a condition; undefined where there is one only. `assumed`: the parts that planning's reading of the whole rests
 * on, as the condition itself names them.
 */
export function alternativesOf(
  { parts }: Term,
  assumed: readonly string[],
  person: Person,
): AlternativeResult[] | undefined {
  return parts?.map((part) => alternative(part, assumed, person));
}

function alternative(part: TermPart, named: readonly string[], person: Person): AlternativeResult {
  const { id, term } = part;
  const { outcome } = term.judge(person);
  const { found, words, text, shortfall } = tell(opening(term.sentence, term.facts), term, outcome, person);
  // A marked part speaks for those inside it.
  const alternatives = alternativesOf(term, part.planning ? [] : named, person);
  return {
    id,
    outcome: outcomeName(outcome),
    asked: term.sentence,
    text,
    found,
    foundText: foundText(term, found, words),
    required: term.required,
    ...(shortfall && { shortfall }),
    planning: planningOf(part),
    assumed: isAssumed(part, named, person),
    ...(alternatives && { alternatives }),
  };
}

function isAssumed({ id, term, planning }: TermPart, named: readonly string[], person: Person): boolean {
  const { outcome, plan, assumed } = term.judge(person);
  if (planning === "exclude") return outcome === unknown && named.includes(id);
  if (planning === "assume") return plan === unknown && named.includes("");
  return assumed.some((name) => named.includes(name));
}
