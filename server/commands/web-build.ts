/** Builds the dashboard when what is built is missing or older than its sources. */
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { AppError } from "../errors.ts";
import { ofProduct } from "../root.ts";

const root = fileURLToPath(ofProduct("."));

/** Folder of the built dashboard. */
export const webDir = join(root, "dist", "web");

/** When the newest of these files and folders was changed, milliseconds; 0 where there is none. */
async function newest(path: string): Promise<number> {
  const info = await stat(path).catch(() => undefined);
  if (!info) return 0;
  if (!info.isDirectory()) return info.mtimeMs;
  const inside = await Promise.all((await readdir(path)).map((name) => newest(join(path, name))));
  return Math.max(0, ...inside);
}

async function isStale(): Promise<boolean> {
  const built = await newest(join(webDir, "index.html"));
  if (built === 0) return true;
  const sources = await Promise.all(
    ["web", "vite.config.ts", "package-lock.json"].map((name) => newest(join(root, name))),
  );
  return Math.max(...sources) > built;
}

/** Builds when needed; `announce` is called first. Throws when the build fails. */
export async function buildWeb(announce: () => void): Promise<void> {
  if (!(await isStale())) return;
  announce();
  try {
    const { build } = await import("vite");
    await build({ root: join(root, "web"), configFile: join(root, "vite.config.ts"), logLevel: "error" });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AppError(
      "internal",
      { zh: `页面构建失败：${reason}`, en: `the dashboard could not be built: ${reason}` },
      {},
      { cause },
    );
  }
}
