/** How far an import has come, in one line of a terminal that is written over; silent where nobody looks on. */
import type { WriteStream } from "node:tty";
import type { ImportProgress } from "../rosters/index.ts";

const phases: Readonly<Record<ImportProgress["phase"], string>> = {
  read: "读取 reading",
  load: "载入 loading",
  decide: "核验 deciding",
};

type Terminal = Pick<WriteStream, "isTTY" | "write">;

export interface ProgressLine {
  readonly show: (progress: ImportProgress) => void;
  /** Takes the line away, before anything else is written. */
  readonly clear: () => void;
}

const eraseLine = "\r\u001b[K";

export function progressLine(fileName: string, terminal: Terminal = process.stderr): ProgressLine {
  let shown = false;
  return {
    show: ({ phase, rows }) => {
      if (!terminal.isTTY) return;
      shown = true;
      terminal.write(`${eraseLine}${fileName} ${phases[phase]} ${rows.toLocaleString("en")}`);
    },
    clear: () => {
      if (shown) terminal.write(eraseLine);
      shown = false;
    },
  };
}
