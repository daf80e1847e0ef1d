/** The uploads and the import jobs of an application. */
import { join } from "node:path";
import { ImportJobs, importRoster, ProblemFolder, Uploads } from "../rosters/index.ts";
import type { Parts } from "./parts.ts";
import { toAppError } from "./problem.ts";

/** Opens the folders `<data>/uploads` and `<data>/problems`; `now`: milliseconds since 1970. */
export async function importParts(
  { store, library, log, uploadLimitBytes }: Pick<Parts, "store" | "library" | "log" | "uploadLimitBytes">,
  now: () => number = Date.now,
): Promise<Pick<Parts, "uploads" | "jobs">> {
  const uploads = await Uploads.open(join(store.dataDir, "uploads"), now);
  const jobs = new ImportJobs({
    uploads,
    problems: await ProblemFolder.open(join(store.dataDir, "problems")),
    now,
    run: (path, options) => importRoster(store, library, path, { ...options, limitBytes: uploadLimitBytes }),
    onFailure(thrown, { id }) {
      const error = toAppError(thrown);
      // Only a server that is being stopped takes the database away from a job; nothing of it was written.
      if (error.code === "busy") log.info({ job: id }, "import stopped: the server is going down");
      else if (error.status >= 500) log.error({ err: error.cause ?? error, job: id }, error.text.en);
    },
  });
  return { uploads, jobs };
}
