/** `places`: the balance of places of a proposed list between regions and trades. */
import type { Command } from "commander";
import { fullScope } from "../access/scope.ts";
import { loadLibrary } from "../library.ts";
import { placesBalance } from "../tables.ts";
import { command, countArgument, dataOption, write, yearArgument } from "./command.ts";
import { withDecidedStore } from "./database.ts";

interface PlacesOptions {
  readonly data?: string;
  readonly rulebook: string;
  readonly year: number;
  readonly total: number;
}

export const placesCommand = (): Command =>
  command("places", "名额均衡 · balance of places between regions and trades")
    .addOption(dataOption())
    .requiredOption("--rulebook <id>", "规则库 · rulebook")
    .requiredOption("--year <year>", "考评年度 · exam year", yearArgument)
    .requiredOption("--total <n>", "拟推荐总人数 · people on the proposed list", countArgument(1_000_000))
    .action(async ({ data, ...asked }: PlacesOptions) => {
      const library = await loadLibrary();
      await withDecidedStore({ data }, library, async (store) => {
        const balance = await store.read((c) => placesBalance(c, library, { ...asked, scope: fullScope }));
        await write(`${JSON.stringify(balance)}\n`);
      });
    });
