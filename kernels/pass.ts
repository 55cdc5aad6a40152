import { activate, applyMask, LINEAR, timesDerivative } from "./activation";
import { meet } from "./barrier";
import { layerProduct, inputGradient, weightGradient } from "./layerProducts";
import { lossHead, outputs } from "./lossHead";
import { COMMAND_GRADIENT as GRADIENT, COMMAND_OUTPUTS as OUTPUTS, Layer, Plan } from "./generated/shared";
import { layerOf } from "./plan";
import { gatherTile } from "./tiles";

/**
 * One pass over the loaded batch: A[L] into the output (command `outputs`), the same with the data cost (`cost`), or the cost
 * with dropout and its gradient (`gradient`). With `from ≥ 0` the batch is packed on the way, from that place in the
 * epoch's order.
 *
 * Every thread runs this; `thread` says which one it is.
 */
export function pass<T>(p: Plan, purpose: i32, from: i32, thread: i32): void {
  const tiles = (p.count + p.tileColumns - 1) / p.tileColumns;
  const chunks = (tiles + p.tilesInChunk - 1) / p.tilesInChunk;
  const work = p.workspace + <usize>(p.sharesRows ? 0 : thread) * <usize>p.workspaceBytes;
  const scratch = p.workspace + <usize>thread * <usize>p.workspaceBytes + p.scratch;
  const threads = p.sharesRows ? p.threads : 1;
  const rank = p.sharesRows ? thread : 0;
  for (let c = p.sharesRows ? 0 : thread; c < chunks; c += p.sharesRows ? 1 : p.threads) {
    const end = min((c + 1) * p.tilesInChunk, tiles);
    let total: f64 = 0;
    for (let t = c * p.tilesInChunk; t < end; t++) {
      if (from >= 0) {
        if (rank == 0) gatherTile<T>(p, t, from);
        meet(threads, thread);
      }
      forward<T>(p, t, work, scratch, purpose == GRADIENT, rank, threads, thread);
      total += head<T>(p, t, work, purpose, rank);
      meet(threads, thread);
      if (purpose == GRADIENT) {
        const gradient = c == 0 ? p.dTheta : p.partials + <usize>(c - 1) * <usize>p.thetaBytes;
        backward<T>(p, t, work, scratch, gradient, t == c * p.tilesInChunk, rank, threads, thread);
      }
    }
    if (rank == 0) store<f64>(p.costs + (<usize>c << 3), total);
  }
  meet(p.threads, thread);
  if (thread == 0) {
    let total: f64 = 0;
    for (let c = 0; c < chunks; c++) total += load<f64>(p.costs + (<usize>c << 3));
    p.cost = total / <f64>p.count;
  }
  meet(p.threads, thread);
}

/** Examples of tile t. */
// @ts-ignore: decorator
@inline
function columnsOf(p: Plan, t: i32): i32 {
  return min(p.count - t * p.tileColumns, p.tileColumns);
}

// @ts-ignore: decorator
@inline
function vectorsOf<T>(p: Plan, t: i32): i32 {
  const lanes = 16 / <i32>sizeof<T>();
  return (columnsOf(p, t) + lanes - 1) / lanes;
}

// @ts-ignore: decorator
@inline
function tileOf(p: Plan, t: i32): usize {
  return p.tiles + <usize>t * <usize>p.tileBytes;
}

/** The first of the rows that fall to a thread: fours, so that no block of a product is cut. */
// @ts-ignore: decorator
@inline
function firstRow(rows: i32, rank: i32, threads: i32): i32 {
  return rank == threads ? rows : ((rows * rank) / threads) & ~3;
}

/** What layer l hands to the next one. */
// @ts-ignore: decorator
@inline
function handedOn(layer: Layer, l: i32, tile: usize, work: usize, drop: bool): usize {
  if (drop && layer.drops) return work + layer.kept;
  return l == 0 ? tile : work + layer.A;
}

// @ts-ignore: decorator
@inline
function maskOf(p: Plan, layer: Layer, t: i32, row: i32): usize {
  return layer.mask + <usize>row * <usize>p.count + <usize>t * <usize>p.tileColumns;
}

