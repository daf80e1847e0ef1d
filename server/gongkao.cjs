#!/usr/bin/env node
// CommonJS on purpose: it is loaded without touching libuv's thread pool, so the pool's size can still be set. Running
// DuckDB queries hold a pool thread each; with the default of four they would starve the file system.
process.env.UV_THREADPOOL_SIZE ??= "16";

async function start() {
  const { register } = await import("tsx/esm/api");
  register();
  await import("./main.ts");
}

start().catch((error) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
