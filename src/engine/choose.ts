import { OptionError, show } from "../constraint/constraint.js";
import type { Engine } from "./plan.js";
import { readableEngine } from "./readable/readableEngine.js";
import { requireEngineName } from "./requireEngineName.js";
import { wasmEngine } from "./wasm/wasmEngine.js";

/** An engine by name, or an engine itself, such as those that `gradproof/node` makes. */
export type EngineOption = "wasm" | "readable" | Engine;

/** The engines of the library's core, the preferred one first. */
const coreEngines: readonly Engine[] = [wasmEngine, readableEngine];

/** What runs here where no engine is asked for. */
let preferred: Engine | undefined;

/**
 * The engine an option names; without one `wasm`, or where it cannot run `readable`, which is announced once.
 *
 * @throws OptionError for an unknown name, and for an engine that cannot run here
 */
export function chooseEngine(where: string, option: EngineOption | undefined): Engine {
  if (option === undefined) {
    preferred ??= preferredHere();
    return preferred;
  }
  const engine = typeof option === "string" ? named(where, option) : option;
  if (typeof engine?.plan !== "function") {
    throw new OptionError(
      `${where}: engine must be wasm, readable or an engine of gradproof/node, got ${show(option)}`,
    );
  }
  const why = engine.unavailable();
  if (why !== undefined) {
    throw new OptionError(
      `${where}: engine ${engine.name} cannot be used: ${why}; the engine readable runs everywhere, slower`,
    );
  }
  return engine;
}

function preferredHere(): Engine {
  const why = wasmEngine.unavailable();
  if (why === undefined) return wasmEngine;
  console.warn(
    `gradproof: WebAssembly cannot be used, so the engine readable computes, slower and with other last digits: ${why}`,
  );
  return readableEngine;
}

function named(where: string, name: string): Engine | undefined {
  const known = requireEngineName(
    `${where}: engine`,
    name,
    coreEngines.map((engine) => engine.name),
  );
  return coreEngines.find((engine) => engine.name === known);
}
