import type { CliContext } from "./context.js";

/** The context of a real process. */
export function processContext(process: NodeJS.Process): CliContext {
  // `gradproof predict … | head` closes the pipe early, which is no failure of ours.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    throw error;
  });
  const listen = (event: "SIGINT" | "exit", listener: () => void): (() => void) => {
    process.on(event, listener);
    return () => process.off(event, listener);
  };
  return {
    process: { stdout: process.stdout, stderr: process.stderr, env: process.env },
    now: () => performance.now(),
    date: () => new Date(),
    onInterrupt: (listener) => listen("SIGINT", listener),
    onExit: (listener) => listen("exit", listener),
    quit: (exitCode) => process.exit(exitCode),
  };
}
