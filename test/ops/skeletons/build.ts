import { compile, type FoundOperation } from "../../../kernels/compile.js";
import { operationsIn, operationTable } from "../../../kernels/operations.js";
import type { DType } from "../../../src/array/floatArray.js";
import { zeros } from "../../../src/array/floatArray.js";
import { Arenas } from "../../../src/engine/wasm/arena.js";
import { KernelEngine } from "../../../src/engine/wasm/kernelEngine.js";
import { withSharedMemory } from "../../../src/engine/wasm/kernels.js";
import type { ThreadedEngine } from "../../../src/engine/wasm/threadedEngine.js";
import { parameterCount, viewsOf } from "../../../src/network/layout.js";
import { lossIn, type Network } from "../../../src/network/network.js";
import { type LayerDefinitions, programOf } from "../../../src/network/program.js";
import { layers as ownLayers } from "../../../src/ops/generated/layers.js";
import type { LossName } from "../../../src/ops/names.js";
import type { Shape } from "../../../src/ops/op.js";
import type { RandomState } from "../../../src/random/randomState.js";
import { threadsAtWork } from "../../engine/threads.js";

/** Of `src/ops/`, what the networks here use: a build of all takes longer. */
const used = new Set(
  "dense batchNorm dropout split add linear tanh sigmoid binaryCrossEntropy gradientDescent".split(" "),
);

/** The engines on a build of the kernels that has operations of `src/ops/` and all of this folder. */
export async function skeletonEngines(): Promise<{ alone: KernelEngine; threads: ThreadedEngine }> {
  const { steps, losses: lossKernels, optimizers } = operationsIn();
  const own = new Set([...steps, ...lossKernels, ...optimizers].map(({ name }) => name));
  const all = operationsIn(["src/ops", "test/ops/skeletons"]);
  const chosen = (kind: readonly FoundOperation[]): readonly FoundOperation[] =>
    kind.filter(({ name }) => used.has(name) || !own.has(name));
  const found = { steps: chosen(all.steps), losses: chosen(all.losses), optimizers: chosen(all.optimizers) };
  const operations = operationTable(found);
  const binary = await compile("index.ts", found);
  const arenas = new Arenas(() => module);
  const module = new WebAssembly.Module(binary);
  const alone = new KernelEngine({
    name: "skeletons",
    reproducible: true,
    pool: () => arenas,
    operations,
    unavailable: () => undefined,
  });
  const shared = new WebAssembly.Module(withSharedMemory(binary));
  return { alone, threads: await threadsAtWork(3, { module: () => shared, operations, alone }) };
}

/** A network of layers of `src/ops/` and others, with parameters drawn from N(0, ½²). */
export function networkOf(
  input: Shape,
  specs: readonly { readonly type: string }[],
  definitions: LayerDefinitions,
  { loss, dtype, random }: { readonly loss: LossName; readonly dtype: DType; readonly random: RandomState },
): Network {
  const program = programOf(input, specs, { ...ownLayers, ...definitions });
  const { layout, stateLayout } = program;
  const theta = random.randn(1, parameterCount(layout)).as(dtype).data;
  for (let k = 0; k < theta.length; k++) theta[k] /= 2;
  const state = zeros(parameterCount(stateLayout), dtype);
  for (const { role, offset, rows, columns } of stateLayout) {
    state.fill(role === "variance" ? 1 : 0, offset, offset + rows * columns);
  }
  return {
    spec: { inputs: input.rows, layers: [], initializer: "he", seed: 0, loss, dtype },
    program,
    layers: [],
    loss: lossIn(loss),
    theta,
    state,
    layout,
    parameters: viewsOf(layout, theta),
  };
}
