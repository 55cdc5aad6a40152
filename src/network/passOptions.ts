import type { DropoutMask } from "../ops/op.js";

/** Masks by layer: index 0 for the inputs, l for hidden layer l; undefined where every unit is kept. */
export type DropoutMasks = readonly (DropoutMask | undefined)[];

/** What a forward pass is for. */
export interface PassOptions {
  /**
   * Whether it is one of training: dropout masks act, and what tells a batch by its own statistics, as batch norm, does so.
   * Default false, prediction.
   */
  readonly training?: boolean;
  /** Dropout masks, of a pass of training alone. Default: every unit is kept. */
  readonly masks?: DropoutMasks;
}
