/** `score`: facts from a file or standard input → one quantified score per line. */
import { type Command, Option } from "commander";
import { scoring } from "../evaluations.ts";
import { loadLibrary } from "../library.ts";
import { type Reading, readings } from "../rules/score-text.ts";
import { answerFacts, type FactsOptions, factsCommand } from "./answer-facts.ts";

export const scoreCommand = (): Command =>
  factsCommand("score", "量化考评 · quantified scores of workers from their facts")
    .addOption(
      new Option(
        "--reading <reading>",
        "技能类荣誉的计分口径 · how honours are read (default: the rulebook's own)",
      ).choices(readings),
    )
    .action(async ({ rulebooks, facts, ...asked }: FactsOptions & { readonly reading?: Reading }) =>
      answerFacts(facts, scoring(await loadLibrary(rulebooks), asked)),
    );
