/**
 * A zip file read by its directory, with bounds. Declared sizes are checked before anything is inflated, and the bytes are counted
 * while inflating, because the declared sizes can lie. What was read to its end has the checksum the directory says.
 */
import { pipeline } from "node:stream";
import { crc32, createInflateRaw } from "node:zlib";
import { AppError, badInput } from "../errors.ts";
import type { RosterFile } from "./read-file.ts";

export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly compressed: number;
  readonly size: number;
  readonly crc: number;
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
  badInput(`Excel 文件已损坏或不完整，请重新保存后再导入`, `the Excel file is damaged or incomplete (${why})`, {
    reason: "zip-damaged",
  });

const encrypted = () =>
  badInput("文件加了密码：请先取消密码，再另存为 .xlsx", "the file has a password: remove it and save it as .xlsx", {
    reason: "encrypted",
  });

const bomb = (why: string) =>
  new AppError(
    "too-large",
    { zh: "Excel 文件解压后过大，拒绝读取", en: `the Excel file unpacks to too much data, refused (${why})` },
    { reason: "zip-bomb" },
  );

const endSignature = 0x06054b50;
const end64Signature = 0x06064b50;
const locator64Signature = 0x07064b50;
const directorySignature = 0x02014b50;
const localSignature = 0x04034b50;
const unknown16 = 0xffff;
const unknown32 = 0xffffffff;
/** Longest directory that is read: 2,000 entries with names and extra fields of ordinary length. */
const longestDirectory = 4_000_000;

interface Directory {
  readonly count: number;
  readonly at: number;
  readonly length: number;
}

async function findDirectory(file: RosterFile): Promise<Directory> {
  const start = Math.max(0, file.size - 65_557);
  const tail = await file.read(start, 65_557);
  for (let at = tail.length - 22; at >= 0; at--) {
    if (tail.readUInt32LE(at) !== endSignature) continue;
    const found = {
      count: tail.readUInt16LE(at + 10),
      length: tail.readUInt32LE(at + 12),
      at: tail.readUInt32LE(at + 16),
    };
    const large = found.count === unknown16 || found.length === unknown32 || found.at === unknown32;
    return large ? await findLargeDirectory(file, tail, at) : found;
  }
  throw damaged("no central directory");
}

/** Programs that do not know the sizes beforehand write the long form, however small the file. */
async function findLargeDirectory(file: RosterFile, tail: Buffer, end: number): Promise<Directory> {
  if (end < 20 || tail.readUInt32LE(end - 20) !== locator64Signature) throw damaged("zip64");
  const record = await file.read(Number(tail.readBigUInt64LE(end - 20 + 8)), 56);
  if (record.length < 56 || record.readUInt32LE(0) !== end64Signature) throw damaged("zip64");
  return {
    count: Number(record.readBigUInt64LE(32)),
    length: Number(record.readBigUInt64LE(40)),
    at: Number(record.readBigUInt64LE(48)),
  };
}

/** Sizes and offset in the extra field with number 1, where the entry itself says "unknown". */
function largeSizes(entry: ZipEntry, extra: Buffer): ZipEntry {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue;
    const values = extra.subarray(at + 4, at + 4 + extra.readUInt16LE(at + 2));
    let next = 0;
    const take = (given: number): number => {
      if (given !== unknown32) return given;
      if (next + 8 > values.length) throw damaged(`${entry.name}: zip64`);
      next += 8;
      return Number(values.readBigUInt64LE(next - 8));
    };
    const size = take(entry.size);
    const compressed = take(entry.compressed);
    return { ...entry, size, compressed, offset: take(entry.offset) };
  }
  return entry;
}

