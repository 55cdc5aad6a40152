/**
 * The whole program of a worker thread, as text: it runs where no file can be counted on, in Node and in a browser alike.
 *
 * It puts the kernels on the shared memory, counts itself among those that have come, which is its number, and runs what thread 0
 * commands until it is told to stop. Where it fails, it says so in the control block (`failed` of `kernels/barrier.ts`), so that
 * nobody waits for it for ever.
 */
export const threadWorkerSource = `
function begin({ module, memory, workersAt, failedAt }) {
  const missing = () => { throw new Error("a thread has no product of the host"); };
  const env = { memory, gemm: missing, abort: missing };
  const words = new Int32Array(memory.buffer);
  try {
    const { work } = new WebAssembly.Instance(module, { env }).exports;
    work(Atomics.add(words, workersAt / 4, 1) + 1);
  } catch (error) {
    Atomics.store(words, failedAt / 4, 1);
    throw error;
  }
}
if (typeof require === "function") begin(require("node:worker_threads").workerData);
else onmessage = ({ data }) => { postMessage("ready"); begin(data); close(); };
`;
