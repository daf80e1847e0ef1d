/** The real application on a real port with a real database; each test file has its own. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createSessions, type Sessions } from "../../server/access/sessions.ts";
import { createToken } from "../../server/access/tokens.ts";
import { forecastParts } from "../../server/api/forecast-parts.ts";
import { importParts } from "../../server/api/import-parts.ts";
import { createApp } from "../../server/app.ts";
import { loadLibrary } from "../../server/library.ts";
import { createLog } from "../../server/log.ts";
import type { Connection, Store } from "../../server/store/index.ts";
import { groundStore } from "../tables/ground.ts";

export interface TestServer {
  readonly origin: string;
  readonly store: Store;
  readonly sessions: Sessions;
  /** A good bearer token. */
  readonly token: string;
  /** Lines of the log. */
  readonly logged: string[];
  /** With the token, unless `init` has headers of its own. */
  get(path: string, init?: RequestInit): Promise<Response>;
  close(): Promise<void>;
}

interface Setting {
  readonly fill?: (c: Connection) => Promise<void>;
  readonly uploadLimitBytes?: number;
  readonly webDir?: string;
  readonly now?: () => number;
  /** Serves the database of another test server, as after a restart; closing this one leaves it open. */
  readonly again?: TestServer;
}

export async function startServer(setting: Setting = {}): Promise<TestServer> {
  const { fill, uploadLimitBytes = 1_000_000, webDir = "/nonexistent", now, again } = setting;
  const { store, remove } = again ? { store: again.store, remove: async () => {} } : await groundStore();
  if (fill) await store.transaction(fill);
  const token = await store.transaction((c) => createToken(c, again ? "test again" : "test"));
  const logged: string[] = [];
  const log = createLog({ json: true, sink: { write: (line) => void logged.push(line) } });
  const sessions = createSessions(now);
  const parts = { store, library: await loadLibrary(), sessions, log, uploadLimitBytes, webDir };
  const { background: _, close, ...computed } = forecastParts(parts);
  const server = createServer(createApp({ ...parts, ...computed, ...(await importParts(parts, now)) }));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    store,
    sessions,
    token,
    logged,
    get: (path, init = {}) =>
      fetch(`${origin}${path}`, { ...init, headers: { authorization: `Bearer ${token}`, ...init.headers } }),
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      await close();
      await remove();
    },
  };
}

/** A problem answer, checked for its shape. */
export async function problem(response: Response): Promise<Record<string, unknown>> {
  const body = (await response.json()) as Record<string, unknown>;
  const type = response.headers.get("content-type") ?? "";
  const message = body.message as { zh?: unknown; en?: unknown } | undefined;
  const whole =
    type.startsWith("application/problem+json") &&
    body.status === response.status &&
    typeof body.type === "string" &&
    typeof body.title === "string" &&
    body.detail === message?.en &&
    typeof message?.zh === "string";
  if (!whole) throw new Error(`no problem details: ${type} ${JSON.stringify(body)}`);
  return body;
}
