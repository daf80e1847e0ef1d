/**
 * `node compile.mjs FOLDER [SOURCE…]`: compiles the parts of the server (see compiled.cjs), or other programs that use its sources, into
 * a folder of the product, which is emptied first.
 */
import { closeSync, fsyncSync, openSync, readdirSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { parts } from "./compiled.cjs";

const [folder, ...others] = process.argv.slice(2).map((path) => resolve(path));
const source = (name) => fileURLToPath(new URL(name, import.meta.url));
const programs =
  others.length > 0
    ? others.map((path) => [basename(path, ".ts"), path])
    : Object.entries(parts).map(([part, name]) => [part, source(name)]);

await build({
  configFile: false,
  root: source("."),
  logLevel: "error",
  // Libraries of many small files; the others load fast as they are, or hold native code (@duckdb/node-bindings).
  ssr: { noExternal: ["@duckdb/node-api", "apache-arrow", "commander", "csv-parse", "js-yaml", "zod"] },
  build: {
    ssr: true,
    target: "node20",
    minify: false,
    sourcemap: true,
    outDir: folder,
    emptyOutDir: true,
    rolldownOptions: {
      input: Object.fromEntries(programs),
      // All in one folder: a thread is started by its name beside whoever starts it.
      output: { entryFileNames: "[name].mjs", chunkFileNames: "[name]-[hash].mjs", sourcemapExcludeSources: true },
    },
  },
});

// On the disk before the folder gets its name: files half written when the power fails must not pass for a build.
for (const name of readdirSync(folder)) {
  const file = openSync(join(folder, name), "r+");
  fsyncSync(file);
  closeSync(file);
}
