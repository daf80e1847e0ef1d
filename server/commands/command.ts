/** What the commands share: the data folder, writing results, and how a failure ends. */
import { resolve } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { readConfig } from "../config.ts";
import { AppError, type ErrorCode, type Message } from "../errors.ts";
import { clipMessage } from "../json-bounds.ts";

/** `--data DIR`; without it GONGKAO_DATA, without that data/local. */
export const dataOption = () =>
  new Option("--data <dir>", "数据目录 · folder of the database (default: GONGKAO_DATA or data/local)");

export const dataDirOf = (options: { readonly data?: string | undefined }): string =>
  options.data === undefined ? readConfig().dataDir : resolve(options.data);

/** Parses `--year`. */
export function yearArgument(text: string): number {
  if (/^\d{4}$/.test(text)) return Number(text);
  throw new InvalidArgumentError(`年度应为四位数字 · expected a four-digit year, not ${text}`);
}

/** Parses a count from 1 to `most`. */
export const countArgument =
  (most: number) =>
  (text: string): number => {
    if (/^\d{1,9}$/.test(text) && Number(text) >= 1 && Number(text) <= most) return Number(text);
    throw new InvalidArgumentError(`应为 1…${most} 的整数 · expected a whole number 1…${most}, not ${text}`);
  };

/** Writes to standard output and waits until it is taken, so that large results need no memory. */
export function write(chunk: string | Uint8Array): Promise<void> {
  return new Promise((done, fail) => {
    process.stdout.write(chunk, (error) => (error ? fail(error) : done()));
  });
}

/** A line for people on standard error: progress, summaries. */
export const tell = ({ zh, en }: Message) => process.stderr.write(`${zh} · ${en}\n`);

const inputFaults: readonly ErrorCode[] = ["bad-input", "not-found", "too-large"];

/** One line on standard error, and the exit code: 2 for bad input, 1 for failure. */
export function fail(error: unknown): void {
  if (error instanceof Error && Reflect.get(error, "code") === "EPIPE") return;
  const reason = error instanceof Error ? error.message : String(error);
  const { zh, en } = error instanceof AppError ? clipMessage(error.text) : { zh: "出错", en: `failed: ${reason}` };
  const text = `${zh} · ${en}`;
  process.stderr.write(`${text.replace(/\s*\n\s*/g, " ")}\n`);
  process.exitCode = error instanceof AppError && inputFaults.includes(error.code) ? 2 : 1;
}

/** A command whose usage errors end like all others: one line, exit code 2. */
export function command(name: string, summary: string): Command {
  return new Command(name).summary(summary).description(summary);
}
