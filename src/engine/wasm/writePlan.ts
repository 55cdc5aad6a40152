import type { Network } from "../../network/network.js";
import type { ParameterWindow } from "../../ops/parameterWindow.js";
import { type KernelOperations, kernelOf } from "./kernelOperations.js";
import { roundUp } from "./places.js";
import type { PlanMemory } from "./planMemory.js";
import { planStruct, stepStruct } from "./planStruct.js";
import type { RecipeOptions } from "./recipeOptions.js";

/** Writes the plan and the program's steps, as the kernels read them. */
export function writePlan(
  buffer: ArrayBufferLike,
  network: Network,
  operations: KernelOperations,
  memory: PlanMemory,
  threads: number,
  usesGemm: boolean,
): void {
  const view = new DataView(buffer);
  const { program, layout } = network;
  const { geometry, values } = memory;
  const { size, stride } = geometry;
  const decaying = layout.filter(({ decays }) => decays);
  planStruct.write(view, memory.plan, {
    steps: memory.steps,
    stepCount: values.steps.length,
    headStep: values.headStep,
    segmented: memory.segmented ? 1 : 0,
    inputs: program.values[0].rows,
    outputs: program.outputs,
    members: program.members,
    logits: values.values[program.logits],
    result: values.values[program.output],
    dHead: values.dHead,
    loss: kernelOf(operations.losses, network.loss.name),
    lossNumbers: memory.lossNumbers,
    size,
    thetaBytes: roundUp(network.theta.length * size, 16),
    theta: memory.theta,
    dTheta: memory.dTheta,
    previous: memory.previous,
    state: memory.state,
    nextState: memory.nextState,
    previousState: memory.previousState,
    stateBytes: network.state.length * size,
    tiles: memory.tiles,
    tileBytes: geometry.tileRows * stride,
    tileColumns: geometry.tileColumns,
    stride,
    output: memory.output,
    sharesRows: geometry.sharesRows ? 1 : 0,
    tilesInChunk: geometry.tilesInChunk,
    partials: memory.partials,
    costs: memory.costs,
    workspace: memory.workspace,
    workspaceBytes: memory.workspaceBytes,
    scratch: memory.scratch,
    scratchBytes: memory.scratchBytes,
    mostThreads: threads,
    usesGemm: usesGemm ? 1 : 0,
    decays: memory.decays,
    decayCount: decaying.length,
    penalties: memory.penalties,
  });
  for (const [k, { offset, rows, columns }] of decaying.entries()) {
    view.setUint32(memory.decays + 8 * k, offset * size, true);
    view.setUint32(memory.decays + 8 * k + 4, (offset + rows * columns) * size, true);
  }
  // Until a trainer sets some: a plan that makes no steps has none.
  writeNumbers(view, memory.penalties, new Array(2 * decaying.length).fill(0));
  writeNumbers(view, memory.lossNumbers, Object.values(network.loss.options));
  writeSteps(view, network, memory);
}

function writeSteps(view: DataView, { program }: Network, memory: PlanMemory): void {
  const { size } = memory.geometry;
  const bytesTo = (windows: readonly ParameterWindow[]): number =>
    windows.length === 0 ? 0 : windows[0].offset * size;
  for (const [k, planned] of memory.values.steps.entries()) {
    const { step, kernel, addresses, learns, meetsForward, meetsBackward } = planned;
    const { site } = step;
    const at = memory.steps + k * stepStruct.bytes;
    // One after the other: an object of all the fields would be a slow one.
    stepStruct.write(view, at, addresses);
    stepStruct.write(view, at, {
      op: kernel.code,
      rows: program.values[step.outputs[0]].rows,
      inputRows: program.values[step.inputs[0]].rows,
      members: program.values[step.inputs[0]].members ?? 1,
      parameters: bytesTo(step.parameters),
      state: memory.state + bytesTo(step.state),
      nextState: memory.nextState + bytesTo(step.state),
      options: memory.stepOptions[k],
      mask: site === undefined ? 0 : (memory.masks[site] ?? 0),
      keep: 1,
      stream: site === undefined ? 0 : program.sites[site].stream,
      wholeBatch: kernel.wholeBatch ? 1 : 0,
      learns: learns ? 1 : 0,
      meetsForward: meetsForward ? 1 : 0,
      meetsBackward: meetsBackward ? 1 : 0,
    });
    writeNumbers(view, memory.stepOptions[k], Object.values(step.options));
  }
}

/** Writes what a plan needs to make update steps by itself. */
export function writeRecipe(
  buffer: ArrayBufferLike,
  operations: KernelOperations,
  memory: PlanMemory,
  recipe: RecipeOptions,
): void {
  const view = new DataView(buffer);
  planStruct.write(view, memory.plan, {
    weighted: recipe.weighted ? 1 : 0,
    records: recipe.records === 0 ? 0 : memory.records,
    recordBytes: memory.geometry.tileRows * memory.geometry.size,
    examples: recipe.examples,
    batchSize: recipe.batchSize,
    indices: memory.indices,
    seed: recipe.seed,
    drawsMasks: recipe.drawsMasks ? 1 : 0,
    optimizer: kernelOf(operations.optimizers, recipe.optimizer),
    optimizerNumbers: memory.optimizerNumbers,
    average: memory.average,
    square: memory.square,
    squares: memory.squares,
    clipValue: Number.POSITIVE_INFINITY,
    clipNorm: Number.POSITIVE_INFINITY,
    averaged: memory.averaged,
    averagedState: memory.averagedState,
    averageDecay: recipe.average?.decay ?? 0,
    averageFrom: recipe.average?.from ?? 0,
    averageEvery: recipe.average?.every ?? 1,
    averagedWeight: 0,
    power1: 1,
    power2: 1,
    power3: 1,
  });
  writeNumbers(view, memory.optimizerNumbers, recipe.optimizerNumbers);
}

/** Writes numbers one after the other, as the kernels read options. */
export function writeNumbers(view: DataView, address: number, numbers: readonly number[]): void {
  for (const [k, value] of numbers.entries()) view.setFloat64(address + 8 * k, value, true);
}
