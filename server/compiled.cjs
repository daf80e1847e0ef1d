/**
 * Starts a part of the server: the command line, or one of the threads that read rosters. A part runs compiled, in a fifth of the time
 * that loading every source file by itself takes. What is compiled stands in dist/server, in a folder named by the sources it was made
 * of, so that it is never older than they are; it is made, in about a second, by whoever first misses it. Where nothing can be
 * written the sources run as they are, through tsx.
 */
const { spawnSync } = require("node:child_process");
const { createHash, randomUUID } = require("node:crypto");
const fs = require("node:fs");
const { join } = require("node:path");
const { pathToFileURL } = require("node:url");

/** What is started as a program of its own, and the source it begins with. */
const parts = {
  main: "main.ts",
  "read-thread": "rosters/read-worker.ts",
  "parquet-thread": "rosters/parquet-worker.ts",
};

const builds = join(__dirname, "..", "dist", "server");
/** Builds of other sources are kept for a day, milliseconds: a server that runs from one loads some of its files only later. */
const keptFor = 86_400_000;

/** Changes whenever a source does, or a library that is compiled with them. */
function fingerprint() {
  const sources = fs.readdirSync(__dirname, { recursive: true }).filter((name) => /\.(?:ts|cjs|mjs)$/.test(name));
  const hash = createHash("sha256");
  // npm writes that file anew whenever it changes what is installed
  for (const name of [...sources.sort(), join("..", "node_modules", ".package-lock.json")]) {
    const file = fs.statSync(join(__dirname, name), { throwIfNoEntry: false });
    if (file) hash.update(`${name} ${file.size} ${file.mtimeMs}\n`);
  }
  return hash.digest("hex").slice(0, 16);
}

/** Makes a build whole or not at all, also when several processes do so at once. */
function make(folder) {
  const making = join(builds, `making-${randomUUID()}`);
  fs.mkdirSync(making, { recursive: true });
  try {
    const args = [join(__dirname, "compile.mjs"), making];
    const { status } = spawnSync(process.execPath, args, { stdio: "ignore", windowsHide: true });
    if (status === 0) fs.renameSync(making, folder);
  } finally {
    fs.rmSync(making, { recursive: true, force: true });
  }
}

function dropOld(current) {
  for (const name of fs.readdirSync(builds)) {
    const folder = join(builds, name);
    const isOld = Date.now() - fs.statSync(folder).mtimeMs > keptFor;
    if (isOld && folder !== current) fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** The folder of what is compiled, made when it is missing; undefined when that cannot be. */
function compiled() {
  const folder = join(builds, fingerprint());
  const isThere = () => fs.existsSync(join(folder, "main.mjs"));
  if (isThere()) return folder;
  try {
    make(folder);
    dropOld(folder);
  } catch {
    // Read-only, or another process was faster, or something stands in the way: what counts is what is there now.
  }
  return isThere() ? folder : undefined;
}

/** Runs a part, by its name. Rejects when it cannot be loaded. */
async function start(part) {
  // Stack traces in the log of a server name the sources; nothing else shows any.
  if (process.argv[2] === "serve") process.setSourceMapsEnabled(true);
  const folder = compiled();
  if (folder) return import(pathToFileURL(join(folder, `${part}.mjs`)).href);
  const { register } = await import("tsx/esm/api");
  register();
  return import(pathToFileURL(join(__dirname, parts[part])).href);
}

if (require.main === module && !compiled()) throw new Error(`nothing could be compiled into ${builds}`);

module.exports = { compiled, parts, start };
