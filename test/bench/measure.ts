/** What the benchmarks share: the machine they ran on, the clock and the processor, and lines to print. */
import { cpus, totalmem } from "node:os";

export const say = (text: string) => process.stdout.write(`${text}\n`);

export const machineLine = () =>
  `machine: ${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;

export interface Measured<T> {
  readonly value: T;
  /** By the clock. */
  readonly seconds: number;
  /** Of all threads of this process. */
  readonly cpuSeconds: number;
}

export async function measure<T>(work: () => T | Promise<T>): Promise<Measured<T>> {
  const before = process.cpuUsage();
  const started = performance.now();
  const value = await work();
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(before);
  return { value, seconds, cpuSeconds: (user + system) / 1e6 };
}

/** The quickest of several runs. */
export async function quickest<T>(runs: number, work: () => T | Promise<T>): Promise<Measured<T>> {
  let best = await measure(work);
  for (let run = 1; run < runs; run++) {
    const again = await measure(work);
    if (again.seconds < best.seconds) best = again;
  }
  return best;
}

export const whole = (number: number) => Math.round(number).toLocaleString("en");

/** "2,100,000 a second: 2.00 s, 3.60 s of CPU". */
export const speed = (count: number, { seconds, cpuSeconds }: Measured<unknown>) =>
  `${whole(count / seconds)} a second (${seconds.toFixed(2)} s, ${cpuSeconds.toFixed(2)} s of CPU)`;
