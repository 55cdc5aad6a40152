// A build of gradproof in a process of its own that does a job in blocks, when it is asked to: `against.js` asks two of them
// in turns. The folder of the build is the first word.
import { processorSeconds } from "./processorSeconds.js";
import { loadBuild, workOf } from "./work.js";

/** Long enough for the clocks, short enough that drift cancels. */
const blockSeconds = 0.02;
const warmUpSeconds = 0.15;

let build;
let work;
let clock;

/** Seconds that so many take. */
async function timed(count) {
  const start = clock();
  await work(count);
  return clock() - start;
}

/** Warms up. Returns how many make a block. */
async function prepare(job) {
  // One thread is timed in processor time, several on the clock: there, waiting for each other is part of it.
  clock = job.threads > 1 ? () => performance.now() / 1000 : processorSeconds;
  // Builds before had a name of their own for the engine on threads.
  const engine = job.threads > 1 ? build.startThreads(job.threads) : "wasm";
  work = await workOf(build, job, engine);
  const start = clock();
  let count = 1;
  for (;;) {
    const seconds = await timed(count);
    if (seconds >= blockSeconds && clock() - start >= warmUpSeconds) return count;
    if (seconds < blockSeconds) count = Math.ceil(count * Math.min(10, (1.2 * blockSeconds) / seconds));
  }
}

/** Answers with what comes of something, or with why nothing does. */
async function answer(something) {
  try {
    process.send(await something());
  } catch (error) {
    process.send({ failure: error.message });
  }
}

process.on("message", ({ job, count }) =>
  answer(async () => (job ? { count: await prepare(job) } : { seconds: await timed(count) })),
);
process.on("disconnect", () => process.exit());
// The first answer says that it listens.
await answer(async () => {
  build = await loadBuild(process.argv[2]);
  return {};
});
