import { tilesOf } from "../../../../kernels/chunks";
import { Plan, Step } from "../../../../kernels/generated/shared";
import { addToGradient, RowSums, squaresOfRow, sumDerivatives, sumOfRow } from "../../../../kernels/rowSums";
import { endRow, firstRow, Tile, valueAt, workOf } from "../../../../kernels/tile";
import { lanes, multiplyAdd } from "../../../../kernels/vector";

/** A thread reads and writes its own rows alone. */
export const rows = "own";
export const inPlace = "backward";

/** What the cache holds of each row, a number each: of a tile, and in tile 0 of the whole batch. */
const TILE_MEAN: i32 = 0;
const TILE_SQUARES: i32 = 1;
const TILE_D: i32 = 2;
const TILE_DX: i32 = 3;
const MEAN: i32 = 4;
const INVERSE: i32 = 5;
const SUM_D: i32 = 6;
const SUM_DX: i32 = 7;

// @ts-ignore: decorator
@inline
function ofTile(s: Step, work: usize, what: i32, i: i32): usize {
  return work + s.cache + (<usize>(what * s.rows + i) << 3);
}

// @ts-ignore: decorator
@inline
function ofBatch(p: Plan, s: Step, what: i32, i: i32): f64 {
  return load<f64>(ofTile(s, workOf(p, 0), what, i));
}

// @ts-ignore: decorator
@inline
function momentumOf(s: Step): f64 {
  return load<f64>(s.options);
}

// @ts-ignore: decorator
@inline
function epsilonOf(s: Step): f64 {
  return load<f64>(s.options, 8);
}

/** Mean of a tile's examples, and the squares of their distances from it. */
export function collectForward<T>(p: Plan, s: Step): void {
  for (let i = firstRow(s.rows); i < endRow(s.rows); i++) {
    const x = valueAt(s.input) + <usize>i * <usize>p.stride;
    const mean = <f64>sumOfRow<T>(x, Tile.columns) / <f64>Tile.columns;
    store<f64>(ofTile(s, Tile.work, TILE_MEAN, i), mean);
    const squares = squaresOfRow<T>(x, Tile.columns, v128.splat<T>(<T>mean));
    store<f64>(ofTile(s, Tile.work, TILE_SQUARES, i), <f64>squares);
  }
}

/** Those of the batch, tile after tile (Chan, Golub & LeVeque 1979), and what the running averages are after the step. */
export function combineForward<T>(p: Plan, s: Step): void {
  const tiles = tilesOf(p);
  const momentum = momentumOf(s);
  for (let i = 0; i < s.rows; i++) {
    let n: f64 = 0;
    let mean: f64 = 0;
    let squares: f64 = 0;
    for (let t = 0; t < tiles; t++) {
      const columns = <f64>min(p.count - t * p.tileColumns, p.tileColumns);
      const distance = load<f64>(ofTile(s, workOf(p, t), TILE_MEAN, i)) - mean;
      const own = load<f64>(ofTile(s, workOf(p, t), TILE_SQUARES, i));
      squares += own + (distance * distance * n * columns) / (n + columns);
      n += columns;
      mean += (distance * columns) / n;
    }
    store<f64>(ofTile(s, workOf(p, 0), MEAN, i), mean);
    store<f64>(ofTile(s, workOf(p, 0), INVERSE, i), 1 / Math.sqrt(squares / n + epsilonOf(s)));
    average<T>(s, i, momentum, mean);
    average<T>(s, s.rows + i, momentum, squares / (n - 1));
  }
}

/** `r := (1 − momentum) r + momentum value` of number i that is kept. */
// @ts-ignore: decorator
@inline
function average<T>(s: Step, i: i32, momentum: f64, value: f64): void {
  const at = <usize>i * sizeof<T>();
  store<T>(s.nextState + at, <T>((1 - momentum) * <f64>load<T>(s.state + at) + momentum * value));
}

