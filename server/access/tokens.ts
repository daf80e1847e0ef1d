/** Tokens with which scripts call the API (`Authorization: Bearer …`). The database keeps only their hashes. */
import { createHash } from "node:crypto";
import type { Connection } from "../store/index.ts";
import { type Caller, fullScope } from "./scope.ts";
import { randomToken } from "./sessions.ts";

const prefix = "gk_";
const hashOf = (token: string) => createHash("sha256").update(token).digest("hex");

/** Makes a token and keeps its hash; the text returned is the only copy. Call inside a transaction. */
export async function createToken(c: Connection, name: string, now = new Date()): Promise<string> {
  const token = `${prefix}${randomToken()}`;
  await c.run('INSERT INTO api_tokens (name, hash, "createdAt") VALUES ($name, $hash, $now::TIMESTAMP)', {
    name,
    hash: hashOf(token),
    now: now.toISOString().replace("Z", ""),
  });
  return token;
}

/** The bearer of this token, by its name; undefined when nobody made it. */
export async function bearerOf(c: Connection, token: string): Promise<Caller | undefined> {
  if (!token.startsWith(prefix)) return undefined;
  const [known] = await c.rows<{ name: string }>("SELECT name FROM api_tokens WHERE hash = $hash", {
    hash: hashOf(token),
  });
  return known && { name: known.name, scope: fullScope };
}
