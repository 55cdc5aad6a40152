import type { Engine } from "../plan.js";

/** The engine `wasm` with threads of its own. */
export interface ThreadsEngine extends Engine {
  /** Its threads at most, the caller's among them. */
  readonly threads: number;
  /** Ends the threads; the engine is not to be used any more. */
  close(): void;
}
