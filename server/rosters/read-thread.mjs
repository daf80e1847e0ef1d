// The server runs TypeScript through tsx, and threads do not inherit it: it is started here before the reader itself.
import { register } from "tsx/esm/api";

register();
await import("./read-worker.ts");
