import type { Network } from "../../network/network.js";
import type { Step } from "../../network/program.js";
import { type KernelOperations, kernelOf, type StepKernel } from "./kernelOperations.js";
import { Places } from "./places.js";

/** A step at its place in memory: addresses within a workspace, as `Step` of `kernels/shared.js` has them. */
export interface PlannedStep {
  readonly step: Step;
  readonly kernel: StepKernel;
  readonly addresses: Readonly<Record<StepAddress, number>>;
  /** Whether a derivative by its inputs or parameters is wanted. */
  readonly learns: boolean;
  readonly meetsForward: boolean;
  readonly meetsBackward: boolean;
}
export type StepAddress =
  | "input"
  | "input2"
  | "output"
  | "kept"
  | "cache"
  | "dInput"
  | "dInput2"
  | "dOutput"
  | "dOutput2";

/** Where the values of a network's program, and the derivatives by them, lie within a workspace. */
export interface ValueMemory {
  readonly steps: readonly PlannedStep[];
  /** Steps before the loss. */
  readonly headStep: number;
  /** Address of each value; 0 is X, which lies elsewhere. */
  readonly values: readonly number[];
  /** Address of the derivative that the loss gives. */
  readonly dHead: number;
  readonly bytes: number;
}

/** An address that values share, and whether what lies there is still needed when later steps run. */
interface Room {
  readonly at: number;
  needed: boolean;
}

/**
 * Finds room for each value and each derivative, `stride` bytes a row. A step works in place where its kernel can and
 * nobody needs any more what it overwrites.
 *
 * @param masked whether a step drops units; where none does, or nothing is to be done, the output is the input itself
 */
export function valueMemory(
  network: Network,
  { steps: kernels }: KernelOperations,
  stride: number,
  training: boolean,
  masked: (step: Step) => boolean,
): ValueMemory {
  const { program, loss } = network;
  const places = new Places(64); // address 0 stands for X
  const rowsOf = (value: number): number => program.values[value].rows;
  const take = (rows: number): number => places.take(rows * stride);
  const read = new Set(program.unitLayers.map(({ activation }) => activation.outputs[0]));

  const rooms: Room[] = [{ at: 0, needed: true }];
  const planned: { step: Step; kernel: StepKernel; cache: number }[] = [];
  for (const step of program.steps) {
    const { inputs, outputs, operation } = step;
    const kernel = kernelOf(kernels, step.op);
    const idle = step.site !== undefined ? !masked(step) : !kernel.forward && !kernel.backward;
    const room = rooms[inputs[0]];
    const keeps = training ? operation.keeps : "nothing";
    const keepsInput = keeps === "input" || keeps === "both";
    const keepsOutput = keeps === "output" || keeps === "both";
    if (idle || !kernel.forward) {
      for (const output of outputs) rooms[output] = room;
      room.needed ||= outputs.length > 1;
    } else {
      const inPlace = kernel.inPlace === "forward" || kernel.inPlace === "both";
      for (const [k, output] of outputs.entries()) {
        const overwrites = k === 0 && inPlace && !room.needed && !keepsInput && rowsOf(output) === rowsOf(inputs[0]);
        rooms[output] = overwrites ? room : { at: take(rowsOf(output)), needed: false };
      }
    }
    for (const output of outputs) rooms[output].needed ||= keepsOutput || read.has(output);
    if (idle) continue;
    const shapes = inputs.map((value) => program.values[value]);
    const cacheRows = training ? (operation.cacheRows?.(shapes, step.options) ?? []) : [];
    planned.push({ step, kernel, cache: take(cacheRows.reduce((total, rows) => total + rows, 0)) });
  }

  // A loss by the logits makes A[L] itself: the last step is left to it.
  const last = planned.at(-1)?.step;
  const fused = loss.by === "logits" && last?.outputs[0] === program.output && program.logits !== program.output;
  const headStep = planned.length - (fused ? 1 : 0);
  const values = rooms.map(({ at }) => at);
  const derivatives = new Map<number, number>();
  if (training) placeDerivatives();
  const dHead = derivatives.get(fused ? program.logits : program.output) ?? 0;
  const steps = planned.map(({ step, kernel, cache }, k) => {
    const { inputs, outputs, operation } = step;
    const at = (value: number | undefined): number => (value === undefined ? 0 : values[value]);
    const dAt = (value: number | undefined): number => (value === undefined ? 0 : (derivatives.get(value) ?? 0));
    return {
      step,
      kernel,
      addresses: {
        input: at(inputs[0]),
        input2: at(inputs[1]),
        output: at(outputs[0]),
        kept: operation.keeps === "output" ? at(outputs[0]) : at(inputs[0]),
        cache,
        dInput: dAt(inputs[0]),
        dInput2: dAt(inputs[1]),
        dOutput: dAt(outputs[0]),
        dOutput2: dAt(outputs[1]),
      },
      learns: outputs.some((value) => derivatives.has(value)),
      // Threads come together after each tile, and after the loss, as they are.
      meetsForward: k > 0 && (kernel.rows !== "own" || planned[k - 1].kernel.rows === "one"),
      meetsBackward: k < headStep - 1 && (kernel.rows !== "own" || planned[k + 1].kernel.rows === "one"),
    };
  });
  return { steps, headStep, values, dHead, bytes: places.next };

  /** From the loss back: a derivative is wanted of each value that depends on a parameter. */
  function placeDerivatives(): void {
    const wanted = dependsOnParameters(network);
    const take = (value: number): number => {
      const at = derivatives.get(value) ?? places.take(rowsOf(value) * stride);
      derivatives.set(value, at);
      return at;
    };
    // Idle steps hand derivatives on as they are.
    const backward = fused ? program.steps.slice(0, -1) : program.steps;
    const working = new Map(planned.map(({ step, kernel }) => [step, kernel]));
    take(fused ? program.logits : program.output);
    for (const step of backward.toReversed()) {
      if (!step.outputs.some((value) => wanted.has(value))) continue;
      const kernel = working.get(step);
      const dOutputs = step.outputs.map(take);
      for (const [k, input] of step.inputs.entries()) {
        if (!wanted.has(input)) continue;
        const inPlace = kernel === undefined || kernel.inPlace === "backward" || kernel.inPlace === "both";
        if (k === 0 && inPlace && rowsOf(input) === rowsOf(step.outputs[0])) derivatives.set(input, dOutputs[0]);
        else take(input);
      }
    }
  }
}

/** Values that change with θ. */
function dependsOnParameters({ program }: Network): ReadonlySet<number> {
  const found = new Set<number>();
  for (const { inputs, outputs, parameters } of program.steps) {
    if (parameters.length > 0 || inputs.some((value) => found.has(value)))
      for (const output of outputs) found.add(output);
  }
  return found;
}