/** The directory, checked against the limits. Throws AppError for a damaged or encrypted file or a bomb. */
export async function readDirectory(file: RosterFile, limits = workbookLimits): Promise<Map<string, ZipEntry>> {
  const { count, at: start, length } = await findDirectory(file);
  if (count > limits.entries) throw bomb(`${count} > ${limits.entries} entries`);
  if (length > longestDirectory) throw bomb("directory");
  if (start + length > file.size) throw damaged("central directory");
  const directory = await file.read(start, length);
  const entries = new Map<string, ZipEntry>();
  let total = 0;
  let packed = 0;
  let at = 0;
  for (let index = 0; index < count; index++) {
    if (at + 46 > length || directory.readUInt32LE(at) !== directorySignature) throw damaged("central directory");
    const nameEnd = at + 46 + directory.readUInt16LE(at + 28);
    const extraEnd = nameEnd + directory.readUInt16LE(at + 30);
    const entry = largeSizes(
      {
        name: directory.toString("utf8", at + 46, nameEnd).replaceAll("\\", "/"),
        method: directory.readUInt16LE(at + 10),
        crc: directory.readUInt32LE(at + 16),
        compressed: directory.readUInt32LE(at + 20),
        size: directory.readUInt32LE(at + 24),
        offset: directory.readUInt32LE(at + 42),
      },
      directory.subarray(nameEnd, extraEnd),
    );
    if (directory.readUInt16LE(at + 8) & 1) throw encrypted();
    if (entry.offset + 30 + entry.compressed > file.size) throw damaged(entry.name);
    total += entry.size;
    packed += entry.compressed;
    if (total > limits.total) throw bomb(`> ${limits.total} bytes`);
    // Entries that share their bytes: each looks harmless.
    if (packed > file.size) throw bomb("overlapping entries");
    if (entry.size > 1_000_000 && entry.size > entry.compressed * limits.ratio) throw bomb(`${entry.name}: ratio`);
    if (entries.has(entry.name)) throw damaged(`${entry.name} × 2`);
    entries.set(entry.name, entry);
    at = extraEnd + directory.readUInt16LE(at + 32);
  }
  return entries;
}

/** The bytes of an entry as they are packed. Throws AppError where the file is damaged. */
export async function packedBytes(file: RosterFile, entry: ZipEntry): Promise<AsyncGenerator<Buffer>> {
  const local = await file.read(entry.offset, 30);
  if (local.length < 30 || local.readUInt32LE(0) !== localSignature) throw damaged(entry.name);
  const start = entry.offset + 30 + local.readUInt16LE(26) + local.readUInt16LE(28);
  if (start + entry.compressed > file.size) throw damaged(entry.name);
  return file.pieces(start, start + entry.compressed);
}

async function* inflated(packed: AsyncGenerator<Buffer>, name: string): AsyncGenerator<Buffer> {
  const inflate = createInflateRaw({ chunkSize: 256 * 1024 });
  // What fails on the way destroys `inflate` with the error, and the loop below throws it.
  pipeline(packed, inflate, () => {});
  try {
    for await (const piece of inflate as AsyncIterable<Buffer>) yield piece;
  } catch (error) {
    throw error instanceof AppError ? error : damaged(name);
  } finally {
    inflate.destroy();
  }
}

/**
 * The bytes of an entry, piece by piece; reading may stop early. Throws AppError when there are more or fewer than declared, they
 * cannot be inflated, or the checksum differs.
 */
export async function* entryBytes(file: RosterFile, entry: ZipEntry): AsyncGenerator<Buffer> {
  if (entry.method !== 0 && entry.method !== 8) throw damaged(`${entry.name}: method ${entry.method}`);
  const packed = await packedBytes(file, entry);
  let seen = 0;
  let crc = 0;
  for await (const piece of entry.method === 0 ? packed : inflated(packed, entry.name)) {
    seen += piece.length;
    if (seen > entry.size) throw bomb(`${entry.name}: larger than declared`);
    crc = crc32(piece, crc);
    yield piece;
  }
  if (seen !== entry.size) throw damaged(entry.name);
  if (crc !== entry.crc) throw damaged(`${entry.name}: CRC`);
}
