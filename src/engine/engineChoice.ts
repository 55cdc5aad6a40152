import { OptionError, show } from "../constraint/constraint.js";
import type { ForwardEngine } from "./plan.js";
import { requireEngineName } from "./requireEngineName.js";

/** The engines that can be chosen by name, and the one that runs where none is asked for. */
export class EngineChoice<E extends ForwardEngine> {
  private readonly kernels: E;
  private readonly readable: E;
  /** What runs here where no engine is asked for. */
  private preferred: E | undefined;

  constructor(kernels: E, readable: E) {
    this.kernels = kernels;
    this.readable = readable;
  }

  /**
   * The engine an option names; without one `wasm`, or where it cannot run `readable`, which is announced once.
   *
   * @throws OptionError for an unknown name, and for an engine that cannot run here
   */
  choose(where: string, option: "wasm" | "readable" | E | undefined): E {
    if (option === undefined) {
      this.preferred ??= this.preferredHere();
      return this.preferred;
    }
    const engine = typeof option === "string" ? this.named(where, option) : option;
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

  private preferredHere(): E {
    const why = this.kernels.unavailable();
    if (why === undefined) return this.kernels;
    console.warn(
      `gradproof: WebAssembly cannot be used, so the engine readable computes, slower and with other last digits: ${why}`,
    );
    return this.readable;
  }

  private named(where: string, name: string): E | undefined {
    const engines = [this.kernels, this.readable];
    const known = requireEngineName(
      `${where}: engine`,
      name,
      engines.map((engine) => engine.name),
    );
    return engines.find((engine) => engine.name === known);
  }
}
