/** Shapes of the questions about rosters themselves: what was imported, what changed between years, how good the data is. */
import type { ImportReport, RosterKind } from "./import-types.ts";
import type { Message } from "./types.ts";

/** One line of the history: an import, or an import taken back. */
export interface ImportEntry {
  readonly id: number;
  readonly action: "import" | "undo";
  readonly kind: RosterKind;
  readonly file: string;
  readonly sha256: string;
  readonly who: string;
  /** Instant, UTC. */
  readonly importedAt: string;
  readonly version: number;
  readonly versionBefore: number;
  readonly years: readonly number[];
  /** Of an undo: which import. */
  readonly undoes: number | null;
  /** Of an import: the entry that undid it. */
  readonly undoneBy: number | null;
  readonly undoable: boolean;
  readonly report: EntryReport;
}

/** Of an undo: all counts 0 and no problems, but what it took out and put back. */
export type EntryReport = ImportReport & { readonly rowsRemoved?: number; readonly rowsRestored?: number };

/** Present when the table was asked for by them. */
export interface PlaceColumns {
  readonly district?: string;
  readonly districtName?: string;
  readonly unit?: string;
  readonly unitName?: string;
}

export const changeCounts = [
  "workersFrom",
  "workersTo",
  "joined",
  "left",
  "retired",
  "promoted",
  "moved",
  "movedIn",
  "movedOut",
  "movedDistrict",
  "movedUnit",
  "movedTrade",
  "renumbered",
  "impossible",
  "birthDateMoved",
  "sexChanged",
  "identityChanged",
  "levelFell",
  "workStartMoved",
  "levelDateEarlier",
  "levelDateTooEarly",
  "educationFell",
] as const;
export type ChangeCount = (typeof changeCounts)[number];
export type ChangeCounts = Readonly<Record<ChangeCount, number>>;

/** People; workersFrom + joined + movedIn − left − retired − movedOut = workersTo. */
export type ChangesRow = PlaceColumns & ChangeCounts & { readonly from: number; readonly to: number };

export interface ChangeKindInfo extends Message {
  readonly kind: string;
  readonly impossible: boolean;
  readonly explain: Message;
}

export interface ChangedPerson {
  readonly workerId: string;
  readonly workerIdBefore: string | null;
  readonly name: string | null;
  readonly sex: string | null;
  readonly birthDate: string | null;
  readonly side: "both" | "from" | "to";
  readonly fromDistrictName: string | null;
  readonly fromUnitName: string | null;
  readonly fromTrade: string | null;
  readonly fromLevel: string | null;
  readonly fromLevelObtainedOn: string | null;
  readonly toDistrictName: string | null;
  readonly toUnitName: string | null;
  readonly toTrade: string | null;
  readonly toLevel: string | null;
  readonly toLevelObtainedOn: string | null;
  readonly retirementMonth: string | null;
  readonly kinds: readonly string[];
  readonly changes: readonly {
    readonly code: string;
    readonly was: string;
    readonly now: string;
    readonly message: Message;
  }[];
}

/** Key facts as the quality table counts what is missing of each. */
export const missingCounts = [
  "missingBirthDate",
  "missingSex",
  "missingWorkStartedOn",
  "missingLevel",
  "missingLevelObtainedOn",
  "missingTrade",
  "missingEducation",
] as const;
export type MissingCount = (typeof missingCounts)[number];

export const qualityCounts = [
  "workers",
  "errorRows",
  "warningRows",
  "incompleteRows",
  "cleanRows",
  "errors",
  "warnings",
  "factsKnown",
  "factsExpected",
  ...missingCounts,
] as const;
export type QualityCounts = Readonly<Record<(typeof qualityCounts)[number], number>>;

export type QualityRow = PlaceColumns &
  QualityCounts & {
    readonly rosterYear: number;
    /** 0…1; null without workers. */
    readonly score: number | null;
  };

export type Severity = "error" | "warning";

export interface FindingCode extends Message {
  readonly code: string;
  readonly severity: Severity;
  readonly about: "worker" | "unit" | "application";
  readonly explain: Message;
  readonly findings: number;
}

/** `zh`, `en`: the sentence. */
export interface Finding extends Message {
  readonly rosterYear: number;
  readonly code: string;
  readonly severity: Severity;
  readonly about: "worker" | "unit" | "application";
  readonly workerId: string | null;
  readonly name: string | null;
  readonly district: string;
  readonly districtName: string;
  readonly unit: string;
  readonly unitName: string;
  readonly trade: string | null;
  readonly level: string | null;
  readonly importId: number | null;
  readonly file: string | null;
  readonly sheet: string | null;
  readonly sourceRow: number | null;
}

export interface Page<Row> {
  readonly total: number;
  readonly rows: readonly Row[];
}
