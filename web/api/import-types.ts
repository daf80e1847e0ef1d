/** What the pages about imports read of the API. Shapes of the server's own come from there. */
import type { RosterKind } from "../../server/rosters/report.ts";

export type {
  PreviewColumn,
  PreviewField,
  PreviewSheet,
  RosterPreview,
} from "../../server/rosters/preview.ts";
export type { ImportReport, Problem as RosterProblem, ProblemCount, RosterKind } from "../../server/rosters/report.ts";

/** A file the server keeps for a day. */
export interface UploadedFile {
  readonly upload: string;
  readonly fileName: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly expiresAt: string;
}

/** What a job is asked to do. */
export interface JobRequest {
  readonly upload: string;
  readonly kind: RosterKind;
  readonly year?: number;
  /** Unit, and code of the district, of rows that name none. */
  readonly unit?: string;
  readonly district?: string;
  /** Absent: every sheet that holds rows of the kind. */
  readonly sheet?: string;
  /** Heading as in the file → English name of the column; "" = not imported. */
  readonly mapping?: Readonly<Record<string, string>>;
  readonly dryRun: boolean;
}

export type JobState = "waiting" | "running" | "done" | "failed" | "cancelled";

/** A check or an import that goes on by itself. */
export interface ImportJob<Report> {
  readonly id: string;
  readonly upload: string;
  readonly fileName: string;
  readonly kind: RosterKind;
  readonly year: number | null;
  readonly unit: string | null;
  readonly district: string | null;
  readonly sheet: string | null;
  readonly mapping: Readonly<Record<string, string>>;
  readonly dryRun: boolean;
  readonly state: JobState;
  readonly phase: "read" | "load" | "decide" | null;
  readonly rows: number;
  readonly rowsExpected: number | null;
  readonly secondsLeft: number | null;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly cancellable: boolean;
  readonly report: Report | null;
  /** Problem details. */
  readonly problem: unknown;
}

/** What taking an import back did. */
export interface UndoReport {
  readonly importId: number;
  readonly undoes: number;
  readonly kind: RosterKind;
  readonly file: string;
  readonly rowsRemoved: number;
  readonly rowsRestored: number;
  readonly years: readonly number[];
  readonly version: number;
  readonly versionBefore: number;
}

/** An entry of the history, as far as the import page reads it. */
export interface ImportState {
  readonly id: number;
  readonly undoneBy: number | null;
  readonly undoable: boolean;
}
