import { OptionError, requireName, show } from "../constraint/constraint.js";
import { plainEngine } from "./plain/plainEngine.js";
import type { Engine } from "./plan.js";
import { wasmEngine } from "./wasm/wasmEngine.js";

/** An engine by name, or an engine itself, such as those that `gradproof/node` makes. */
export type EngineOption = "wasm" | "plain" | Engine;

/** The engines of the library's core, the preferred one first. */
export const coreEngines: readonly Engine[] = [wasmEngine, plainEngine];

/**
 * The engine an option names; without one, the first of the core's that runs here.
 *
 * @throws OptionError for an unknown name, and for an engine that cannot run here
 */
export function chooseEngine(where: string, option: EngineOption | undefined): Engine {
  if (option === undefined) return coreEngines.find((engine) => engine.unavailable() === undefined) ?? plainEngine;
  const engine = typeof option === "string" ? named(where, option) : option;
  if (typeof engine?.plan !== "function") {
    throw new OptionError(`${where}: engine must be wasm, plain or an engine of gradproof/node, got ${show(option)}`);
  }
  const why = engine.unavailable();
  if (why !== undefined) throw new OptionError(`${where}: engine ${engine.name} cannot be used: ${why}`);
  return engine;
}

function named(where: string, name: string): Engine | undefined {
  const known = requireName(
    `${where}: engine`,
    name,
    coreEngines.map((engine) => engine.name),
  );
  return coreEngines.find((engine) => engine.name === known);
}
