import { Worker } from "node:worker_threads";
import type { CheckProgress } from "../../gradcheck/checkOptions.js";
import { networkReport } from "../../gradcheck/network/networkReport.js";
import type { GradientReport } from "../../gradcheck/report.js";
import type { Output } from "../context.js";
import type { ModuleMessage, ModuleTask } from "./moduleThread.js";

/** Node's exit code where nothing is left that could settle what is awaited. */
const unsettled = 13;

export interface ThreadOptions {
  /** Seconds without a sign of life after which the thread is given up. */
  readonly timeout: number;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: CheckProgress) => void;
  /** Where the module's own output goes. */
  readonly output: Output;
}

/**
 * Checks a module in a thread of its own: whatever it does, loops, ends the process or runs out of memory, can be told and
 * stopped from here.
 */
export async function checkInThread(task: ModuleTask, options: ThreadOptions): Promise<GradientReport> {
  const { timeout, signal, onProgress, output } = options;
  signal.throwIfAborted();
  const worker = new Worker(new URL("./moduleThread.js", import.meta.url), {
    workerData: task,
    stdout: true,
    stderr: true,
  });
  for (const stream of [worker.stdout, worker.stderr])
    stream.setEncoding("utf8").on("data", (text) => output.write(text));
  let timer: NodeJS.Timeout | undefined;
  let stop = (): void => undefined;
  try {
    return await new Promise<GradientReport>((resolve, reject) => {
      const fail = (what: string): void => reject(new Error(`${task.file}: ${what}`));
      let doing = "loading it";
      const watch = (): void => {
        clearTimeout(timer);
        timer = setTimeout(
          () => fail(`${doing} took more than ${timeout} s (--timeout): an endless loop?`),
          timeout * 1000,
        );
      };
      stop = () => reject(signal.reason);
      signal.addEventListener("abort", stop);
      watch();
      worker.on("message", (message: ModuleMessage) => {
        watch();
        if (message.kind === "sign") doing = message.doing;
        else if (message.kind === "progress") onProgress(message.progress);
        else if (message.kind === "report") resolve(networkReport(message.report));
        else if (message.kind === "failed") reject(new Error(message.message));
      });
      worker.on("error", (error) => fail(`${error.name}: ${error.message}`));
      worker.on("exit", (code) => {
        const why = code === unsettled ? "it waits for a promise that nobody settles" : "does it call process.exit()?";
        fail(`ended before the check did, in ${doing}: ${why}`);
      });
    });
  } finally {
    signal.removeEventListener("abort", stop);
    await worker.terminate();
    // Not before: until it has ended, a last sign of life sets the timer again, and the process would wait for that.
    clearTimeout(timer);
  }
}