/** `y = γ (x − μ) / √(σ² + ε) + β` */
export function forward<T>(p: Plan, s: Step): void {
  const bytes = <usize>Tile.vectors << 4;
  for (let i = firstRow(s.rows); i < endRow(s.rows); i++) {
    const offset = <usize>i * <usize>p.stride;
    const own = <usize>i * sizeof<T>();
    let mean: f64;
    let inverse: f64;
    if (Tile.training) {
      mean = ofBatch(p, s, MEAN, i);
      inverse = ofBatch(p, s, INVERSE, i);
    } else {
      mean = <f64>load<T>(s.state + own);
      inverse = 1 / Math.sqrt(<f64>load<T>(s.state + <usize>s.rows * sizeof<T>() + own) + epsilonOf(s));
    }
    const mu = v128.splat<T>(<T>mean);
    const gamma = p.theta + s.parameters + own;
    const scale = v128.splat<T>(<T>(<f64>load<T>(gamma) * inverse));
    const beta = v128.splat<T>(load<T>(gamma + <usize>s.rows * sizeof<T>()));
    const X = valueAt(s.input) + offset;
    const Y = valueAt(s.output) + offset;
    for (let x: usize = 0; x < bytes; x += 16) {
      v128.store(Y + x, multiplyAdd<T>(scale, v128.sub<T>(v128.load(X + x), mu), beta));
    }
  }
}

/** `Σ dy` and `Σ dy x̂` of a tile. */
export function collectBackward<T>(p: Plan, s: Step): void {
  for (let i = firstRow(s.rows); i < endRow(s.rows); i++) {
    const offset = <usize>i * <usize>p.stride;
    const mu = v128.splat<T>(<T>ofBatch(p, s, MEAN, i));
    sumDerivatives<T>(valueAt(s.dOutput) + offset, valueAt(s.input) + offset, mu, Tile.vectors);
    store<f64>(ofTile(s, Tile.work, TILE_D, i), RowSums.plain);
    store<f64>(ofTile(s, Tile.work, TILE_DX, i), RowSums.withX * ofBatch(p, s, INVERSE, i));
  }
}

/** Those of the batch, tile after tile. */
export function combineBackward<T>(p: Plan, s: Step): void {
  const tiles = tilesOf(p);
  for (let i = 0; i < s.rows; i++) {
    let sum: f64 = 0;
    let withX: f64 = 0;
    for (let t = 0; t < tiles; t++) {
      sum += load<f64>(ofTile(s, workOf(p, t), TILE_D, i));
      withX += load<f64>(ofTile(s, workOf(p, t), TILE_DX, i));
    }
    store<f64>(ofTile(s, workOf(p, 0), SUM_D, i), sum);
    store<f64>(ofTile(s, workOf(p, 0), SUM_DX, i), withX);
  }
}

/** `dx = γ / √(σ² + ε) · (dy − (Σ dy + x̂ Σ dy x̂) / m)`, `dγ += Σ dy x̂`, `dβ += Σ dy`; columns beyond the last example stay 0. */
export function backward<T>(p: Plan, s: Step): void {
  const m = <f64>p.count;
  const full = <usize>(Tile.columns / lanes<T>()) << 4;
  const bytes = <usize>Tile.vectors << 4;
  for (let i = firstRow(s.rows); i < endRow(s.rows); i++) {
    const offset = <usize>i * <usize>p.stride;
    const own = <usize>i * sizeof<T>();
    const dGamma = Tile.gradient + s.parameters + own;
    addToGradient<T>(dGamma, load<f64>(ofTile(s, Tile.work, TILE_DX, i)), Tile.overwrite);
    const dBeta = dGamma + <usize>s.rows * sizeof<T>();
    addToGradient<T>(dBeta, load<f64>(ofTile(s, Tile.work, TILE_D, i)), Tile.overwrite);
    if (s.dInput == 0) continue;
    const inverse = ofBatch(p, s, INVERSE, i);
    const mu = <T>ofBatch(p, s, MEAN, i);
    const scale = <T>(<f64>load<T>(p.theta + s.parameters + own) * inverse);
    const constant = <T>(ofBatch(p, s, SUM_D, i) / m);
    const slope = <T>((ofBatch(p, s, SUM_DX, i) * inverse) / m);
    const X = valueAt(s.input) + offset;
    const dY = valueAt(s.dOutput) + offset;
    const dX = valueAt(s.dInput) + offset;
    const mus = v128.splat<T>(mu);
    const scales = v128.splat<T>(scale);
    const constants = v128.splat<T>(constant);
    const slopes = v128.splat<T>(slope);
    for (let x: usize = 0; x < full; x += 16) {
      const pull = v128.add<T>(constants, v128.mul<T>(slopes, v128.sub<T>(v128.load(X + x), mus)));
      v128.store(dX + x, v128.mul<T>(scales, v128.sub<T>(v128.load(dY + x), pull)));
    }
    const end = <usize>Tile.columns * sizeof<T>();
    for (let x = full; x < bytes; x += sizeof<T>()) {
      const pull = constant + slope * (load<T>(X + x) - mu);
      store<T>(dX + x, x < end ? scale * (load<T>(dY + x) - pull) : <T>0);
    }
  }
}
