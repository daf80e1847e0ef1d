/**
 * Strong Kleene logic. Outcomes are ordered unmet < unknown < met, so that "all" is the least and "any" the greatest; the
 * SQL back end uses the same numbers with least() and greatest().
 */
export const unmet = 0;
export const unknown = 1;
export const met = 2;
/** 0 unmet, 1 unknown, 2 met. */
export type Outcome = 0 | 1 | 2;

export function all(outcomes: Iterable<Outcome>): Outcome {
  let least: Outcome = met;
  for (const outcome of outcomes) if (outcome < least) least = outcome;
  return least;
}

export function any(outcomes: Iterable<Outcome>): Outcome {
  let greatest: Outcome = unmet;
  for (const outcome of outcomes) if (outcome > greatest) greatest = outcome;
  return greatest;
}

export function not(outcome: Outcome): Outcome {
  return (met - outcome) as Outcome;
}

export function fromBoolean(value: boolean): Outcome {
  return value ? met : unmet;
}

const names = ["unmet", "unknown", "met"] as const;
export type OutcomeName = (typeof names)[number];

export function outcomeName(outcome: Outcome): OutcomeName {
  return names[outcome];
}
