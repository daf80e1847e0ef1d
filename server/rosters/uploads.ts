/** Roster files that were sent once: the preview, the check, the marked workbook and the import all use the same one. */
import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { chmod, mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { z } from "zod";
import { AppError } from "../errors.ts";
import { maskIdentities } from "./identity.ts";

export interface Upload {
  /** Its id. */
  readonly upload: string;
  /** As the caller named it; identity numbers are masked. */
  readonly fileName: string;
  readonly bytes: number;
  readonly sha256: string;
  /** ISO instant, UTC: a day after its last use. */
  readonly expiresAt: string;
}

export interface UploadedFile extends Upload {
  readonly path: string;
}

const kept = z.object({ fileName: z.string(), bytes: z.int(), sha256: z.string() });
const isId = (text: string) => /^[0-9a-f-]{36}$/.test(text);

const hour = 3_600_000;
/** A file is kept this long after its last use, in milliseconds. */
const uploadAge = 24 * hour;
/** So many files and bytes at most; the one that was not used for longest goes first. */
const mostUploads = 50;
const mostBytes = 2_000_000_000;
/** Somebody is at work on a file that was used within this time, in milliseconds: it stays. */
const atWork = hour;

const unknown = (id: string) =>
  new AppError(
    "not-found",
    {
      zh: "上传的文件已清除（最后一次使用 24 小时后清除；超过 50 个或 2 GB 时，先清除一小时以上未用的），请重新选择文件",
      en: "the uploaded file was cleared (24 hours after its last use; beyond 50 files or 2 GB, those unused for an hour go first): choose it again",
    },
    { property: "upload", value: id },
  );

/**
 * The folder of uploads: `<id>` is the file, `<id>.json` what is known of it, and the file's time of change is its last use. It
 * survives a restart.
 */
export class Uploads {
  /** How many use a file at the moment: such a file stays. */
  readonly #users = new Map<string, number>();

  private constructor(
    private readonly folder: string,
    private readonly now: () => number,
  ) {}

  /** Clears what is too old or what a crash left half written, now and every hour. */
  static async open(folder: string, now: () => number = Date.now): Promise<Uploads> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await chmod(folder, 0o700);
    const uploads = new Uploads(folder, now);
    await uploads.#dropHalves();
    await uploads.sweep();
    setInterval(() => void uploads.sweep().catch(() => undefined), hour).unref();
    return uploads;
  }

  /** Takes a file over: it is moved into the folder. Throws busy when there is no room but that of files in use. */
  async keep(path: string, fileName: string): Promise<Upload> {
    const hash = createHash("sha256");
    await pipeline(createReadStream(path), hash);
    const { size: bytes } = await stat(path);
    const id = randomUUID();
    const about = { fileName: maskIdentities(fileName), bytes, sha256: hash.digest("hex") };
    await writeFile(this.#about(id), JSON.stringify(about));
    await rename(path, this.#path(id));
    await this.#touch(id);
    await this.#makeRoom(id);
    return { upload: id, ...about, expiresAt: new Date(this.now() + uploadAge).toISOString() };
  }

  /** Throws not-found. */
  async find(id: string): Promise<UploadedFile> {
    const path = this.#path(id);
    const usedAt = isId(id) ? await this.#usedAt(id) : undefined;
    if (usedAt === undefined || usedAt + uploadAge <= this.now()) throw unknown(id);
    const about = kept.parse(JSON.parse(await readFile(this.#about(id), "utf8")));
    return { upload: id, ...about, expiresAt: new Date(usedAt + uploadAge).toISOString(), path };
  }

  /** Calls `work` with a file, which stays until it is done; its day begins anew. Throws not-found. */
  async use<T>(id: string, work: (file: UploadedFile) => Promise<T>): Promise<T> {
    this.#users.set(id, (this.#users.get(id) ?? 0) + 1);
    try {
      const file = await this.find(id);
      await this.#touch(id);
      try {
        return await work(file);
      } finally {
        await this.#touch(id);
      }
    } finally {
      const users = (this.#users.get(id) ?? 1) - 1;
      if (users > 0) this.#users.set(id, users);
      else this.#users.delete(id);
    }
  }

  /** Throws not-found; conflict while an import uses the file. */
  async remove(id: string): Promise<void> {
    await this.find(id);
    if (this.#users.has(id)) {
      throw new AppError(
        "conflict",
        {
          zh: "文件正在使用，请等导入结束或取消导入后再删除",
          en: "the file is in use: wait for its import or cancel it",
        },
        { reason: "in-use" },
      );
    }
    await this.#drop(id);
  }

  /** Removes the files whose day is over. */
  async sweep(): Promise<void> {
    for (const { id, usedAt } of await this.#list()) {
      if (usedAt + uploadAge <= this.now() && !this.#users.has(id)) await this.#drop(id);
    }
  }

  readonly #path = (id: string) => join(this.folder, id);
  readonly #about = (id: string) => join(this.folder, `${id}.json`);

  /** Milliseconds since 1970; undefined when there is no such file. */
  async #usedAt(id: string): Promise<number | undefined> {
    return (await stat(this.#path(id)).catch(() => undefined))?.mtimeMs;
  }

  async #touch(id: string): Promise<void> {
    const seconds = this.now() / 1000;
    await utimes(this.#path(id), seconds, seconds);
  }

  async #list(): Promise<{ id: string; usedAt: number; bytes: number }[]> {
    const found: { id: string; usedAt: number; bytes: number }[] = [];
    for (const id of (await readdir(this.folder)).filter(isId)) {
      const file = await stat(this.#path(id)).catch(() => undefined);
      if (file) found.push({ id, usedAt: file.mtimeMs, bytes: file.size });
    }
    return found.sort((a, b) => a.usedAt - b.usedAt);
  }

  async #makeRoom(newest: string): Promise<void> {
    const all = await this.#list();
    let [files, bytes] = [all.length, all.reduce((sum, file) => sum + file.bytes, 0)];
    const isFull = () => files > 1 && (files > mostUploads || bytes > mostBytes);
    for (const file of all) {
      if (!isFull()) return;
      if (file.id === newest || this.#users.has(file.id) || file.usedAt + atWork > this.now()) continue;
      await this.#drop(file.id);
      files--;
      bytes -= file.bytes;
    }
    if (!isFull()) return;
    await this.#drop(newest);
    throw new AppError("busy", {
      zh: "一小时内使用过的上传文件已达上限（50 个或 2 GB），请等其中一些导入结束，或稍后再上传",
      en: "the files used within the last hour fill the room for uploads (50 files or 2 GB): try again later",
    });
  }

  async #drop(id: string): Promise<void> {
    await rm(this.#path(id), { force: true });
    await rm(this.#about(id), { force: true });
  }

  async #dropHalves(): Promise<void> {
    const names = new Set(await readdir(this.folder));
    for (const name of names) {
      const id = name.replace(/\.json$/, "");
      const whole = isId(id) && names.has(id) && names.has(`${id}.json`);
      if (!whole) await rm(join(this.folder, name), { recursive: true, force: true });
    }
  }
}
