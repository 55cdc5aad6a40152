import type { Numbers } from "../choice.js";
import type { Line } from "./lines.js";

/** Python expressions by name. */
export type Expressions = Readonly<Record<string, string>>;

/** A function of a Python program. Facets that need the same one share it, and a program holds it once. */
export type PythonFunction = readonly Line[];

/** Expressions that a step computes from; arrays are rows × examples. */
export interface NumpyInputs {
  /** Its inputs, and the first of them. */
  readonly inputs: readonly string[];
  readonly input: string;
  /** Rows of each input. */
  readonly rows: readonly number[];
  /** Members whose rows the first of them holds, as a literal. */
  readonly members: string;
  /** Options as literals, parameters, and what it keeps beside them, by name and role. */
  readonly n: Expressions;
}

/** The same for forward. */
export interface NumpyForward extends NumpyInputs {
  /** Whether this is a training step. Only an operation that keeps state may ask. */
  readonly training: string;
}

/** The same for backward, which belongs to a training step. */
export interface NumpyBack extends NumpyInputs {
  readonly output: string;
  /** The derivative of the summed cost by each output, and by the first of them. */
  readonly dOutputs: readonly string[];
  readonly dOutput: string;
}

/** An operation in NumPy. */
export interface OperationNumpy {
  /** What its output is called, before a number. Default `A`. */
  readonly symbol?: string;
  /** What it calls and NumPy has not. */
  readonly functions?: readonly PythonFunction[];
  /** Its output. Left out where its outputs are the input itself. */
  forward?(at: NumpyForward): string;
  /** The derivative by its input, or by each of several. */
  backward(at: NumpyBack): string | readonly string[];
  /** The derivative by each parameter: sums over the examples, in a form that `/ m` can follow. */
  parameters?(at: NumpyBack): Expressions;
  /** What is kept once a step of training is made, by role. */
  state?(at: NumpyInputs): Expressions;
}

/** Expressions of the last layer's arrays, units × examples. */
export interface LossArrays {
  readonly Z: string;
  readonly A: string;
  readonly units: number;
  /** The loss's options. */
  readonly n: Numbers;
}

/** A loss in NumPy, of logits Z and outputs A against targets Y. */
export interface LossNumpy {
  /** What it calls and NumPy has not. */
  functions?(n: Numbers): readonly PythonFunction[];
  /** Docstring and lines that end with `losses`, 1 × examples. */
  losses(at: LossArrays): readonly Line[];
  /** The derivative of the summed cost by the logits or the outputs, as its definition says. */
  derivative(at: LossArrays): string;
}

/** An optimizer in NumPy. */
export interface OptimizerNumpy {
  /** What it remembers of the gradients, one array a parameter; `t` is the number of the step instead. */
  readonly state: readonly string[];
  /** What its function says of itself. */
  about?(n: Numbers): string;
  /** Its options as Python arguments with their values. Default none. */
  numbers?(n: Numbers): Expressions;
  /** Lines before the parameters are gone through. Default none. */
  readonly before?: readonly Line[];
  /** The update of `p[name]` by its gradient `g` and the state's `[name]`; weight decay has come before it. */
  readonly lines: readonly Line[];
}

/** Starting weights in NumPy, units × inputs; `rng` is the run's `RandomState`. */
export type InitializerNumpy = (units: number, inputs: number, n: Numbers) => string;
