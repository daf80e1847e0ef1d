// The thread of `read-apart.ts` where the sources run as they are; what is compiled has the compiled reader in this place.
import { start } from "../compiled.cjs";

await start("read-thread");
