import type { Numbers } from "../choice.js";

/** An optimizer in words. */
export interface OptimizerWords {
  /** What a network is trained by: `gradient descent`, … */
  method(n: Numbers): string;
}
