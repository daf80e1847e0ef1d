/** `forecast`: the coming exam years. */
import type { Command } from "commander";
import { fullScope } from "../access/scope.ts";
import { loadLibrary } from "../library.ts";
import { forecastAnswer, forecastStatement, forecastTimeoutMs, parseBy } from "../tables.ts";
import { command, tell } from "./command.ts";
import { withDecidedStore } from "./database.ts";
import { type FutureOptions, withFutureOptions } from "./future-options.ts";
import { scenarioAssumptions } from "./scenarios.ts";
import { print } from "./tables.ts";

export const forecastCommand = (): Command =>
  withFutureOptions(command("forecast", "预测 · who can, who will and who passes in the coming exam years")).action(
    async ({ data, format, scenario, ...options }: FutureOptions) => {
      const by = parseBy(options.by);
      const library = await loadLibrary();
      await withDecidedStore({ ...(data === undefined ? {} : { data }) }, library, (store) =>
        store.read(
          async (c) => {
            const assumptions =
              scenario === undefined ? undefined : await scenarioAssumptions(c, library, scenario, options.origin);
            const answer = await forecastAnswer(c, library, { ...options, by, scope: fullScope, assumptions });
            for (const { text } of answer.basis) tell(text);
            await print(c, await forecastStatement(c, answer), format);
          },
          { timeoutMs: forecastTimeoutMs },
        ),
      );
    },
  );
