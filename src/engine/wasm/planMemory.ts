import type { Network } from "../../network/network.js";
import type { PlanOptions } from "../plan.js";
import { hasAverage, hasSquare } from "../trainer.js";
import { type Geometry, geometryOf } from "./geometry.js";
import { activationCodes, layerStruct, lossCodes, optimizerCodes, planStruct } from "./planStruct.js";
import type { RecipeOptions } from "./recipeOptions.js";

/** Where everything of a plan lies in its memory, in bytes. */
export interface PlanMemory {
  readonly geometry: Geometry;
  /** The first address after it. */
  readonly end: number;
  readonly plan: number;
  readonly layers: number;
  readonly theta: number;
  readonly dTheta: number;
  readonly previous: number;
  readonly partials: number;
  readonly costs: number;
  readonly average: number;
  readonly square: number;
  readonly tiles: number;
  readonly output: number;
  readonly masks: readonly (number | undefined)[];
  readonly records: number;
  readonly indices: number;
  readonly workspace: number;
  readonly workspaceBytes: number;
  readonly scratch: number;
  /** A, A after its mask and dZ of each layer, within a workspace; entry 0 is the inputs. */
  readonly layerWorkspace: readonly { readonly A: number; readonly kept: number; readonly dZ: number }[];
}

/** Lays out a plan's memory from address `base` on, a multiple of 64; nothing is allocated. */
export function planMemory(
  network: Network,
  options: PlanOptions,
  threads: number,
  recipe: RecipeOptions | undefined,
  base: number,
): PlanMemory {
  const { capacity, keep = [], training = true } = options;
  const geometry = geometryOf(network, capacity);
  const { size, stride, tiles, tileRows, chunks, sharesRows } = geometry;
  const units = [network.spec.inputs, ...network.layers.map((layer) => layer.units)];
  const outputs = units[units.length - 1];
  const drops = (l: number): boolean => training && keep[l] !== undefined && keep[l] < 1;
  const thetaBytes = roundUp(network.theta.length * size, 16);

  const place = new Places(base);
  const plan = place.take(planStruct.bytes);
  const layers = place.take(units.length * layerStruct.bytes);
  const theta = place.take(thetaBytes);
  const gradient = training ? thetaBytes : 0;
  const dTheta = place.take(gradient);
  const previous = place.take(recipe ? thetaBytes : 0);
  const partials = place.take(gradient * (chunks - 1));
  const costs = place.take(8 * chunks);
  const average = place.take(recipe && hasAverage(recipe.optimizer) ? thetaBytes : 0);
  const square = place.take(recipe && hasSquare(recipe.optimizer) ? thetaBytes : 0);
  const output = place.take(outputs * capacity * size);
  // Kernels fill a mask 64 bytes at a time.
  const masks = units.map((count, l) => (drops(l) ? place.take(count * capacity + 64) : undefined));
  const tileBytes = tileRows * stride;
  const tilesAt = place.take(tiles * tileBytes);
  const records = place.take(recipe?.records ? recipe.records * tileRows * size : 0);
  const indices = place.take(recipe?.records ? recipe.records * 4 : 0);

  const inWorkspace = new Places(0);
  const layerWorkspace = units.map((count, l) => ({
    A: l === 0 ? 0 : inWorkspace.take(count * stride),
    kept: drops(l) ? inWorkspace.take(count * stride) : 0,
    dZ: training && l > 0 ? inWorkspace.take(count * stride) : 0,
  }));
  const shared = inWorkspace.next;
  const scratchBytes = sharesRows ? scratchOf(network, geometry) : 0;
  const workspaceBytes = roundUp(sharesRows ? scratchBytes : shared, 64);
  const workspace = place.take(sharesRows ? shared + threads * workspaceBytes : threads * workspaceBytes);
  return {
    geometry,
    end: place.next,
    plan,
    layers,
    theta,
    dTheta,
    previous,
    partials,
    costs,
    average,
    square,
    tiles: tilesAt,
    output,
    masks,
    records,
    indices,
    workspace,
    workspaceBytes,
    scratch: sharesRows ? shared : 0,
    layerWorkspace,
  };
}

