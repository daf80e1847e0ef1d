/**
 * A zip file written as a stream. Parts of another zip file are copied as they are packed, byte for byte; libraries can only pack
 * anew. Names are UTF-8 and marked as such, so every Windows since 8 shows Chinese ones right.
 */
import { pipeline } from "node:stream";
import { crc32, createDeflateRaw } from "node:zlib";
import { AppError } from "../errors.ts";
import type { RosterFile } from "./read-file.ts";
import { packedBytes, type ZipEntry } from "./zip.ts";

type Content = Iterable<Buffer> | AsyncIterable<Buffer>;

interface Written {
  readonly name: Buffer;
  readonly method: number;
  readonly flags: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

const utf8 = 0x800;
const sizesFollow = 0x8;
const deflated = 8;
/** The short form holds no larger numbers. */
const longest = 0xffffffff;

/** MS-DOS date and time, UTC. */
function dosTime(at: Date): { readonly date: number; readonly time: number } {
  const year = Math.min(127, Math.max(0, at.getUTCFullYear() - 1980));
  return {
    date: (year << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate(),
    time: (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1),
  };
}

/** Yield what the methods give, in order, then `end()`. */
export class ZipStream {
  readonly #entries: Written[] = [];
  readonly #made: ReturnType<typeof dosTime>;
  #offset = 0;

  constructor(now: Date) {
    this.#made = dosTime(now);
  }

  /** A part of a zip file that is open, unchanged. */
  async *copy(file: RosterFile, entry: ZipEntry): AsyncGenerator<Buffer> {
    const { name, method, crc, compressed: packed, size } = entry;
    const written = { name: Buffer.from(name), method, flags: utf8, crc, packed, size, offset: this.#offset };
    yield this.#local(written);
    for await (const piece of await packedBytes(file, entry)) {
      this.#offset += piece.length;
      yield piece;
    }
    this.#entries.push(written);
  }

  /** Packs a new part; what `content` throws is thrown. */
  async *add(name: string, content: Content): AsyncGenerator<Buffer> {
    const offset = this.#offset;
    const flags = utf8 | sizesFollow;
    const bytes = Buffer.from(name);
    yield this.#local({ name: bytes, method: deflated, flags, crc: 0, packed: 0, size: 0, offset });
    const start = this.#offset;
    let crc = 0;
    let size = 0;
    async function* counted() {
      for await (const piece of content) {
        crc = crc32(piece, crc);
        size += piece.length;
        yield piece;
      }
    }
    const pack = createDeflateRaw({ level: 4, memLevel: 9, chunkSize: 65_536 });
    // What fails on the way destroys `pack` with the error, and the loop below throws it.
    pipeline(counted(), pack, () => {});
    try {
      for await (const piece of pack as AsyncIterable<Buffer>) {
        this.#offset += piece.length;
        yield piece;
      }
    } finally {
      pack.destroy();
    }
    const packed = this.#offset - start;
    const sizes = Buffer.alloc(16);
    sizes.writeUInt32LE(0x08074b50, 0);
    sizes.writeUInt32LE(crc, 4);
    sizes.writeUInt32LE(checked(packed), 8);
    sizes.writeUInt32LE(checked(size), 12);
    this.#offset += sizes.length;
    this.#entries.push({ name: bytes, method: deflated, flags, crc, packed, size, offset });
    yield sizes;
  }

  /** The directory. Nothing may follow. */
  end(): Buffer {
    const start = this.#offset;
    const records = this.#entries.map(({ name, method, flags, crc, packed, size, offset }) => {
      const record = Buffer.alloc(46);
      record.writeUInt32LE(0x02014b50, 0);
      record.writeUInt16LE(20, 4);
      record.writeUInt16LE(20, 6);
      record.writeUInt16LE(flags, 8);
      record.writeUInt16LE(method, 10);
      record.writeUInt16LE(this.#made.time, 12);
      record.writeUInt16LE(this.#made.date, 14);
      record.writeUInt32LE(crc, 16);
      record.writeUInt32LE(packed, 20);
      record.writeUInt32LE(size, 24);
      record.writeUInt16LE(name.length, 28);
      record.writeUInt32LE(checked(offset), 42);
      return Buffer.concat([record, name]);
    });
    const directory = Buffer.concat(records);
    const end = Buffer.alloc(22);
    end.writeUInt32LE(0x06054b50, 0);
    end.writeUInt16LE(records.length, 8);
    end.writeUInt16LE(records.length, 10);
    end.writeUInt32LE(directory.length, 12);
    end.writeUInt32LE(checked(start), 16);
    return Buffer.concat([directory, end]);
  }

  #local({ name, method, flags, crc, packed, size }: Written): Buffer {
    if (this.#entries.length >= 65_534) throw tooLarge();
    const header = Buffer.alloc(30);
    header.writeUInt32LE(0x04034b50, 0);
    header.writeUInt16LE(20, 4);
    header.writeUInt16LE(flags, 6);
    header.writeUInt16LE(method, 8);
    header.writeUInt16LE(this.#made.time, 10);
    header.writeUInt16LE(this.#made.date, 12);
    header.writeUInt32LE(crc, 14);
    header.writeUInt32LE(packed, 18);
    header.writeUInt32LE(size, 22);
    header.writeUInt16LE(name.length, 26);
    this.#offset += header.length + name.length;
    return Buffer.concat([header, name]);
  }
}

const tooLarge = () =>
  new AppError(
    "too-large",
    { zh: "生成的文件过大", en: "the file to write is too large" },
    { reason: "zip-too-large" },
  );

function checked(value: number): number {
  if (value >= longest) throw tooLarge();
  return value;
}
