import { EngineChoice } from "./engineChoice.js";
import type { Engine } from "./plan.js";
import { readableEngine } from "./readable/readableEngine.js";
import { wasmEngine } from "./wasm/wasmEngine.js";

/** An engine by name, or an engine itself, such as those that `gradproof/node` makes. */
export type EngineOption = "wasm" | "readable" | Engine;

/** The engines of the library's core. */
const engines = new EngineChoice<Engine>(wasmEngine, readableEngine);

/**
 * The engine an option names; without one `wasm`, or where it cannot run `readable`, which is announced once.
 *
 * @throws OptionError for an unknown name, and for an engine that cannot run here
 */
export function chooseEngine(where: string, option: EngineOption | undefined): Engine {
  return engines.choose(where, option);
}
