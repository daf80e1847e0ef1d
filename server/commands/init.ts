/** `init`: an empty database, or the demonstration one. */
import type { Command } from "commander";
import { readConfig } from "../config.ts";
import { AppError } from "../errors.ts";
import { loadLibrary } from "../library.ts";
import { loadReference } from "../reference/load.ts";
import { examYears } from "../tables.ts";
import { command, dataDirOf, dataOption, tell } from "./command.ts";
import { withStore } from "./database.ts";
import { dropUnfinished, fillWithDemonstration } from "./demonstration.ts";

export const initCommand = (): Command =>
  command("init", "新建数据库 · make an empty database, or the demonstration one")
    .addOption(dataOption())
    .option("--demo", "写入演示数据 · with the demonstration rosters")
    .action(async (options: { data?: string; demo?: boolean }) => {
      if (options.demo) {
        await dropUnfinished(dataDirOf(options), () =>
          tell({
            zh: "上次生成演示数据未完成，重新生成",
            en: "the demonstration was left unfinished: making it again",
          }),
        );
      }
      await withStore(options, { create: true }, async (store) => {
        await store.transaction(loadReference);
        if (options.demo) {
          // the demonstration never mixes with somebody's own rosters
          if ((await store.read(examYears)).length > 0) {
            throw new AppError("conflict", {
              zh: `${store.dataDir} 中已有名册，不能再写入演示数据`,
              en: `${store.dataDir} holds rosters already: the demonstration is not added`,
            });
          }
          await fillWithDemonstration(store, await loadLibrary(), readConfig().demoWorkers, tell);
        }
        tell({ zh: `数据库已就绪：${store.dataDir}`, en: `the database is ready: ${store.dataDir}` });
      });
    });
