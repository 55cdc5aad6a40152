import type { Numbers, OptionTable } from "../choice.js";
import type { ActivationSpec, InitializerSpec } from "../names.js";
import type { Operation, Shape } from "../op.js";

/** A value of a program, by its number. */
export type Value = number;

/** A step to add to a program. */
export interface NewStep {
  /** What the operation is called. */
  readonly op: string;
  readonly operation: Operation;
  readonly inputs: readonly Value[];
  readonly options?: Numbers;
  /** How parameters start, by role, where not as the operation says: an initializer, or a number. */
  readonly starts?: Readonly<Record<string, InitializerSpec | number | undefined>>;
}

/** Takes the steps of a network's layers, one after the other. */
export interface Builder {
  shapeOf(value: Value): Shape;
  /** Adds a step; returns its outputs. */
  add(step: NewStep): readonly Value[];
  /** Adds a step that drops units, by the layer's own random numbers, and keeps each with this probability. */
  drop(value: Value, keep: number): Value;
  /** Adds an activation; returns A. */
  activate(activation: ActivationSpec, Z: Value): Value;
  /**
   * Adds other layers; returns the output of the last.
   *
   * @param as what some types of them, and of those within them, stand for here. Default: what they always do
   */
  layers(specs: readonly InnerLayer[], input: Value, as?: Lowerings): Value;
}

/** A layer within another, of whatever type. */
export interface InnerLayer {
  readonly type: string;
}

/** What layers stand for, by type. */
export type Lowerings = Readonly<Record<string, Pick<LayerDefinition<never>, "lower" | "stream">>>;

/**
 * Checks such a layer; throws as `LayerDefinition.parse` does.
 *
 * @param ends whether the output of the layer that holds it is its own. Default false
 */
export type ParseLayer = (where: string, value: unknown, ends?: boolean) => InnerLayer;

/** A layer in use, small: what the tests of all layers build their networks of. */
export interface LayerExample<Spec> {
  readonly spec: Spec;
  /** Rows of its input. */
  readonly inputs: number;
  /** Where its input are codes, how many there are: whole numbers from 0. Default: it takes any numbers. */
  readonly codes?: number;
}

/** A layer: what a specification says of it, and the steps that it stands for. */
export interface LayerDefinition<Spec extends InnerLayer> {
  readonly example: LayerExample<Spec>;
  /** What an editor begins with. Default: its type alone where that is legal, otherwise that of the example. */
  readonly plain?: Spec;
  /** Its numbers, with ranges, and what they are by default; one that has to be given begins so. Default: it has none. */
  readonly options?: OptionTable;
  /** Whether it drops units by a probability of its own: a place among the masks. */
  readonly drops?: true;
  /** Of a layer that can only be the last of a network: the layer in it that its output is of. */
  end?(spec: Spec): InnerLayer;
  /** What the random numbers of its n-th layer are found by, from 1. Default: a hash of its name and n. */
  stream?(n: number): number;
  /**
   * Checks a specification, which may come from a file or a link.
   *
   * @param where what the message begins with
   * @param parseLayer for the layers that it holds
   * @throws OptionError naming the part that is wrong and what would be right
   */
  parse(where: string, value: unknown, parseLayer: ParseLayer): Spec;
  /**
   * Adds its steps.
   *
   * @throws OptionError for an input that it cannot take
   */
  lower(spec: Spec, input: Value, builder: Builder): Value;
}
