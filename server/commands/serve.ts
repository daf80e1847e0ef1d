/** `serve` (npm start): builds what is missing, opens the database, listens, prints the sign-in link, stops cleanly. */
import { existsSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Command } from "commander";
import { createSessions } from "../access/sessions.ts";
import { forecastParts } from "../api/forecast-parts.ts";
import { importParts } from "../api/import-parts.ts";
import { createApp } from "../app.ts";
import { type Config, readConfig } from "../config.ts";
import { AppError, type Message } from "../errors.ts";
import { loadLibrary } from "../library.ts";
import { createLog } from "../log.ts";
import { loadReference } from "../reference/load.ts";
import { openStore } from "../store/index.ts";
import { command, dataDirOf, dataOption, fail } from "./command.ts";
import { databaseFile, prepare } from "./database.ts";
import { dropUnfinished, fillWithDemonstration } from "./demonstration.ts";
import { buildWeb, webDir } from "./web-build.ts";

/** Says a step, as a line for people or for machines. */
type Say = (text: Message, members?: Readonly<Record<string, unknown>>) => void;

const sayTo =
  (json: boolean): Say =>
  ({ zh, en }, members = {}) => {
    const line = json
      ? JSON.stringify({ level: 30, time: Date.now(), msg: en, ...members })
      : [zh, en, ...Object.values(members)].join(" · ");
    process.stdout.write(`${line}\n`);
  };

export const serveCommand = (): Command =>
  command("serve", "启动服务 · serve the dashboard and the API")
    .addOption(dataOption())
    .option("--json-log", "JSON 日志 · log as JSON lines")
    .action(async (options: { data?: string; jsonLog?: boolean }) => {
      const config = readConfig();
      await serve({ ...config, dataDir: dataDirOf(options), jsonLog: options.jsonLog ?? config.jsonLog });
    });

async function serve(config: Config): Promise<void> {
  const { dataDir, jsonLog, host, port } = config;
  const say = sayTo(jsonLog);
  // what would only fail after minutes of work is tried first
  await (await listen(createServer(), host, port)).close();
  await buildWeb(() => say({ zh: "构建页面…", en: "building the dashboard…" }));
  const library = await loadLibrary();
  await dropUnfinished(dataDir, () =>
    say({ zh: "上次生成演示数据未完成，重新生成", en: "the demonstration was left unfinished: making it again" }),
  );
  const isNew = !existsSync(databaseFile(dataDir));
  say({ zh: `打开数据库 ${dataDir}`, en: `opening the database in ${dataDir}` });
  const store = await openStore(dataDir, config);
  try {
    await store.transaction(loadReference);
    if (isNew) await fillWithDemonstration(store, library, config.demoWorkers, say);
    await prepare(store, library, () =>
      say({ zh: "规则库有更新，重新核验名册…", en: "rulebooks changed: deciding rosters anew…" }),
    );
    const sessions = createSessions();
    const log = createLog({ json: jsonLog });
    const { uploadLimitBytes } = config;
    const imports = await importParts({ store, library, log, uploadLimitBytes });
    const { background, close, ...computed } = forecastParts({ store, library, log });
    const parts = { store, library, sessions, log, uploadLimitBytes, webDir, ...computed, ...imports };
    const server = await listen(createServer(createApp(parts)), host, port);
    // Whoever still waits for a forecast is told at once; the database is closed when all answers are out.
    stopOnSignal(server, { stopWork: close, closeStore: () => store.close() }, say);
    if (config.prepareForecasts) background.start();
    say(
      { zh: "已就绪，请打开", en: "ready, open" },
      { url: `${originOf(server, host)}/sign-in?token=${sessions.issueSignInToken()}` },
    );
  } catch (error) {
    await store.close();
    throw error;
  }
}

function originOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo;
  const shown = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host.includes(":") ? `[${host}]` : host;
  return `http://${shown}:${port}`;
}

function listen(server: Server, host: string, port: number): Promise<Server> {
  return new Promise((done, refuse) => {
    server.once("error", (cause) => {
      const code = Reflect.get(cause, "code");
      const taken = code === "EADDRINUSE";
      refuse(
        new AppError(
          "conflict",
          {
            zh: taken ? `端口 ${port} 已被占用；可用 PORT 另选端口` : `无法在 ${host}:${port} 监听：${code}`,
            en: taken
              ? `port ${port} is in use; choose another with PORT`
              : `cannot listen on ${host}:${port}: ${code}`,
          },
          {},
          { cause },
        ),
      );
    });
    server.listen(port, host, () => done(server));
  });
}

/** Answers still under way get this long, milliseconds. */
const grace = 5_000;

interface Stopping {
  readonly stopWork: () => Promise<void>;
  readonly closeStore: () => Promise<void>;
}

function stopOnSignal(server: Server, { stopWork, closeStore }: Stopping, say: Say): void {
  let stopping = false;
  const stop = () => {
    if (stopping) process.exit(1);
    stopping = true;
    say({ zh: "正在停止…", en: "stopping…" });
    const stopped = stopWork();
    const force = setTimeout(() => server.closeAllConnections(), grace);
    server.close(() => {
      clearTimeout(force);
      // nothing but the closed database may hold the process
      stopped.then(closeStore).then(
        () => process.exit(0),
        (error) => {
          fail(error);
          process.exit(1);
        },
      );
    });
    server.closeIdleConnections();
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
}
