/**
 * A zip file read by its directory, with bounds. Declared sizes are checked before anything is inflated, and the bytes are counted
 * while inflating, because the declared sizes can lie.
 */
import { createInflateRaw } from "node:zlib";
import { AppError } from "../errors.ts";

export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly compressed: number;
  readonly size: number;
  readonly offset: number;
}

export interface ZipLimits {
  readonly entries: number;
  /** Bytes, all entries together. */
  readonly total: number;
  /** Inflated ÷ compressed, for entries over a megabyte. */
  readonly ratio: number;
}

export const workbookLimits: ZipLimits = { entries: 2_000, total: 1_500_000_000, ratio: 400 };

const damaged = (why: string) =>
  new AppError(
    "bad-input",
    {
      zh: `Excel 文件已损坏或不完整（${why}），请重新保存后再导入`,
      en: `the Excel file is damaged or incomplete (${why})`,
    },
    { reason: "zip-damaged" },
  );

const bomb = (why: string) =>
  new AppError(
    "too-large",
    { zh: `Excel 文件解压后过大，拒绝读取（${why}）`, en: `the Excel file unpacks to too much data, refused (${why})` },
    { reason: "zip-bomb" },
  );

const endSignature = 0x06054b50;
const directorySignature = 0x02014b50;
const localSignature = 0x04034b50;

function endOfDirectory(file: Buffer): number {
  for (let at = file.length - 22; at >= Math.max(0, file.length - 65_557); at--) {
    if (file.readUInt32LE(at) === endSignature) return at;
  }
  throw damaged("no central directory");
}

/** The directory, checked against the limits. Throws AppError for a damaged file or a bomb. */
export function readDirectory(file: Buffer, limits: ZipLimits = workbookLimits): Map<string, ZipEntry> {
  const end = endOfDirectory(file);
  const count = file.readUInt16LE(end + 10);
  let at = file.readUInt32LE(end + 16);
  if (count > limits.entries) throw bomb(`${count} > ${limits.entries} entries`);
  const entries = new Map<string, ZipEntry>();
  let total = 0;
  for (let index = 0; index < count; index++) {
    if (at + 46 > file.length || file.readUInt32LE(at) !== directorySignature) throw damaged("central directory");
    const nameLength = file.readUInt16LE(at + 28);
    const entry: ZipEntry = {
      name: file.toString("utf8", at + 46, at + 46 + nameLength).replaceAll("\\", "/"),
      method: file.readUInt16LE(at + 10),
      compressed: file.readUInt32LE(at + 20),
      size: file.readUInt32LE(at + 24),
      offset: file.readUInt32LE(at + 42),
    };
    if (file.readUInt16LE(at + 8) & 1) throw damaged("encrypted");
    if (entry.offset + 30 + entry.compressed > file.length) throw damaged(entry.name);
    total += entry.size;
    if (total > limits.total) throw bomb(`> ${limits.total} bytes`);
    if (entry.size > 1_000_000 && entry.size > entry.compressed * limits.ratio) throw bomb(`${entry.name}: ratio`);
    entries.set(entry.name, entry);
    at += 46 + nameLength + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
  }
  return entries;
}

/** The bytes of an entry, piece by piece. Throws AppError when there are more or fewer than declared, or they cannot be inflated. */
export async function* entryBytes(file: Buffer, entry: ZipEntry): AsyncGenerator<Buffer> {
  if (file.readUInt32LE(entry.offset) !== localSignature) throw damaged(entry.name);
  const start = entry.offset + 30 + file.readUInt16LE(entry.offset + 26) + file.readUInt16LE(entry.offset + 28);
  const packed = file.subarray(start, start + entry.compressed);
  if (packed.length < entry.compressed) throw damaged(entry.name);
  if (entry.method === 0) {
    yield packed;
    return;
  }
  if (entry.method !== 8) throw damaged(`${entry.name}: method ${entry.method}`);
  const inflate = createInflateRaw({ chunkSize: 256 * 1024 });
  inflate.end(packed);
  let seen = 0;
  try {
    for await (const piece of inflate as AsyncIterable<Buffer>) {
      seen += piece.length;
      if (seen > entry.size) throw bomb(`${entry.name}: larger than declared`);
      yield piece;
    }
  } catch (error) {
    throw error instanceof AppError ? error : damaged(entry.name);
  } finally {
    inflate.destroy();
  }
  if (seen !== entry.size) throw damaged(entry.name);
}
