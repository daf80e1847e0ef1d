/** `evaluate`: facts from a file or standard input → one decision per line. */
import type { Command } from "commander";
import { evaluation } from "../evaluations.ts";
import { loadLibrary } from "../library.ts";
import { answerFacts, type FactsOptions, factsCommand } from "./answer-facts.ts";

export const evaluateCommand = (): Command =>
  factsCommand("evaluate", "资格核验 · decide workers from their facts").action(
    async ({ rulebooks, facts, ...asked }: FactsOptions) =>
      answerFacts(facts, evaluation(await loadLibrary(rulebooks), asked)),
  );
