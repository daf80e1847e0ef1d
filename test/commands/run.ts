/** Runs the command line as a process of its own, as a user does. */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

export const program = fileURLToPath(new URL("../../server/gongkao.cjs", import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly stdout: Buffer;
  readonly out: string;
  /** Lines of standard error. */
  readonly errors: readonly string[];
}

export function run(args: readonly string[], input = "", env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [program, ...args], { env: { ...process.env, ...env } });
    const out: Buffer[] = [];
    const errors: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => errors.push(chunk));
    child.on("error", fail);
    child.on("close", (code) => {
      const stdout = Buffer.concat(out);
      const lines = Buffer.concat(errors).toString().split("\n");
      done({ code, stdout, out: stdout.toString(), errors: lines.filter((line) => line !== "") });
    });
    child.stdin.end(input);
  });
}

/** The results of an NDJSON output. */
export const lines = (text: string): Record<string, unknown>[] =>
  text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
