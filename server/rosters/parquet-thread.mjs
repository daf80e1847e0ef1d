// The thread of `parquet.ts` where the sources run as they are; what is compiled has the compiled reader in this place.
import { start } from "../compiled.cjs";

await start("parquet-thread");
