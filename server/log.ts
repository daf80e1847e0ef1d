import { type Logger, pino } from "pino";

export type { Logger } from "pino";

/** Where lines go; standard error by default, so that standard output stays free for data. */
export interface LogSink {
  write(line: string): void;
}

const levelWords: Readonly<Record<number, string>> = {
  10: "trace",
  20: "debug",
  30: "info",
  40: "warn",
  50: "error",
  60: "fatal",
};

const known = new Set(["level", "time", "msg", "pid", "hostname", "err"]);

function stackOf(error: unknown): string {
  if (typeof error !== "object" || error === null) return "";
  const { stack, message } = error as { stack?: unknown; message?: unknown };
  return `\n${String(stack ?? message ?? "")}`;
}

/** One pino record as a line for people: local time, level unless info, message, further members, stack. */
export function humanLine(record: Readonly<Record<string, unknown>>): string {
  const time = new Date(Number(record.time)).toLocaleTimeString("sv-SE");
  const level = Number(record.level);
  const word = level === 30 ? "" : ` ${levelWords[level] ?? level}`;
  const members = Object.entries(record)
    .filter(([name]) => !known.has(name))
    .map(([name, value]) => ` ${name}=${typeof value === "string" ? value : JSON.stringify(value)}`)
    .join("");
  return `${time}${word} ${String(record.msg ?? "")}${members}${stackOf(record.err)}\n`;
}

/** A logger writing JSON lines, or lines for people. */
export function createLog({ json, sink = process.stderr }: { json: boolean; sink?: LogSink }): Logger {
  const human: LogSink = { write: (line) => sink.write(humanLine(JSON.parse(line) as Record<string, unknown>)) };
  return pino({ base: null }, json ? sink : human);
}
