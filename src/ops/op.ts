import type { Matrix } from "../array/matrix.js";
import type { Numbers } from "./choice.js";

/** The shape of a value: rows × examples. An image is its pixels, row after row, channel after channel. */
export interface Shape {
  readonly rows: number;
  readonly image?: { readonly height: number; readonly width: number; readonly channels: number };
  /** Members whose rows it holds, one after the other, as many of each. Default: it is of no members. */
  readonly members?: number;
}

/** A parameter that an operation learns. */
export interface ParameterDefinition {
  /** What it is called, without the number of its layer: `W`, `b`, … */
  readonly role: string;
  readonly rows: number;
  readonly columns: number;
  /** Matrices that it is, one below the other, each of which is drawn by itself. Default 1. */
  readonly blocks?: number;
  /** How it starts: drawn by the layer's initializer, or every entry at this value. */
  readonly start: "initializer" | number;
  /** Whether L2 and weight decay act on it: on weights, never on biases. */
  readonly decays: boolean;
}

/** Numbers that an operation keeps from step to step without training them. */
export interface StateDefinition extends ParameterDefinition {
  /** Every entry starts at this value. */
  readonly start: number;
}

/** Inverted dropout of one value at one step: `A ∘ D / keep`, D rows × examples of 0 and 1. */
export interface DropoutMask {
  readonly D: Matrix;
  readonly keep: number;
}

/** What an operation works with beside its inputs. */
export interface At {
  readonly options: Numbers;
  /** In the order of `parameters`. */
  readonly parameters: readonly Matrix[];
  /** Numbers that are kept from step to step and not trained, in the order of `state`: read, never written. */
  readonly state: readonly Matrix[];
  /** Whether this is a pass of training, or one of prediction. */
  readonly training: boolean;
  readonly mask: DropoutMask | undefined;
  /** Members that its first input holds the rows of; 1 where it is of none. */
  readonly members: number;
}

/** What forward gives. */
export interface Passed {
  readonly outputs: readonly Matrix[];
  /** What backward wants to find again beside inputs and outputs. */
  readonly cache?: readonly Matrix[];
  /** Of a pass of training: what is to be kept once the step is made, in the order of `state`. */
  readonly state?: readonly Matrix[];
}

/** What backward works with. */
export interface Back extends At {
  readonly inputs: readonly Matrix[];
  readonly outputs: readonly Matrix[];
  readonly cache: readonly Matrix[];
}

/** The derivative of the summed cost by what went in. */
export interface Gradients {
  readonly inputs: readonly Matrix[];
  /** In the order of `parameters`: sums over the examples. */
  readonly parameters: readonly Matrix[];
}

/** A row of one of the inputs. */
export interface RowOf {
  readonly input: number;
  readonly row: number;
}

/** What backward reads of the forward pass: engines may overwrite the rest. */
export type Keeps = "nothing" | "input" | "output" | "both";

/**
 * What a network is made of: a function of values, rows × examples, with its derivative. This is its readable form,
 * straight from the equation; the kernel beside it is measured against it.
 */
export interface Operation {
  readonly keeps: Keeps;
  /** Whether no output is known before all examples of the batch are: as a mean over the batch is needed. */
  readonly wholeBatch?: boolean;
  /** The fewest examples that a batch of training may have. Default 1. */
  readonly leastExamples?: number;
  /** Whether it is `Z = W A + b` of its two parameters W and b, example by example. */
  readonly affine?: boolean;
  /** Whether it makes the sums Z of a layer of units in another way, of weights W and biases b, its first two parameters. */
  readonly sums?: boolean;
  /** Whether it can take rows of several members: each row by itself, or those of each member. */
  readonly takesMembers?: boolean;
  /** Whether row i of its output stands for the same unit as row i of its input, as after a norm. */
  readonly sameUnits?: boolean;
  /** Whether it brings each row of its input to a scale of its own, so that none has to be normalized before. */
  readonly ownScale?: boolean;
  /**
   * Of an operation that takes codes: how many there are in each row of its input, 0 … n − 1. Its input has to be rows of X,
   * so that they are known before a run.
   */
  codes?(options: Numbers): readonly number[];
  /**
   * Of an operation that hands on rows as they are: the row of one of its inputs that a row of an output is; undefined for a
   * row that is computed. Default: all are.
   */
  carries?(output: number, row: number, inputs: readonly Shape[], options: Numbers): RowOf | undefined;
  /**
   * Shapes of the outputs.
   *
   * @throws OptionError for inputs that it cannot take
   */
  shapes(inputs: readonly Shape[], options: Numbers): readonly Shape[];
  /** What it learns. Default nothing. */
  parameters?(inputs: readonly Shape[], options: Numbers): readonly ParameterDefinition[];
  /** What it keeps from step to step without training it. Default nothing. */
  state?(inputs: readonly Shape[], options: Numbers): readonly StateDefinition[];
  /** Rows of the values that a kernel's forward leaves for backward, a number an example each. Default none. */
  cacheRows?(inputs: readonly Shape[], options: Numbers): readonly number[];
  /** How many numbers it leaves beside them, float64 whatever the network's precision, however many examples. Default 0. */
  cacheNumbers?(inputs: readonly Shape[], options: Numbers): number;
  forward(inputs: readonly Matrix[], at: At): Passed;
  /** @param dOutputs derivative of the summed cost by each output */
  backward(dOutputs: readonly Matrix[], at: Back): Gradients;
}
