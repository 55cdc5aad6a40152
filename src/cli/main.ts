#!/usr/bin/env node
import { runCli } from "./app.js";
import { processContext } from "./processContext.js";

process.exitCode = await runCli(process.argv.slice(2), processContext(process));
