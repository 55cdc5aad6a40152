#!/usr/bin/env node
import { runCli } from "./app.js";
import { exitCodeOfSignal } from "./failure.js";
import { processContext } from "./processContext.js";

const exitCode = await runCli(process.argv.slice(2), processContext(process));
process.exitCode = exitCode;
if (process.platform !== "win32" && exitCode === exitCodeOfSignal("SIGHUP")) {
  // Where the terminal is gone, Node fails an assertion of its own at its exit; the signal itself gives the same exit code.
  process.removeAllListeners("SIGHUP");
  process.kill(process.pid, "SIGHUP");
}
