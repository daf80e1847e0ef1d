/** Starts the real server as its user does, and reads the link it prints. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { program } from "../commands/run.ts";

export interface RunningServer {
  readonly signInUrl: string;
  readonly origin: string;
  /** Every line printed so far. */
  readonly lines: readonly string[];
  /** Ends it as Ctrl-C or the system does; the exit code. */
  stop(): Promise<number | null>;
}

/** `dataDir` without a database gets the demonstration; forecasts are computed before anybody asks with `prepare` only. Rejects when the server ends before it listens. */
export async function startServer(
  dataDir: string,
  port = 0,
  { prepare = false, demoWorkers }: { readonly prepare?: boolean; readonly demoWorkers?: number } = {},
): Promise<RunningServer> {
  const child: ChildProcess = spawn(process.execPath, [program, "serve"], {
    env: {
      ...process.env,
      GONGKAO_DATA: dataDir,
      PORT: String(port),
      HOST: "127.0.0.1",
      GONGKAO_PREPARE: String(prepare),
      GONGKAO_DEMO_WORKERS: String(demoWorkers ?? ""),
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines: string[] = [];
  if (!child.stdout) throw new Error("no output of the server");
  const reader = createInterface({ input: child.stdout });
  const signInUrl = await new Promise<string>((done, refuse) => {
    reader.on("line", (line) => {
      lines.push(line);
      const url = /http:\/\/\S+sign-in\S+/.exec(line)?.[0];
      if (url) done(url);
    });
    child.once("exit", (code) => refuse(new Error(`the server ended with ${code}: ${lines.join("\n")}`)));
  });
  return {
    signInUrl,
    origin: new URL(signInUrl).origin,
    lines,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
      return child.exitCode;
    },
  };
}
