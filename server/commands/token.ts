/** `token create`: an API token for scripts, printed once. */
import type { Command } from "commander";
import { createToken } from "../access/tokens.ts";
import { command, dataOption, tell, write } from "./command.ts";
import { withStore } from "./database.ts";

export const tokenCommand = (): Command =>
  command("token", "访问令牌 · API tokens").addCommand(
    command("create", "新建访问令牌，只显示一次 · make a token and print it once")
      .addOption(dataOption())
      .option("--name <name>", "名称 · what it is for", "script")
      .action(async (options: { data?: string; name: string }) => {
        const token = await withStore(options, { create: false }, (store) =>
          store.transaction((c) => createToken(c, options.name)),
        );
        await write(`${token}\n`);
        tell({ zh: "请妥善保存：令牌只显示这一次", en: "keep it: the token is shown only this once" });
      }),
  );