/** Writes the plan and its table of layers, as the kernels read them. */
export function writePlan(
  buffer: ArrayBufferLike,
  network: Network,
  options: PlanOptions,
  memory: PlanMemory,
  threads: number,
  usesGemm: boolean,
): void {
  const view = new DataView(buffer);
  const { keep = [] } = options;
  const { geometry } = memory;
  const { size, stride } = geometry;
  planStruct.write(view, memory.plan, {
    layers: memory.layers,
    depth: network.layers.length,
    loss: lossCodes[network.loss.name],
    size,
    thetaBytes: roundUp(network.theta.length * size, 16),
    theta: memory.theta,
    dTheta: memory.dTheta,
    previous: memory.previous,
    tiles: memory.tiles,
    tileBytes: geometry.tileRows * stride,
    tileColumns: geometry.tileColumns,
    stride,
    count: 0,
    weighted: 0,
    output: memory.output,
    sharesRows: geometry.sharesRows ? 1 : 0,
    tilesInChunk: geometry.tilesInChunk,
    partials: memory.partials,
    costs: memory.costs,
    workspace: memory.workspace,
    workspaceBytes: memory.workspaceBytes,
    scratch: memory.scratch,
    threads,
    usesGemm: usesGemm ? 1 : 0,
    records: 0,
    indices: 0,
    drawsMasks: 0,
    penalty: 0,
    cost: 0,
    total: 0,
  });
  for (const [l, { A, kept, dZ }] of memory.layerWorkspace.entries()) {
    const layer = l === 0 ? undefined : network.layers[l - 1];
    const mask = memory.masks[l];
    layerStruct.write(view, memory.layers + l * layerStruct.bytes, {
      units: layer?.units ?? network.spec.inputs,
      inputs: layer?.inputs ?? 0,
      activation: activationCodes[layer?.activation.name ?? "linear"],
      drops: mask === undefined ? 0 : 1,
      W: layer ? network.layout[2 * (l - 1)].offset * size : 0,
      b: layer ? network.layout[2 * (l - 1) + 1].offset * size : 0,
      A,
      kept,
      dZ,
      mask: mask ?? 0,
      slope: layer?.activation.options.slope ?? 0,
      keep: keep[l] ?? 1,
    });
  }
}

/** Writes what a plan needs to make update steps by itself. */
export function writeRecipe(buffer: ArrayBufferLike, memory: PlanMemory, recipe: RecipeOptions): void {
  const { optimizer } = recipe;
  const settings =
    optimizer.type === "momentum"
      ? { beta1: optimizer.momentum }
      : optimizer.type === "rmsprop"
        ? { beta2: optimizer.decay, epsilon: optimizer.epsilon }
        : optimizer.type === "adam"
          ? {
              beta1: optimizer.beta1,
              beta2: optimizer.beta2,
              epsilon: optimizer.epsilon,
              weightDecay: optimizer.weightDecay,
            }
          : {};
  planStruct.write(new DataView(buffer), memory.plan, {
    weighted: recipe.weighted ? 1 : 0,
    records: recipe.records === 0 ? 0 : memory.records,
    recordBytes: memory.geometry.tileRows * memory.geometry.size,
    examples: recipe.examples,
    batchSize: recipe.batchSize,
    indices: memory.indices,
    shuffledEpoch: 0,
    seed: recipe.seed,
    drawsMasks: recipe.drawsMasks ? 1 : 0,
    optimizer: optimizerCodes[optimizer.type],
    average: memory.average,
    square: memory.square,
    learningRate: recipe.learningRate,
    beta1: 0,
    beta2: 0,
    epsilon: 0,
    weightDecay: 0,
    power1: 1,
    power2: 1,
    penalty: recipe.penalty,
    ...settings,
  });
}

/** Takes places one after the other, each at a multiple of 64: a cache line. */
class Places {
  next: number;

  constructor(first: number) {
    this.next = first;
  }

  take(bytes: number): number {
    const at = this.next;
    this.next = roundUp(at + bytes, 64);
    return at;
  }
}

/** Bytes a thread needs for a packed product: `packedProductScratch` in `kernels/packedProduct.ts`. */
export function packedProductScratch(columns: number, depth: number, size: number): number {
  const narrowPanel = 32;
  const packed = Math.ceil((columns * size) / narrowPanel) * narrowPanel * depth;
  return packed + 128 * 256 * size + 128 * 64;
}

/** The same for the largest of a network's products. */
function scratchOf(network: Network, { size, tileColumns }: Geometry): number {
  const largest = network.layers.map(({ units, inputs }) =>
    Math.max(
      packedProductScratch(tileColumns, inputs, size),
      packedProductScratch(tileColumns, units, size),
      packedProductScratch(inputs, tileColumns, size),
    ),
  );
  return Math.max(...largest);
}

function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}
