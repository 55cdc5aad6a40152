import { bytesOf } from "../../src/engine/wasm/kernels.js";
import { partsBinary } from "./generated/parts.js";

/** The parts of the kernels that tests call one by one. */
export interface Parts {
  readonly memory: WebAssembly.Memory;
  call(name: string, ...values: number[]): number;
  constant(name: string): number;
}

/** The parts on a memory of their own; addresses from 32,768 on are free. */
export function kernelParts(pages = 16): Parts {
  const memory = new WebAssembly.Memory({ initial: pages, maximum: 65_536 });
  const abort = (): never => {
    throw new Error("a kernel has stopped");
  };
  const env = { memory, abort, gemm: abort };
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytesOf(partsBinary)), { env });
  return {
    memory,
    call(name, ...values) {
      const kernel = exports[name];
      if (typeof kernel !== "function") throw new Error(`there is no kernel ${name}`);
      return kernel(...values);
    },
    constant(name) {
      const value = exports[name];
      if (!(value instanceof WebAssembly.Global)) throw new Error(`there is no constant ${name}`);
      return value.value;
    },
  };
}
