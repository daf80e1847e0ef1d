/** Resident identity numbers (公民身份号码, GB 11643): checked, then kept only as a keyed hash and the last four characters. */
import { createHmac, randomBytes } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "../errors.ts";
import { parseDate } from "../rules/dates.ts";

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const checkCharacters = "10X98765432";

export interface Identity {
  /** 18 characters; 15-digit numbers are brought to the new form, so both spellings of one person hash alike. */
  readonly number: string;
  readonly birthDate: string;
  readonly sex: "male" | "female";
}

function checkCharacter(first17: string): string {
  const sum = weights.reduce((total, weight, index) => total + weight * Number(first17[index]), 0);
  return checkCharacters[sum % 11] ?? "";
}

/** `text`: half-width, without spaces. Undefined when it is no possible number (length, date, check character). */
export function parseIdentity(text: string): Identity | undefined {
  const found = text.replace(/^'/, "").toUpperCase();
  const first17 = /^\d{15}$/.test(found)
    ? `${found.slice(0, 6)}19${found.slice(6)}`
    : /^\d{17}[\dX]$/.test(found)
      ? found.slice(0, 17)
      : undefined;
  if (!first17) return undefined;
  const number = first17 + checkCharacter(first17);
  if (found.length === 18 && found !== number) return undefined;
  const birthDate = `${first17.slice(6, 10)}-${first17.slice(10, 12)}-${first17.slice(12, 14)}`;
  if (!parseDate(birthDate)) return undefined;
  return { number, birthDate, sex: Number(first17[16]) % 2 === 1 ? "male" : "female" };
}

/** Replaces everything that looks like an identity number by its first six and last four characters. */
export function maskIdentities(text: string): string {
  return text.replace(/\d{15,17}[\dXx]?/g, (found) => `${found.slice(0, 6)}********${found.slice(-4)}`);
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

/** Keyed hash of an 18-character number: joins rosters of different years without keeping the number. */
export function hashIdentity(number: string, key: Buffer): string {
  return createHmac("sha256", key).update(number).digest("hex");
}
