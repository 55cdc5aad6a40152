import type { Numbers } from "../choice.js";
import { warmupSteps } from "../schedule/schedule.js";
import { indented, type Line } from "./lines.js";
import { pythonNumber } from "./python.js";

/** A schedule over a run of so many steps. */
export interface ScheduledRun {
  readonly options: Numbers;
  readonly steps: number;
}

/** A schedule in Python. */
export interface ScheduleNumpy {
  /** Lines of a function of `step` that return the factor; `seen` is what it remembers. */
  factor(run: ScheduledRun): readonly Line[];
  /** Of one that goes by the run: lines of a function of `step` and `value` (lower is better) that change `seen`. */
  follow?(run: ScheduledRun): readonly Line[];
  /** What it remembers at first, as a Python expression. */
  readonly seen?: string;
}

/** Expressions that a scheduler of PyTorch is made with. */
export interface SchedulerInputs extends ScheduledRun {
  /** PyTorch's learning rate. */
  readonly rate: string;
  /** Whether what is watched is better when higher. */
  readonly higher: boolean;
}

/** The class of `torch.optim.lr_scheduler` that is the same schedule; undefined where none is. */
export type SchedulePytorch = (at: SchedulerInputs) => string | undefined;

/** Lines for the warm-up, and the rest of the run as an expression of its step `t`. */
export function warmedUpText(run: ScheduledRun, rest: (T: number) => string): Line[] {
  const W = warmupSteps(run);
  if (W === 0) return [`return ${rest(run.steps)}`.replaceAll(/\bt\b/g, "step")];
  return [...warmupLines(W), `t = step - ${W}`, `return ${rest(run.steps - W)}`];
}

/** `if step < W: …`, where there is a warm-up. */
export function warmupLines(W: number): Line[] {
  if (W === 0) return [];
  return [`if step < ${W}:`, ...indented([[`return (step + 1) / ${W + 1}`, "warm-up"]])];
}

/** `low + (1 - low) * shape`. */
export function above(low: number, shape: string): string {
  return low === 0 ? shape : `${pythonNumber(low)} + (1 - ${pythonNumber(low)}) * ${shape}`;
}
