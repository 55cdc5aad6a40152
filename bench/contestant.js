// A build of gradproof in a process of its own that does a job in blocks, when it is asked to: `against.js` asks two of them
// in turns. The folder of the build is the first word.
import { loadBuild, workOf } from "./work.js";

/** Long enough for the clock and for what the event loop does between two blocks, short enough that drift cancels. */
const blockSeconds = 0.02;
const warmUpSeconds = 0.15;

const build = await loadBuild(process.argv[2]);
let work;

/** Seconds that so many take. */
async function timed(count) {
  const start = performance.now();
  await work(count);
  return (performance.now() - start) / 1000;
}

/** Warms up. Returns how many make a block. */
async function prepare(job) {
  const { engine } = build.openEngine(job.threads > 1 ? "wasm-threads" : "wasm", job.threads);
  work = await workOf(build, job, engine);
  const start = performance.now();
  let count = 1;
  for (;;) {
    const seconds = await timed(count);
    if (seconds < blockSeconds)
      count = Math.max(count + 1, Math.ceil(count * Math.min(10, (1.1 * blockSeconds) / seconds)));
    else if (performance.now() - start > warmUpSeconds * 1000) return count;
  }
}

process.on("message", async ({ job, count }) => {
  try {
    process.send(job ? { count: await prepare(job) } : { seconds: await timed(count) });
  } catch (error) {
    process.send({ failure: error.message });
  }
});
process.on("disconnect", () => process.exit());
process.send({});
