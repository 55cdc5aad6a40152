// What each operation adds to the kernels, in bytes: `node kernels/sizes.js`. Every one is left out once, in 90 seconds of
// processor time; all cores take part.
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { isMainThread, parentPort, Worker } from "node:worker_threads";
import { gzipSync } from "node:zlib";
import { compile } from "./compile.js";
import { operationsIn } from "./operations.js";

const operations = operationsIn();
/** Kinds of operations of which an entry has kernels. */
const kindsOf = { "index.ts": ["steps", "losses", "optimizers"], "predict.ts": ["steps"] };

if (isMainThread) await report();
else parentPort.on("message", async (build) => parentPort.postMessage(await sizeOf(build)));

/** Bytes of an entry without an operation, or of all of it. */
async function sizeOf({ entry, without }) {
  const some = Object.entries(operations).map(([kind, list]) => [kind, list.filter(({ name }) => name !== without)]);
  const binary = await compile(entry, Object.fromEntries(some), entry === "predict.ts" ? [] : ["threads"]);
  return { bytes: binary.length, compressed: gzipSync(binary, { level: 9 }).length };
}

async function report() {
  const builds = Object.entries(kindsOf).flatMap(([entry, kinds]) => [
    { entry },
    ...kinds.flatMap((kind) => operations[kind].map(({ name }) => ({ entry, without: name }))),
  ]);
  const sizes = await inParallel(builds);
  let whole = sizes[0];
  for (const [k, { entry, without }] of builds.entries()) {
    if (without === undefined) {
      whole = sizes[k];
      console.log(`${entry}: ${whole.bytes} bytes, ${whole.compressed} compressed; of them`);
      continue;
    }
    const [bytes, compressed] = [whole.bytes - sizes[k].bytes, whole.compressed - sizes[k].compressed];
    console.log(`  ${without.padEnd(26)} ${String(bytes).padStart(6)} ${String(compressed).padStart(6)} compressed`);
  }
}

/** Sizes of builds, each core at one after the other. */
async function inParallel(builds) {
  const sizes = [];
  let next = 0;
  const work = async () => {
    const worker = new Worker(fileURLToPath(import.meta.url));
    const failed = new Promise((_, reject) => worker.on("error", reject));
    while (next < builds.length) {
      const k = next++;
      worker.postMessage(builds[k]);
      sizes[k] = await Promise.race([failed, new Promise((resolve) => worker.once("message", resolve))]);
    }
    await worker.terminate();
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return sizes;
}
