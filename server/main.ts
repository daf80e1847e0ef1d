/** The command line `gongkao`. Only the command that is called is loaded, so that a small one starts at once. */
import { Command, CommanderError } from "commander";
import { fail } from "./commands/command.ts";
import { usageFault } from "./commands/usage.ts";

const commands: Readonly<Record<string, () => Promise<Command>>> = {
  serve: async () => (await import("./commands/serve.ts")).serveCommand(),
  init: async () => (await import("./commands/init.ts")).initCommand(),
  import: async () => (await import("./commands/import.ts")).importCommand(),
  "roster-changes": async () => (await import("./commands/roster-changes.ts")).rosterChangesCommand(),
  quality: async () => (await import("./commands/quality.ts")).qualityCommand(),
  "unit-changes": async () => (await import("./commands/names.ts")).unitChangesCommand(),
  trades: async () => (await import("./commands/names.ts")).tradesCommand(),
  "trade-aliases": async () => (await import("./commands/names.ts")).tradeAliasesCommand(),
  imports: async () => (await import("./commands/undo-import.ts")).importsCommand(),
  "undo-import": async () => (await import("./commands/undo-import.ts")).undoImportCommand(),
  rulebooks: async () => (await import("./commands/rulebooks.ts")).rulebooksCommand(),
  evaluate: async () => (await import("./commands/evaluate.ts")).evaluateCommand(),
  score: async () => (await import("./commands/score.ts")).scoreCommand(),
  eligibility: async () => (await import("./commands/tables.ts")).eligibilityCommand(),
  quota: async () => (await import("./commands/tables.ts")).quotaCommand(),
  forecast: async () => (await import("./commands/forecast.ts")).forecastCommand(),
  scenarios: async () => (await import("./commands/scenarios.ts")).scenariosCommand(),
  "forecast-years": async () => (await import("./commands/forecast-years.ts")).forecastYearsCommand(),
  places: async () => (await import("./commands/places.ts")).placesCommand(),
  publicity: async () => (await import("./commands/publicity.ts")).publicityCommand(),
  "pass-rates": async () => (await import("./commands/tables.ts")).passRatesCommand(),
  bottlenecks: async () => (await import("./commands/bottlenecks.ts")).bottlenecksCommand(),
  backtest: async () => (await import("./commands/backtest.ts")).backtestCommand(),
  report: async () => (await import("./commands/report.ts")).reportCommand(),
  token: async () => (await import("./commands/token.ts")).tokenCommand(),
};

/** Usage errors end like all others: thrown, told in one line. */
function strict(command: Command): Command {
  command.exitOverride();
  command.configureOutput({
    outputError: (text, write) => {
      const { zh, en } = usageFault(text);
      write(`${zh} · ${en}\n`);
    },
  });
  for (const part of command.commands) strict(part);
  return command;
}

async function main(argv: readonly string[]): Promise<void> {
  const program = new Command("gongkao").description(
    "机关事业单位工勤技能岗位技术等级考评：规划与报表 · planning and reporting for the skill-grade assessment",
  );
  const called = commands[argv[2] ?? ""];
  for (const load of called ? [called] : Object.values(commands)) program.addCommand(await load());
  await strict(program).parseAsync([...argv]);
}

// a reader that has enough (head) is no failure
process.stdout.on("error", (error) => {
  if (Reflect.get(error, "code") === "EPIPE") process.exit(0);
  fail(error);
  process.exit();
});

try {
  await main(process.argv);
} catch (error) {
  if (!(error instanceof CommanderError)) fail(error);
  else if (error.exitCode !== 0) process.exitCode = 2;
}
