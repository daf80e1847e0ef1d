/** Resident identity numbers (公民身份号码, GB 11643): checked, then kept only as a keyed hash and the last four characters. */
import { hash, randomBytes } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "../errors.ts";
import { parseDate } from "../rules/dates.ts";
import { compact } from "./values.ts";

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const checkCharacters = "10X98765432";

export interface Identity {
  /** 18 characters; 15-digit numbers are brought to the new form, so both spellings of one person hash alike. */
  readonly number: string;
  readonly birthDate: string;
  readonly sex: "male" | "female";
}

function checkCharacter(first17: string): string {
  let sum = 0;
  // 48 is "0". A plain loop: this is done for every row of a roster.
  for (let index = 0; index < 17; index++) sum += (weights[index] ?? 0) * (first17.charCodeAt(index) - 48);
  return checkCharacters[sum % 11] ?? "";
}

/** Why a text is no identity number. `precision`: a spreadsheet kept it as a number, and its last digits are gone. */
export type IdentityFault = "length" | "date" | "check" | "precision";

export type IdentityReading =
  | { readonly identity: Identity; readonly oldForm: boolean }
  | { readonly fault: IdentityFault };

const wrong = (fault: IdentityFault): IdentityReading => ({ fault });

/** Spreadsheets keep fifteen digits; the rest of an 18-digit number becomes 000, or the whole is shown as 3.2E+17. */
const lostDigits = /^\d{15}000$|^\d(?:\.\d+)?E\+1\d$/;

