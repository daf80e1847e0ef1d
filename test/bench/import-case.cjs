/**
 * One import by the command line in a process that watches itself: `node import-case.cjs FILE FOLDER`, the folder of an empty database.
 * Prints the report on stdout and, at the end, a line of JSON on stderr: seconds by the clock from the start of the process and of the
 * processor, the peak of memory in bytes, and the longest time in milliseconds that other requests would have waited.
 */
const { monitorEventLoopDelay } = require("node:perf_hooks");

const [, , file, folder] = process.argv;
const delay = monitorEventLoopDelay({ resolution: 5 });
// Not while the program itself is loaded: a server is there already.
setTimeout(() => delay.enable(), 1_500).unref();
process.on("exit", () => {
  const { user, system } = process.cpuUsage();
  const measured = {
    seconds: process.uptime(),
    cpuSeconds: (user + system) / 1e6,
    memoryPeak: process.resourceUsage().maxRSS * 1024,
    longestWait: delay.max / 1e6,
    wait99: delay.percentile(99) / 1e6,
  };
  process.stderr.write(`${JSON.stringify(measured)}\n`);
});
process.argv.splice(1, 3, "gongkao", "import", file, "--kind", "workers", "--data", folder, "--json");
require("../../server/gongkao.cjs");
