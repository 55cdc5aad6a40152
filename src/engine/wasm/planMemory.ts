import type { Network } from "../../network/network.js";
import type { PlanOptions } from "../plan.js";
import type { PlaceDerivatives } from "./derivativeMemory.js";
import { stepBytes } from "./generated/shared.js";
import { type Geometry, geometryOf } from "./geometry.js";
import type { KernelOperations } from "./kernelOperations.js";
import { Places, roundUp } from "./places.js";
import { planStruct } from "./planStruct.js";
import type { RecipeOptions } from "./recipeOptions.js";
import { type ValueMemory, valueMemory } from "./valueMemory.js";

/** Where everything of a plan lies in its memory, in bytes. */
export interface PlanMemory {
  readonly geometry: Geometry;
  readonly values: ValueMemory;
  /** Whether each tile has a workspace of its own, since a step needs the whole batch. */
  readonly segmented: boolean;
  /** The first address after it. */
  readonly end: number;
  readonly plan: number;
  readonly steps: number;
  /** Options of each step, of the loss, and of the optimizer. */
  readonly stepOptions: readonly number[];
  readonly lossNumbers: number;
  readonly optimizerNumbers: number;
  readonly decays: number;
  readonly penalties: number;
  readonly theta: number;
  readonly dTheta: number;
  readonly previous: number;
  readonly state: number;
  readonly nextState: number;
  readonly previousState: number;
  readonly partials: number;
  readonly costs: number;
  readonly average: number;
  readonly square: number;
  /** Sums of squares of the gradient, one a block. */
  readonly squares: number;
  /** The average of the weights, and of the state; 0 where none is taken. */
  readonly averaged: number;
  readonly averagedState: number;
  readonly tiles: number;
  readonly output: number;
  /** By the site of a dropout step. */
  readonly masks: readonly (number | undefined)[];
  /** The training set, the last of the plan. */
  readonly records: number;
  readonly recordsBytes: number;
  readonly indices: number;
  readonly workspace: number;
  readonly workspaceBytes: number;
  readonly scratch: number;
  readonly scratchBytes: number;
}

/** Bytes of the gradient whose squares are one sum: `BLOCK` in `kernels/clip.ts`. */
const clipBlock = 4096;

/** What a plan with a backward pass has beside one that only predicts. */
export interface Backward {
  readonly placeDerivatives: PlaceDerivatives;
  /** Where it makes update steps by itself. */
  readonly recipe: RecipeOptions | undefined;
}

/**
 * Lays out a plan's memory from address `base` on, a multiple of 64; nothing is allocated.
 *
 * @param known places of the values, where the plan was laid out before: they do not depend on `base`
 * @param recordsAt where the training set lies, if not at the end of the plan
 */
export function planMemory(
  network: Network,
  operations: KernelOperations,
  options: PlanOptions,
  threads: number,
  backward: Backward | undefined,
  base: number,
  known?: ValueMemory,
  recordsAt?: number,
): PlanMemory {
  const { capacity, drops = [] } = options;
  const training = backward !== undefined;
  const recipe = backward?.recipe;
  const { program, layout, theta: parameters, state: kept } = network;
  const geometry = geometryOf(network, capacity);
  const { size, stride, tiles, tileRows, chunks, sharesRows } = geometry;
  const dropsAt = (site: number | undefined): boolean => training && site !== undefined && drops[site] === true;
  const values =
    known ?? valueMemory(network, operations, stride, ({ site }) => dropsAt(site), backward?.placeDerivatives);
  const segmented = training && values.steps.some(({ kernel }) => kernel.wholeBatch);
  const thetaBytes = roundUp(parameters.length * size, 16);

  const place = new Places(base);
  const plan = place.take(planStruct.bytes);
  const steps = place.take(values.steps.length * stepBytes);
  const stepOptions = values.steps.map(({ step }) => place.take(8 * Object.keys(step.options).length));
  const lossNumbers = place.take(8 * Object.keys(network.loss.options).length);
  const optimizerNumbers = place.take(8 * (recipe?.optimizerNumbers.length ?? 0));
  const decays = place.take(8 * layout.length);
  const penalties = place.take(16 * layout.length);
  const theta = place.take(thetaBytes);
  const gradient = training ? thetaBytes : 0;
  const dTheta = place.take(gradient);
  const previous = place.take(recipe ? thetaBytes : 0);
  const state = place.take(kept.length * size);
  const nextState = place.take(training ? kept.length * size : 0);
  const previousState = place.take(recipe ? kept.length * size : 0);
  const partials = place.take(gradient * (chunks - 1));
  const costs = place.take(8 * chunks);
  const average = place.take(recipe?.remembers.includes("average") ? thetaBytes : 0);
  const square = place.take(recipe?.remembers.includes("square") ? thetaBytes : 0);
  const squares = place.take(recipe ? 8 * Math.ceil(thetaBytes / clipBlock) : 0);
  const averaged = recipe?.average ? place.take(thetaBytes) : 0;
  const averagedState = recipe?.average ? place.take(kept.length * size) : 0;
  const output = place.take(program.outputs * capacity * size);
  const masks: (number | undefined)[] = [];
  for (const { site, outputs } of program.steps) {
    // Kernels fill a mask 64 bytes at a time.
    const bytes = program.values[outputs[0]].rows * capacity + 64;
    if (site !== undefined) masks[site] = dropsAt(site) ? place.take(bytes) : undefined;
  }
  const tilesAt = place.take(tiles * tileRows * stride);
  const indices = place.take(recipe?.records ? recipe.records * 4 : 0);
  const scratchBytes = roundUp(sharesRows ? scratchOf(network, geometry) : 0, 64);
  const scratch = place.take(threads * scratchBytes);
  const workspaceBytes = roundUp(values.bytes, 64);
  const workspace = place.take((segmented ? tiles : sharesRows ? 1 : threads) * workspaceBytes);
  // At the end: plans that are trained together may have it in common.
  const recordsBytes = recipe?.records ? recipe.records * tileRows * size : 0;
  const records = recordsAt ?? place.take(recordsBytes);
  return {
    geometry,
    values,
    segmented,
    end: place.next,
    plan,
    steps,
    stepOptions,
    lossNumbers,
    optimizerNumbers,
    decays,
    penalties,
    theta,
    dTheta,
    previous,
    state,
    nextState,
    previousState,
    partials,
    costs,
    average,
    square,
    squares,
    averaged,
    averagedState,
    tiles: tilesAt,
    output,
    masks,
    records,
    recordsBytes,
    indices,
    workspace,
    workspaceBytes,
    scratch,
    scratchBytes,
  };
}

/** Bytes a thread needs for a packed product: `packedProductScratch` in `kernels/packedProduct.ts`. */
export function packedProductScratch(columns: number, depth: number, size: number): number {
  const narrowPanel = 32;
  const packed = Math.ceil((columns * size) / narrowPanel) * narrowPanel * depth;
  return packed + 128 * 256 * size + 128 * 64;
}

/** The same for the largest of the products with a network's parameters, of which those that decay are the factors. */
function scratchOf({ layout }: Network, { size, tileColumns }: Geometry): number {
  const largest = layout
    .filter(({ decays }) => decays)
    .map(({ rows, columns }) =>
      Math.max(
        packedProductScratch(tileColumns, columns, size),
        packedProductScratch(tileColumns, rows, size),
        packedProductScratch(columns, tileColumns, size),
      ),
    );
  return Math.max(...largest);
}
