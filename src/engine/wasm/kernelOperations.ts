import { OptionError } from "../../constraint/constraint.js";
import { operations } from "./generated/operations.js";

/** What a plan of memory has to know of a step's kernel; `kernels/operations.js` reads it from the kernel itself. */
export interface StepKernel {
  readonly code: number;
  /** Where output and input may lie at one address, derivatives too for `backward`. */
  readonly inPlace: "forward" | "backward" | "both" | "none";
  /**
   * What a thread computes where threads share rows, and reads of others: its own rows from the same or from any, `columns` of
   * its own from all rows; `parts`: some of the rows of each member, or all of some members; `one`: a single thread computes all.
   */
  readonly rows: "own" | "shared" | "columns" | "parts" | "one";
  /** Whether it does anything forward; if not, its outputs are its input. */
  readonly forward: boolean;
  readonly backward: boolean;
  readonly wholeBatch: boolean;
  /** Whether forward in training leaves the derivative in place of what is kept. */
  readonly leavesDerivative: boolean;
}

/** Operations that a build of the kernels has, by name. */
export interface KernelOperations {
  readonly steps: Readonly<Record<string, StepKernel>>;
  readonly losses: Readonly<Record<string, number>>;
  readonly optimizers: Readonly<Record<string, number>>;
}

/** The operations of `src/ops/`. */
export const ownOperations: KernelOperations = operations;

/** What the kernels know under a name. @throws OptionError where they have none */
export function kernelOf<Kernel>(kernels: Readonly<Record<string, Kernel>>, name: string): Kernel {
  const kernel = Object.hasOwn(kernels, name) ? kernels[name] : undefined;
  if (kernel !== undefined) return kernel;
  throw new OptionError(`the kernels have no ${name}: they know ${Object.keys(kernels).join(", ")}`);
}