/** `text`: half-width, without spaces. */
export function readIdentity(text: string): IdentityReading {
  const found = text.replace(/^'/, "").toUpperCase();
  const oldForm = /^\d{15}$/.test(found);
  if (!oldForm && !/^\d{17}[\dX]$/.test(found)) return wrong(lostDigits.test(found) ? "precision" : "length");
  const first17 = oldForm ? `${found.slice(0, 6)}19${found.slice(6)}` : found.slice(0, 17);
  const number = first17 + checkCharacter(first17);
  const birthDate = `${first17.slice(6, 10)}-${first17.slice(10, 12)}-${first17.slice(12, 14)}`;
  if (!oldForm && found !== number) return wrong(lostDigits.test(found) ? "precision" : "check");
  if (!/^(19|20)/.test(birthDate) || !parseDate(birthDate)) return wrong("date");
  return { identity: { number, birthDate, sex: Number(first17[16]) % 2 === 1 ? "male" : "female" }, oldForm };
}

/** First six and last four characters; shorter texts only by their length. */
export function maskIdentity(text: string): string {
  return text.length >= 15 ? `${text.slice(0, 6)}********${text.slice(-4)}` : "*".repeat(text.length);
}

const wideDigits = /[\uff10-\uff19\uff38\uff58]/;
const digitRun = /\d{15,17}[\dXx]?/g;
/** What people write between the parts of a number. */
const between = "[\\s\\-‐-―−－_.·/]{0,3}";
const separators = /[\s\-‐-―−－_.·/]+/g;
const apart = (parts: readonly string[]) => parts.join(between);
const digits = (count: number): string[] => Array.from({ length: count }, () => "\\d");
/** With a date of birth where one belongs, so that years and dates in a row are none. */
const datedRun = new RegExp(
  `(?<!\\d)${apart([...digits(6), `(?:1${between}9|2${between}0)`, "\\d", "\\d", "[01]", "\\d", "[0-3]", ...digits(4), "[\\dXx]"])}(?!\\d)`,
  "g",
);
const oldRun = /(?<!\d)\d{6}[\s\-‐-―−－_.·/]{1,3}\d{2}[01]\d[0-3]\d[\s\-‐-―−－_.·/]{1,3}\d{3}(?!\d)/g;

/** Whether a number in parts is an identity number, be it a mistyped one; not two telephone numbers or two dates. */
function isApart(found: string): boolean {
  if ("identity" in readIdentity(found.replace(separators, ""))) return true;
  // No region begins so, but months do: 201507.
  if (/^(19|20)/.test(found)) return false;
  if (!/[^\d\sXx]/.test(found)) return true;
  const parts = found.split(separators);
  const cuts = parts.map((_, index) => parts.slice(0, index + 1).join("").length);
  return cuts.includes(6) || cuts.includes(14);
}

const narrowed = (text: string): string =>
  wideDigits.test(text) ? text.replace(/[\uff01-\uff5e]/g, (found) => found.normalize("NFKC")) : text;
const maskApart = (found: string): string => (isApart(found) ? maskIdentity(found.replace(separators, "")) : found);

/**
 * Replaces everything that looks like an identity number, in any width and spacing, with hyphens or without, by its first six and last
 * four characters.
 */
export function maskIdentities(text: string): string {
  if (text.length < 15) return text;
  const narrow = narrowed(text);
  const masked = narrow
    .replace(digitRun, maskIdentity)
    .replace(datedRun, maskApart)
    .replace(oldRun, (found) => maskIdentity(found.replace(separators, "")));
  // What holds none stays as it is written.
  return masked === narrow ? text : masked;
}

/** For what is kept: masks what has a date of birth inside, be it mistyped; the numbers of certificates and accounts stay. */
export function maskDated(text: string): string {
  if (text.length < 18) return text;
  const narrow = narrowed(text);
  const masked = narrow.replace(datedRun, maskApart);
  return masked === narrow ? text : masked;
}

/** Whether a text holds a valid identity number of 18 characters, in any spacing, or is one of 15 digits. */
export function holdsIdentity(text: string): boolean {
  if (text.length < 15) return false;
  const found = [...(compact(text).match(/\d{17}[\dXx]|^\d{15}$/g) ?? []), ...(narrowed(text).match(datedRun) ?? [])];
  return found.some((number) => "identity" in readIdentity(number.replace(separators, "")));
}

const isCode = (error: unknown, code: string) => error instanceof Error && "code" in error && error.code === code;

/** The key of this database folder (`id.key`, readable by its owner only), made on first use. A backup needs it as well. */
export async function identityKey(dataDir: string): Promise<Buffer> {
  const file = join(dataDir, "id.key");
  try {
    await writeFile(file, randomBytes(32), { flag: "wx", mode: 0o600 });
  } catch (error) {
    if (!isCode(error, "EEXIST")) throw error;
  }
  const key = await readFile(file);
  if (key.length !== 32) {
    throw new AppError("internal", {
      zh: `密钥文件 ${file} 已损坏（应为 32 字节）`,
      en: `key file ${file} is damaged (expected 32 bytes)`,
    });
  }
  return key;
}

const blockBytes = 64;

/** The two blocks of HMAC (RFC 2104) with room behind them for an identity number and for the inner hash. */
interface KeyBlocks {
  readonly key: Buffer;
  readonly inner: Buffer;
  readonly outer: Buffer;
}

function keyBlocks(key: Buffer): KeyBlocks {
  const inner = Buffer.alloc(blockBytes + 18, 0x36);
  const outer = Buffer.alloc(blockBytes + 32, 0x5c);
  key.forEach((byte, index) => {
    inner[index] = byte ^ 0x36;
    outer[index] = byte ^ 0x5c;
  });
  return { key, inner, outer };
}

let blocks: KeyBlocks | undefined;

/**
 * Keyed hash of an 18-character number, HMAC-SHA256 with the key of 32 bytes: joins rosters of different years without keeping the
 * number. Made of two plain hashes, which takes half the time of a Hmac object of its own for every row.
 */
export function hashIdentity(number: string, key: Buffer): string {
  if (number.length !== 18 || key.length !== 32)
    throw new RangeError("an identity number has 18 characters, its key 32 bytes");
  if (blocks?.key !== key) blocks = keyBlocks(key);
  const { inner, outer } = blocks;
  inner.write(number, blockBytes, "latin1");
  hash("sha256", inner, "buffer").copy(outer, blockBytes);
  return hash("sha256", outer, "hex");
}
