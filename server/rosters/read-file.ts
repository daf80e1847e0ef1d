/** A roster file on disk, read piece by piece: a large file is never held in memory. */
import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import { AppError, badInput } from "../errors.ts";

/** Small enough that parsing one takes a few milliseconds, so that other requests get their turn between two. */
const pieceSize = 64 * 1024;
const megabyte = 1024 * 1024;

const cutShort = () =>
  badInput("文件在读取时变短了，请关闭正在编辑它的程序后重试", "the file became shorter while it was read", {
    reason: "file-changed",
  });

export class RosterFile {
  private constructor(
    readonly path: string,
    private readonly handle: FileHandle,
    /** Bytes. */
    readonly size: number,
  ) {}

  /** @throws AppError too-large, naming the limit, before anything is read. */
  static async open(path: string, limitBytes: number): Promise<RosterFile> {
    const handle = await open(path);
    try {
      const { size } = await handle.stat();
      if (size > limitBytes) {
        const [mb, limit] = [Math.ceil(size / megabyte), Math.floor(limitBytes / megabyte)];
        throw new AppError(
          "too-large",
          { zh: `文件过大：${mb} MB，上限 ${limit} MB`, en: `the file is too large: ${mb} MB, at most ${limit} MB` },
          { reason: "file-too-large", bytes: size, limitBytes },
        );
      }
      return new RosterFile(path, handle, size);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** The bytes from `start` on, fewer where the file ends. */
  async read(start: number, length: number): Promise<Buffer> {
    const wanted = Math.max(0, Math.min(length, this.size - start));
    const buffer = Buffer.allocUnsafe(wanted);
    let filled = 0;
    while (filled < wanted) {
      const { bytesRead } = await this.handle.read(buffer, filled, wanted - filled, start + filled);
      if (bytesRead === 0) throw cutShort();
      filled += bytesRead;
    }
    return buffer;
  }

  /** The bytes from `start` up to `end`, piece by piece; each piece is the caller's own. */
  async *pieces(start = 0, end = this.size): AsyncGenerator<Buffer> {
    for (let at = start; at < end; at += pieceSize) yield await this.read(at, Math.min(pieceSize, end - at));
  }

  async sha256(look?: (piece: Buffer) => void): Promise<string> {
    const hash = createHash("sha256");
    for await (const piece of this.pieces()) {
      hash.update(piece);
      look?.(piece);
    }
    return hash.digest("hex");
  }

  /** Reading goes on no further; calling it again does nothing. */
  close(): Promise<void> {
    return this.handle.close();
  }
}
