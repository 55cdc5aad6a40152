import { describe, expect, it } from "vitest";
import { Arenas } from "../../src/engine/wasm/arena.js";
import { kernelModule } from "../../src/engine/wasm/kernelModule.js";
import { mostPages } from "../../src/engine/wasm/kernels.js";
import { SharedArenas } from "../../src/engine/wasm/sharedArena.js";
import { wasmEngine } from "../../src/engine/wasm/wasmEngine.js";
import { dense } from "../../src/network/dense.js";
import { network } from "../../src/network/network.js";

describe("what no memory can hold", () => {
  it("is refused with its size and what to do", () => {
    expect(() => new Arenas(kernelModule).take(5 * 2 ** 30, {})).toThrow(
      /needs 5\.0 GiB, but a WebAssembly memory holds 4 GiB; take a smaller batchSize, fewer units, or dtype "float32"/,
    );
  });

  it("is refused before anything is taken, however large the batch", () => {
    const model = network({ inputs: 2, layers: [dense(10, "relu"), dense(1, "sigmoid")], seed: 1 });
    expect(() => wasmEngine.plan(model, { capacity: 2 ** 31 })).toThrow(/needs [0-9.]+ GiB/);
    // The engine goes on as if nothing had been asked.
    wasmEngine.plan(model, { capacity: 10 }).release();
  });
});

describe("memory that is given back twice", () => {
  const shared = () => {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: mostPages, shared: true });
    return new SharedArenas(memory, new Arenas(kernelModule).take(1, {}).kernels);
  };
  it.each([
    ["memories", () => new Arenas(kernelModule)],
    ["one shared memory", shared],
  ])("is lent to one at a time: %s", (_, lenderOf) => {
    const pool = lenderOf();
    const [first, second, third] = [{}, {}, {}];
    const arena = pool.take(100, first);
    pool.release(arena, first);
    const again = pool.take(100, second);
    pool.release(arena, first);
    const other = pool.take(100, third);
    expect([again.memory === other.memory, again.base === other.base]).not.toEqual([true, true]);
  });
});
