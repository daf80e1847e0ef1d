/** Rows written straight into a real database, so that a test of the tables depends on nothing but them. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fillQuotas } from "../../server/eligibility/index.ts";
import { loadLibrary } from "../../server/library.ts";
import { type Connection, openStore, publish, type Store } from "../../server/store/index.ts";
import { emptyDatabase } from "../template.ts";

/** A store in a folder of its own with the reference tables; `remove` closes and deletes it. */
export async function groundStore(): Promise<{ store: Store; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), "gongkao-tables-"));
  await emptyDatabase(folder);
  const store = await openStore(folder, { memoryLimit: "512MB" });
  await store.transaction(async (c) => {
    await fillQuotas(c, await loadLibrary(), 2024, ["320612", "320613", "320411", "321012", "410802", "350102"]);
  });
  return {
    store,
    remove: async () => {
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/**
 * Workers of the roster of 2023 with decisions for exam year 2024 at every level, and applications of 2021 … 2024: spread by a
 * hash over districts, units (one name used in two districts), trades (some unknown), levels and outcomes.
 */
export async function scatter(c: Connection, workers: number): Promise<void> {
  const params = { workers };
  await c.run(
    `INSERT INTO workers ("rosterRow", "rosterYear", "workerId", name, district, unit, trade, level, "onPost",
       "birthDateFrom", "birthDateTo", "failedReviewYears", "importId", "sourceRow", "rowHash")
     SELECT i, 2023, 'W' || i, '工' || i,
       ['320612', '320613', '320411', '321012', '410802', '350102'][h(i, 1, 6)],
       ['第一中学', '水利站', '人民医院'][h(i, 2, 3)],
       CASE WHEN h(i, 3, 9) = 1 THEN NULL ELSE ['电工', '烹饪', '殡葬服务', '汽车驾驶与管理'][h(i, 3, 4)] END,
       ['none', 'junior', 'intermediate', 'senior', 'technician', 'technician'][h(i, 4, 6)],
       h(i, 5, 10) > 1,
       DATE '1970-01-01', CASE WHEN h(i, 6, 2) = 1 THEN DATE '1970-01-01' ELSE DATE '1970-12-31' END,
       CASE WHEN h(i, 7, 12) = 1 THEN 1::UBIGINT << 51 END,
       1, i, ''
     FROM (SELECT range AS i FROM range(1, $workers::INTEGER + 1))`.replaceAll(/h\(i, (\d+), (\d+)\)/g, hashText),
    params,
  );
  await c.run(
    `INSERT INTO eligibility ("rosterRow", "examYear", "targetLevel", rulebook, projected, decision, "planningDecision", module,
       unmet, unknown, blocking, "pathwaysMet", "pathwaysUnknown")
     SELECT w."rosterRow", 2024, level, 'jiangsu-2020', true, decision,
       CASE WHEN decision = 'undetermined' AND h(i, 13, 2) = 1 THEN 'eligible' ELSE decision END,
       CASE WHEN decision = 'eligible'
         THEN ['normal', 'normal', 'early', 'exceptional', 'transfer', 'reverification', 'direct'][h(i, 12, 7)] END,
       0, 0, 0, 0, 0
     FROM (
       SELECT "rosterRow", l.level, "rosterRow" * 7 + length(l.level) AS i,
         ['eligible', 'undetermined', 'ineligible', 'ineligible'][h(i, 11, 4)] AS decision
       FROM workers, (SELECT unnest(['junior', 'intermediate', 'senior', 'technician', 'seniorTechnician']) AS level) l
     ) w`.replaceAll(/h\(i, (\d+), (\d+)\)/g, hashText),
  );
  await c.run(
    `INSERT INTO applications ("examYear", "workerId", district, unit, trade, "targetLevel", module, "usesQuota",
       "comprehensiveReview", result, "importId", "sourceRow", "rowHash")
     SELECT 2021 + h(i, 21, 4) - 1, "workerId", district, unit, trade, 'seniorTechnician', 'normal',
       CASE h(i, 22, 8) WHEN 1 THEN true WHEN 2 THEN false END,
       CASE h(i, 23, 3) WHEN 1 THEN 'failed' ELSE 'passed' END,
       ['passed', 'failed', 'deferred', 'returned', NULL][h(i, 24, 5)], 1, "sourceRow", ''
     FROM (SELECT *, "rosterRow" AS i FROM workers WHERE level = 'technician')`.replaceAll(
      /h\(i, (\d+), (\d+)\)/g,
      hashText,
    ),
  );
  await publish(c, "test");
}

/** `h(i, salt, n)`: a number 1 … n that is the same in every run. */
function hashText(_all: string, salt: string, n: string): string {
  return `((hash(i * 1000 + ${salt}) % ${n})::INTEGER + 1)`;
}

export interface Placed {
  readonly unit?: string;
  readonly trade?: string | null;
  readonly district?: string;
}

const place = ({ unit = "甲单位", trade = "电工", district = "320612" }: Placed) => ({ unit, trade, district });

/** n technicians of 2023, on post unless told otherwise; numbers `${unit}-${trade}-1` … */
export async function technicians(c: Connection, n: number, where: Placed = {}, onPost = true): Promise<void> {
  await c.run(
    `INSERT INTO workers ("rosterRow", "rosterYear", "workerId", district, unit, trade, level, "onPost", "importId", "sourceRow",
       "rowHash")
     SELECT nextval('roster_rows'), 2023, $unit || '-' || coalesce($trade, '') || '-' || range, $district, $unit, $trade,
       'technician', $onPost, 1, 1, ''
     FROM range(1, $n::INTEGER + 1)`,
    { ...place(where), onPost, n },
  );
}

export interface Applied extends Placed {
  readonly workerId: string;
  readonly examYear?: number;
  readonly usesQuota?: boolean | null;
  readonly comprehensiveReview?: string | null;
  readonly result?: string | null;
  readonly targetLevel?: string;
}

/** One application of 2024 unless told otherwise. */
export async function applies(c: Connection, application: Applied): Promise<void> {
  const { workerId, examYear = 2024, usesQuota = null, comprehensiveReview = null, result = null } = application;
  await c.run(
    `INSERT INTO applications ("examYear", "workerId", district, unit, trade, "targetLevel", "usesQuota", "comprehensiveReview",
       result, "importId", "sourceRow", "rowHash")
     VALUES ($examYear, $workerId, $district, $unit, $trade, $targetLevel, $usesQuota, $comprehensiveReview, $result, 1, 1, '')`,
    {
      ...place(application),
      workerId,
      examYear,
      usesQuota,
      comprehensiveReview,
      result,
      targetLevel: application.targetLevel ?? "seniorTechnician",
    },
  );
}
