/** Resident identity numbers (公民身份号码, GB 11643): checked, then kept only as a keyed hash and the last four characters. */
import { createHmac, randomBytes } from "node:crypto";
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
  const sum = weights.reduce((total, weight, index) => total + weight * Number(first17[index]), 0);
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
/** With spaces between, only what has a date of birth where one belongs: 2019 2020 2021 2022 is no identity number. */
const spacedRun = /(?:\d\s?){6}(?:1\s?9|2\s?0)(?:\s?\d){2}\s?[01](?:\s?\d){1}\s?[0-3](?:\s?\d){4}\s?[\dXx]/g;

/** Replaces everything that looks like an identity number, in any width and spacing, by its first six and last four characters. */
export function maskIdentities(text: string): string {
  if (text.length < 15) return text;
  const narrow = wideDigits.test(text) ? text.replace(/[\uff01-\uff5e]/g, (found) => found.normalize("NFKC")) : text;
  return narrow.replace(digitRun, maskIdentity).replace(spacedRun, (found) => maskIdentity(found.replace(/\s/g, "")));
}

/** Whether a text holds a valid identity number of 18 characters, or is one of 15 digits. */
export function holdsIdentity(text: string): boolean {
  if (text.length < 15) return false;
  const found = compact(text).match(/\d{17}[\dXx]|^\d{15}$/g) ?? [];
  return found.some((number) => "identity" in readIdentity(number));
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
