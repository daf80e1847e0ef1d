/**
 * Sessions of the dashboard, in memory: a restart signs everybody out, which is right for a desk tool on one machine. Whoever
 * started the server holds its one-time sign-in token and becomes the local operator.
 */
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { type Caller, fullScope } from "./scope.ts";

const hour = 3_600_000;
/** A session ends after this long without a request, in milliseconds. */
export const idleLimit = 12 * hour;
/** The sign-in link works for this long, in milliseconds. */
export const signInLimit = 24 * hour;

export interface Session extends Caller {
  readonly id: string;
}

/** Whoever holds the link that the server printed. */
const localOperator = "本机操作员";

export interface Sessions {
  /** A fresh one-time token; earlier ones stay good until used or too old. */
  issueSignInToken(): string;
  /** Uses the token up; undefined when it is unknown, used or too old. */
  signIn(token: string): Session | undefined;
  /** The live session with this id, whose idle time starts anew. */
  find(id: string): Session | undefined;
  end(id: string): void;
}

const digest = (text: string) => createHash("sha256").update(text).digest();
/** 256 random bits, fit for a URL. */
export const randomToken = () => randomBytes(32).toString("base64url");

export function createSessions(now: () => number = Date.now): Sessions {
  let signIns: { hash: Buffer; until: number }[] = [];
  const live = new Map<string, { session: Session; until: number }>();

  const forgetOld = () => {
    for (const [key, { until }] of live) if (until <= now()) live.delete(key);
  };

  return {
    issueSignInToken() {
      const token = randomToken();
      signIns = [...signIns.filter(({ until }) => until > now()), { hash: digest(token), until: now() + signInLimit }];
      return token;
    },
    signIn(token) {
      const hash = digest(token);
      const known = signIns.find((one) => timingSafeEqual(one.hash, hash));
      if (!known) return undefined;
      signIns = signIns.filter((one) => one !== known);
      if (known.until <= now()) return undefined;
      forgetOld();
      const session: Session = { id: randomToken(), name: localOperator, scope: fullScope };
      live.set(session.id, { session, until: now() + idleLimit });
      return session;
    },
    find(id) {
      const entry = live.get(id);
      if (!entry) return undefined;
      if (entry.until <= now()) {
        live.delete(id);
        return undefined;
      }
      entry.until = now() + idleLimit;
      return entry.session;
    },
    end(id) {
      live.delete(id);
    },
  };
}
