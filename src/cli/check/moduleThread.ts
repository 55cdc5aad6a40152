import { parentPort, workerData } from "node:worker_threads";
import type { CheckOptions, CheckProgress } from "../../gradcheck/checkOptions.js";
import type { ReportData } from "../../gradcheck/report.js";
import { checkModule } from "./checkModule.js";
import { describeModuleError } from "./moduleError.js";

/** Options of a check that are data. */
export type ModuleOptions = Omit<CheckOptions, "signal" | "onProgress">;

/** What the thread is to check. */
export interface ModuleTask extends ModuleOptions {
  readonly file: string;
}

/** What the thread says: that it is alive, how far it is, and how it ended. */
export type ModuleMessage =
  | { readonly kind: "sign"; readonly doing: string }
  | { readonly kind: "progress"; readonly progress: CheckProgress }
  | { readonly kind: "report"; readonly report: ReportData }
  | { readonly kind: "failed"; readonly message: string };

/** Milliseconds between two signs of life. */
const signInterval = 100;

function say(message: ModuleMessage): void {
  parentPort?.postMessage(message);
}

let last = { doing: "", at: Number.NEGATIVE_INFINITY };
function sign(doing: string): void {
  const now = performance.now();
  if (doing === last.doing && now - last.at < signInterval) return;
  last = { doing, at: now };
  say({ kind: "sign", doing });
}

/** Settles when what the module has printed is on its way: a thread's output waits for the thread. */
async function printed(): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) {
    await new Promise<void>((resolve) => stream.write("", () => resolve()));
  }
}

const { file, ...options } = workerData as ModuleTask;
try {
  const onProgress = (progress: CheckProgress): void => say({ kind: "progress", progress });
  const report = await checkModule(file, { ...options, onProgress }, sign);
  await printed();
  say({ kind: "report", report: { ...report } });
} catch (error) {
  await printed();
  say({ kind: "failed", message: describeModuleError(file, error) });
}
// What the module left open, such as a timer, would keep the thread.
parentPort?.close();
