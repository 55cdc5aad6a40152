import { engineNow, requireEngineName, retiredEngine } from "../../engine/requireEngineName.js";
import { engineNames } from "../../node/engineNames.js";
import { name, number } from "./kinds.js";
import type { Option, Place } from "./option.js";
import type { RunConfiguration } from "./runConfiguration.js";

const engine: Place<RunConfiguration["engine"]> = {
  get: (configuration) => configuration.engine,
  set: (configuration, value) => ({ ...configuration, engine: value }),
};
const threads: Place<number> = {
  get: (configuration) => configuration.threads,
  set: (configuration, value) => ({ ...configuration, threads: value }),
};

/** Threads of an engine that takes some. */
export const threadsConstraint = {
  kind: "number",
  what: "threads at most, of the engines wasm and native",
  whole: true,
  min: 1,
  max: 256,
} as const;

/** The engine that a file names: the one that is gone can still be read, and one that has another name now. */
export function engineFromFile(where: string, value: unknown): RunConfiguration["engine"] {
  if (value === retiredEngine) return value;
  return requireEngineName(where, typeof value === "string" ? engineNow(value) : value, engineNames);
}

/** What computes a run. */
export const engineOptions = {
  engine: {
    ...name<RunConfiguration["engine"]>("What computes the steps, see `gradproof engines`", engineNames, engine),
    fromText: (flag, text) => requireEngineName(flag, text, engineNames),
    fromPlain: engineFromFile,
  } satisfies Option<RunConfiguration["engine"]>,
  threads: number(threadsConstraint, threads, { byDefault: "all cores, where they pay", search: undefined }),
} as const;
