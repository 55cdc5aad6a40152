import type { RandomStream } from "../../../src/random/streams.js";
import type { Bug } from "../families/family.js";
import type { Tensor, Tensors } from "./tensor.js";

/** A layer as somebody writes it by hand, from its equations: what is drawn is one of some size, with some settings. */
export interface Layer {
  readonly name: string;
  draw(stream: RandomStream): DrawnLayer;
}

export interface DrawnLayer {
  /** What the output depends on: the input and the parameters. */
  readonly inputs: Tensors;
  forward(inputs: Tensors): Tensor;
  /**
   * The gradient of `Σ dout ∘ forward(inputs)` by each input.
   *
   * @param bug name of one of the bugs; without it the gradient is right
   */
  backward(inputs: Tensors, dout: Tensor, bug?: string): Tensors;
  /** What can be wrong here, with the causes that are then right to name. Without causes it cannot be told from the numbers. */
  readonly bugs: readonly Bug[];
}

/** A bug whose explanation holds one of these sentences. */
export function bug(name: string, ...causes: readonly string[]): Bug {
  return { name, causes: causes.map((id) => ({ id })) };
}

/** Those bugs that a condition lets happen. */
export function where(condition: boolean, ...bugs: readonly Bug[]): readonly Bug[] {
  return condition ? bugs : [];
}
