#!/usr/bin/env node
// CommonJS on purpose: it is loaded without touching libuv's thread pool, so the pool's size can still be set. Running
// DuckDB queries hold a pool thread each; with the default of four they would starve the file system.
process.env.UV_THREADPOOL_SIZE ??= "16";

const { start } = require("./compiled.cjs");

start("main").catch((error) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