/** `Z[l] = W[l] A[l−1] + b[l]`, `A[l] = g(Z[l])`; the last layer is left at its logits. */
function forward<T>(
  p: Plan,
  t: i32,
  work: usize,
  scratch: usize,
  drop: bool,
  rank: i32,
  threads: i32,
  thread: i32,
): void {
  const stride = <usize>p.stride;
  const vectors = vectorsOf<T>(p, t);
  const tile = tileOf(p, t);
  for (let l = 0; l <= p.depth; l++) {
    const layer = layerOf(p, l);
    const first = firstRow(layer.units, rank, threads);
    const rows = firstRow(layer.units, rank + 1, threads) - first;
    const offset = <usize>first * stride;
    const A = l == 0 ? tile : work + layer.A;
    if (l > 0) {
      const below = handedOn(layerOf(p, l - 1), l - 1, tile, work, drop);
      layerProduct<T>(p, layer, below, A, first, rows, vectors, scratch);
      if (l < p.depth && layer.activation != LINEAR) {
        activate<T>(layer.activation, layer.slope, A + offset, A + offset, rows, stride, vectors);
      }
    }
    if (drop && layer.drops) {
      const mask = maskOf(p, layer, t, first);
      applyMask<T>(A + offset, work + layer.kept + offset, mask, p.count, layer.keep, rows, stride, vectors);
    }
    if (l > 0 || (drop && layer.drops)) meet(threads, thread);
  }
}

/** Cost of a tile; A[L] takes the place of the logits. Writes dZ[L] for a gradient, A[L] to the output else. */
function head<T>(p: Plan, t: i32, work: usize, purpose: i32, rank: i32): f64 {
  if (rank > 0) return 0;
  const stride = <usize>p.stride;
  const vectors = vectorsOf<T>(p, t);
  const layer = layerOf(p, p.depth);
  const Z = work + layer.A;
  let cost: f64 = 0;
  if (purpose == OUTPUTS) outputs<T>(layer.activation, layer.slope, Z, Z, layer.units, stride, vectors);
  else {
    const Y = tileOf(p, t) + <usize>layerOf(p, 0).units * stride;
    const weights = Y + <usize>layer.units * stride;
    cost = lossHead<T>(
      p.loss,
      layer.activation,
      layer.slope,
      Z,
      Y,
      weights,
      work + layer.dZ,
      layer.units,
      stride,
      vectors,
      purpose == GRADIENT,
      p.weighted != 0,
    );
    if (purpose == GRADIENT) return cost;
  }
  const bytes = <usize>columnsOf(p, t) * sizeof<T>();
  for (let i = 0; i < layer.units; i++) {
    const to = p.output + (<usize>i * <usize>p.count + <usize>t * <usize>p.tileColumns) * sizeof<T>();
    memory.copy(to, Z + <usize>i * stride, bytes);
  }
  return cost;
}

/**
 * `dW[l] += dZ[l] A[l−1]ᵀ`, `db[l] += Σ dZ[l]`, `dA[l−1] = W[l]ᵀ dZ[l]`, `dZ[l−1] = dA[l−1] ∘ D / keep ∘ g'(Z[l−1])`.
 *
 * @param first the chunk's first tile: what the gradient holds is overwritten
 */
function backward<T>(
  p: Plan,
  t: i32,
  work: usize,
  scratch: usize,
  gradient: usize,
  first: bool,
  rank: i32,
  threads: i32,
  thread: i32,
): void {
  const stride = <usize>p.stride;
  const vectors = vectorsOf<T>(p, t);
  const tile = tileOf(p, t);
  for (let l = p.depth; l > 0; l--) {
    const layer = layerOf(p, l);
    const from = layerOf(p, l - 1);
    const dZ = work + layer.dZ;
    const row = firstRow(layer.units, rank, threads);
    const rows = firstRow(layer.units, rank + 1, threads) - row;
    weightGradient<T>(p, layer, dZ, handedOn(from, l - 1, tile, work, true), gradient, first, row, rows, vectors, scratch);
    if (l > 1) {
      const start = firstRow(from.units, rank, threads);
      const count = firstRow(from.units, rank + 1, threads) - start;
      const offset = <usize>start * stride;
      const dBelow = work + from.dZ;
      inputGradient<T>(p, layer, dZ, dBelow, start, count, vectors, scratch);
      if (from.drops) {
        const mask = maskOf(p, from, t, start);
        applyMask<T>(dBelow + offset, dBelow + offset, mask, p.count, from.keep, count, stride, vectors);
      }
      if (from.activation != LINEAR) {
        timesDerivative<T>(from.activation, from.slope, dBelow + offset, work + from.A + offset, count, stride, vectors);
      }
    }
    // Before the layer below reads dZ, and before the next tile overwrites what the first layer reads.
    meet(threads, thread);
  }
}
