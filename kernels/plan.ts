/**
 * What a step reads and writes, as `src/engine/wasm/planMemory.ts` lays it out: addresses are bytes in the one memory.
 *
 * Examples are columns. A batch is cut into tiles of at most `tileColumns` examples; each row of a tile has `stride`
 * bytes, a whole number of vectors. A tile holds the rows of X, then those of Y, then one row of example weights. Columns
 * beyond the last example repeat an example of the tile and have the weight 0: they add nothing to cost and gradient.
 *
 * Gradients are summed tile by tile within a chunk, then chunk by chunk. Both are fixed by the shapes alone, so the
 * number of threads changes no bit.
 */

/** One layer; entry 0 of the table stands for the inputs. */
// @ts-ignore: decorator
@unmanaged
export class Layer {
  units: i32;
  inputs: i32;
  /** One of the constants of activation.ts. */
  activation: i32;
  /** 1 where dropout acts on the layer's output. */
  drops: i32;
  /** Where W and b begin within θ. */
  W: usize;
  b: usize;
  /** Where A, A after its mask, and dZ begin within a thread's workspace; units × tile columns each. */
  A: usize;
  kept: usize;
  dZ: usize;
  /** Dropout mask of the batch, a byte a unit and example: units × examples, row-major. */
  mask: usize;
  /** Slope of the leaky ReLU below zero. */
  slope: f64;
  /** Probability to keep a unit. */
  keep: f64;
}

// @ts-ignore: decorator
@unmanaged
export class Plan {
  /** Table of `depth + 1` layers. */
  layers: usize;
  depth: i32;
  /** One of the constants of lossHead.ts. */
  loss: i32;
  /** Bytes of a number: 8 for f64, 4 for f32. */
  size: i32;
  /** Bytes of θ, a whole number of vectors; what lies beyond the last parameter is 0. */
  thetaBytes: i32;
  theta: usize;
  /** Derivative of the data cost, with the penalty once a step has run. */
  dTheta: usize;
  /** θ before the last update. */
  previous: usize;

  /** The tiles of the loaded batch. */
  tiles: usize;
  tileBytes: i32;
  tileColumns: i32;
  stride: i32;
  /** Examples of the loaded batch. */
  count: i32;
  /** 0 where all of them weigh 1. */
  weighted: i32;
  /** Outputs of the batch, units × count, row-major. */
  output: usize;

  /** 1 where threads share the rows of each product, 0 where they share the chunks. */
  sharesRows: i32;
  tilesInChunk: i32;
  /** One θ of gradients and one f64 of cost a chunk. */
  partials: usize;
  costs: usize;
  /** One workspace a thread. */
  workspace: usize;
  workspaceBytes: i32;
  /** Where a thread's scratch for packed products begins within its workspace. */
  scratch: usize;
  threads: i32;
  /** 1 where large products go to the imported `gemm`. */
  usesGemm: i32;

  /** The training set, an example a record: features, targets, weight. 0 where the batch is loaded from outside. */
  records: usize;
  recordBytes: i32;
  examples: i32;
  batchSize: i32;
  /** The order of the examples in this epoch, u32 each; 0 where a batch is the whole set. */
  indices: usize;
  /** The epoch whose order `indices` holds, from 1; 0 before the first. */
  shuffledEpoch: f64;
  seed: u32;
  /** 1 where masks are drawn anew each step from the fast streams. */
  drawsMasks: i32;

  /** One of the constants of optimizer.ts. */
  optimizer: i32;
  /** Its moving averages, each laid out like θ. */
  average: usize;
  square: usize;
  learningRate: f64;
  beta1: f64;
  beta2: f64;
  epsilon: f64;
  weightDecay: f64;
  /** β₁ᵗ and β₂ᵗ. */
  power1: f64;
  power2: f64;
  /** λ / training examples. */
  penalty: f64;

  /** Data cost of the last pass, and the sum of those of the steps run. */
  cost: f64;
  total: f64;

  layer(l: i32): Layer {
    return changetype<Layer>(this.layers + <usize>l * offsetof<Layer>());
  }
}
