import type { CliContext } from "./context.js";
import { hangupIgnored } from "./hangup.js";
import { ProcessOutput } from "./processOutput.js";
import { StopSignals } from "./stopSignals.js";

/** The context of a real process. */
export function processContext(process: NodeJS.Process): CliContext {
  const now = (): number => performance.now();
  const signals = new StopSignals(process, now, hangupIgnored(process));
  return {
    process: {
      stdout: new ProcessOutput(process.stdout),
      stderr: new ProcessOutput(process.stderr),
      get stdin() {
        return process.stdin;
      },
      env: process.env,
    },
    now,
    date: () => new Date(),
    onStop: (listener) => signals.listen(listener),
    onExit: (listener) => {
      process.on("exit", listener);
      return () => process.off("exit", listener);
    },
  };
}
