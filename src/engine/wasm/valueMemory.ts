import type { Network } from "../../network/network.js";
import type { Program, Step } from "../../network/program.js";
import type { PlaceDerivatives } from "./derivativeMemory.js";
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
 * @param placeDerivatives of a plan with a backward pass
 */
export function valueMemory(
  network: Network,
  { steps: kernels }: KernelOperations,
  stride: number,
  masked: (step: Step) => boolean,
  placeDerivatives: PlaceDerivatives | undefined,
): ValueMemory {
  const { program, loss } = network;
  const training = placeDerivatives !== undefined;
  const places = new Places(64); // address 0 stands for X
  const rowsOf = (value: number): number => program.values[value].rows;
  const take = (rows: number): number => places.take(rows * stride);
  const read = new Set(program.unitLayers.map(({ activation }) => activation.outputs[0]));

  const rooms: Room[] = [{ at: 0, needed: true }];
  const planned: { step: Step; kernel: StepKernel; kept: number; cache: number }[] = [];
  for (const step of program.steps) {
    const { inputs, outputs, operation } = step;
    const kernel = kernelOf(kernels, step.op);
    const idle = step.site !== undefined ? !masked(step) : !kernel.forward && !kernel.backward;
    const room = rooms[inputs[0]];
    const keeps = training ? operation.keeps : "nothing";
    const keepsInput = keeps === "input" || keeps === "both";
    const keepsOutput = keeps === "output" || keeps === "both";
    // A derivative that forward leaves takes the place of the input it is taken from, where nobody else reads that.
    const leaves = training && kernel.leavesDerivative;
    const derivative = leaves && room.needed ? take(rowsOf(inputs[0])) : room.at;
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
    const kept = keeps === "output" ? rooms[outputs[0]].at : derivative;
    planned.push({ step, kernel, kept, cache: places.take(cacheBytes(step, program, stride)) });
  }

  // A loss by the logits makes A[L] itself: the last step is left to it.
  const last = planned.at(-1)?.step;
  const fused = loss.by === "logits" && last?.outputs[0] === program.output && program.logits !== program.output;
  const headStep = planned.length - (fused ? 1 : 0);
  const values = rooms.map(({ at }) => at);
  const head = fused ? program.logits : program.output;
  const derivatives = placeDerivatives?.(program, planned, head, take) ?? new Map<number, number>();
  const dHead = derivatives.get(head) ?? 0;
  const steps = planned.map(({ step, kernel, kept, cache }, k) => {
    const { inputs, outputs } = step;
    const at = (value: number | undefined): number => (value === undefined ? 0 : values[value]);
    const dAt = (value: number | undefined): number => (value === undefined ? 0 : (derivatives.get(value) ?? 0));
    return {
      step,
      kernel,
      addresses: {
        input: at(inputs[0]),
        input2: at(inputs[1]),
        output: at(outputs[0]),
        kept,
        cache,
        dInput: dAt(inputs[0]),
        dInput2: dAt(inputs[1]),
        dOutput: dAt(outputs[0]),
        dOutput2: dAt(outputs[1]),
      },
      learns: outputs.some((value) => derivatives.has(value)),
      // Threads come together after each tile, and after the loss, as they are.
      meetsForward: k > 0 && (kernel.rows !== "own" || mixesRows(planned[k - 1].kernel)),
      meetsBackward: k < headStep - 1 && (kernel.rows !== "own" || mixesRows(planned[k + 1].kernel)),
    };
  });
  return { steps, headStep, values, dHead, bytes: places.next };
}

/** Whether a thread computes rows that are not its own. */
function mixesRows({ rows }: StepKernel): boolean {
  return rows === "one" || rows === "columns" || rows === "parts";
}

/** What a step leaves of a tile beside its outputs: rows, then numbers. */
function cacheBytes({ operation, inputs, options }: Step, { values }: Program, stride: number): number {
  const shapes = inputs.map((value) => values[value]);
  const rows = operation.cacheRows?.(shapes, options) ?? [];
  const numbers = operation.cacheNumbers?.(shapes, options) ?? 0;
  return rows.reduce((total, row) => total + row, 0) * stride + numbers * 8;
}
