// A worker for tests of the pool: it echoes its task, or dies or fails as the task says.
import { existsSync, writeFileSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";

parentPort.on("message", ({ id, task }) => {
  const { echo, dieOnce, die, fail } = task;
  if (fail) return parentPort.postMessage({ id, failure: fail });
  if (dieOnce !== undefined && !existsSync(dieOnce)) {
    writeFileSync(dieOnce, "");
    process.exit(7);
  }
  if (die === "exit") process.exit(7);
  if (die === "throw") {
    setImmediate(() => {
      throw new Error("out of luck");
    });
    return;
  }
  parentPort.postMessage({ id, result: { echo, greeting: workerData } });
});
