/** Where an import stands: the file, what was said about it, and the jobs made of it. Kept for the browser tab, so a reload goes on. */
import type { RosterKind } from "../../api/import-types.ts";

export const stepNames = ["choose", "match", "check", "publish"] as const;
export type StepName = (typeof stepNames)[number];

export interface SentFile {
  readonly upload: string;
  readonly fileName: string;
  readonly bytes: number;
}

export interface Flow {
  readonly step: StepName;
  readonly file: SentFile | null;
  /** Sent, and waiting for their turn. */
  readonly waiting: readonly SentFile[];
  readonly kind: RosterKind;
  /** Who said which kind it is: nobody yet, the columns of the file, or the clerk. */
  readonly kindBy: "nobody" | "file" | "clerk";
  readonly year: number | null;
  /** Of rows that name none. */
  readonly unit: string | null;
  /** Code, of rows that name none. */
  readonly district: string | null;
  /** Null: every sheet that holds rows of the kind. */
  readonly sheet: string | null;
  /** Heading as in the file → English name of the column; "" = not imported. */
  readonly mapping: Readonly<Record<string, string>>;
  readonly checkJob: string | null;
  readonly publishJob: string | null;
}

export const emptyFlow: Flow = {
  step: "choose",
  file: null,
  waiting: [],
  kind: "workers",
  kindBy: "nobody",
  year: null,
  unit: null,
  district: null,
  sheet: null,
  mapping: {},
  checkJob: null,
  publishJob: null,
};

export type ChangeFlow = (change: Partial<Flow> | ((flow: Flow) => Flow)) => void;

/** A file has arrived: the first one is begun with, the others wait. */
export const withFile = (flow: Flow, file: SentFile): Flow =>
  flow.file === null ? { ...flow, file } : { ...flow, waiting: [...flow.waiting, file] };

/** A corrected file takes the place of the one before; what was said about that one holds for it too. */
export const withCorrected = (flow: Flow, file: SentFile): Flow => ({
  ...flow,
  file,
  step: "match",
  checkJob: null,
  publishJob: null,
});

/** On to the next file, or to none. Headings matched by hand hold on: offices send the same workbook again and again. */
export function withNext({ waiting, kind, mapping }: Flow): Flow {
  const [next, ...rest] = waiting;
  return next ? { ...emptyFlow, kind, mapping, file: next, waiting: rest } : emptyFlow;
}

/** Back to the same file, for another of its sheets. Where each is of another unit, year and district are those of the last one. */
export const otherSheet = (flow: Flow): Flow => ({
  ...flow,
  step: "match",
  year: flow.unit === null ? null : flow.year,
  unit: null,
  sheet: null,
  checkJob: null,
  publishJob: null,
});

/** Something that a check rests on was said anew: the check must be made again. */
export const said = (change: Partial<Flow>): Partial<Flow> => ({ ...change, checkJob: null, publishJob: null });

/** The furthest step that can be gone to. */
export function reached({ file, checkJob, publishJob }: Flow): number {
  if (publishJob !== null) return 3;
  if (checkJob !== null) return 2;
  return file === null ? 0 : 1;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isFile = (value: unknown): value is SentFile =>
  isRecord(value) &&
  typeof value.upload === "string" &&
  typeof value.fileName === "string" &&
  typeof value.bytes === "number";

const textOrNull = (value: unknown): string | null => (typeof value === "string" ? value : null);

/** What was kept; anything strange in it begins anew. */
export function readFlow(kept: string | null): Flow {
  let value: unknown;
  try {
    value = JSON.parse(kept ?? "null");
  } catch {
    return emptyFlow;
  }
  if (!isRecord(value) || !isFile(value.file)) return emptyFlow;
  const { step, waiting, kind, kindBy, year, mapping } = value;
  const pairs = isRecord(mapping) ? Object.entries(mapping) : [];
  return {
    step: stepNames.find((name) => name === step) ?? "choose",
    file: value.file,
    waiting: Array.isArray(waiting) ? waiting.filter(isFile) : [],
    kind: kind === "applications" ? kind : "workers",
    kindBy: kindBy === "clerk" || kindBy === "file" ? kindBy : "nobody",
    year: typeof year === "number" ? year : null,
    unit: textOrNull(value.unit),
    district: textOrNull(value.district),
    sheet: textOrNull(value.sheet),
    mapping: Object.fromEntries(
      pairs.flatMap(([heading, name]) => (typeof name === "string" ? [[heading, name]] : [])),
    ),
    checkJob: textOrNull(value.checkJob),
    publishJob: textOrNull(value.publishJob),
  };
}
