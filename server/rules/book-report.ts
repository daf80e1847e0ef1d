/** Collects the diagnostics of one rulebook file, each fault once, and knows what of the file can no longer be relied on. */
import { type Diagnostic, faultKinds } from "./diagnostic.ts";
import type { SpecFault } from "./spec-fault.ts";
import type { Path, YamlText } from "./yaml-text.ts";

const startsWith = (path: Path, start: Path) =>
  start.every((step, depth) => String(path[depth]) === String(step)) && path.length >= start.length;

export class BookReport {
  readonly diagnostics: Diagnostic[] = [];
  readonly #faulty: Path[] = [];
  readonly #told = new Set<string>();
  /** Original positions of what was kept of a list, where faulty entries were left out. */
  readonly #positions = new WeakMap<object, readonly number[]>();
  #kept: unknown;

  constructor(
    /** For messages. */
    readonly file: string,
    readonly text: YamlText,
  ) {
    for (const { name, path, line, column, message, suggestion } of text.faults) {
      // of a key that stands twice one value is lost: what is around it may lack a name
      this.#faulty.push(name === "duplicateKey" ? path.slice(0, -1) : path);
      const { code, severity } = faultKinds[name];
      this.diagnostics.push({ code, severity, file, line, column, message, suggestion });
    }
  }

  /** What was kept of the file's data. */
  get kept(): unknown {
    return this.#kept;
  }

  get hasErrors(): boolean {
    return this.diagnostics.some(({ severity }) => severity === "error");
  }

  /** Whether an error lies anywhere but in some top-level sections. */
  hasErrorsOutside(sections: readonly string[]): boolean {
    return this.#faulty.some(([section]) => !sections.includes(String(section)));
  }

  /** From now on paths mean positions in what was kept of the file. */
  keep(kept: unknown, positions: ReadonlyMap<object, readonly number[]>): void {
    this.#kept = kept;
    for (const [list, original] of positions) this.#positions.set(list, original);
  }

  /** Tells a fault at a path of what was kept; `at`: whether the key or the value is at fault. The same one is told once. */
  add(path: Path, { name, message, suggestion }: SpecFault, at: "key" | "value" = "value"): void {
    const original = this.#original(path);
    const { code, severity } = faultKinds[name];
    if (severity === "error") this.#faulty.push(original);
    const { line, column } = this.text.place(original, at);
    // the same path is told once whatever is said of it; what is written once and repeated by aliases, too
    const marks = [`${code} ${original.join("\n")}`, `${code} ${line} ${column} ${message.en}`];
    const isTold = marks.some((mark) => this.#told.has(mark));
    for (const mark of marks) this.#told.add(mark);
    if (isTold) return;
    this.diagnostics.push({ code, severity, file: this.file, line, column, message, suggestion });
  }

  /** What stands at a path cannot be relied on, without a fault of its own. */
  doubt(path: Path): void {
    this.#faulty.push(this.#original(path));
  }

  #original(path: Path): Path {
    let inner = this.#kept;
    return path.map((step) => {
      const positions = typeof inner === "object" && inner !== null ? this.#positions.get(inner) : undefined;
      inner = (inner as Readonly<Record<string | number, unknown>> | null | undefined)?.[step];
      return positions?.[Number(step)] ?? step;
    });
  }

  /** Whether an error lies at a path or below it: what stands there is not what was meant. */
  isFaulty(path: Path): boolean {
    const original = this.#original(path);
    return this.#faulty.some((one) => startsWith(one, original));
  }

  /** Whether an error lies exactly at a path or above it: what was meant to stand there may be missing. */
  isBroken(path: Path): boolean {
    const original = this.#original(path);
    return this.#faulty.some((one) => startsWith(original, one));
  }
}
