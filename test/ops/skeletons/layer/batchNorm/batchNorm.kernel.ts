import { Plan, Step } from "../../../../../kernels/generated/shared";
import { tilesOf } from "../../../../../kernels/chunks";
import { endRow, firstRow, Tile, valueAt, workOf } from "../../../../../kernels/tile";

/** A thread reads and writes its own rows alone. */
export const rows = "own";
export const inPlace = "backward";

/**
 * What the cache holds of row i of a tile, one number each at the beginning of a row of it; of the whole batch in tile 0.
 */
const TILE_MEAN: i32 = 0;
const TILE_SQUARES: i32 = 1;
const MEAN: i32 = 2;
const INVERSE: i32 = 3;
const TILE_D: i32 = 4;
const TILE_DX: i32 = 5;
const SUM_D: i32 = 6;
const SUM_DX: i32 = 7;

// @ts-ignore: decorator
@inline
function cacheAt(p: Plan, s: Step, work: usize, what: i32, i: i32): usize {
  return work + s.cache + <usize>(what * s.rows + i) * <usize>p.stride;
}

/** Number k of the options: momentum, ε. */
// @ts-ignore: decorator
@inline
function optionOf(s: Step, k: usize): f64 {
  return load<f64>(s.options + (k << 3));
}

/** Mean of a tile's examples, and the squares of their distances from it. */
export function collectForward<T>(p: Plan, s: Step): void {
  for (let i = firstRow(s.rows); i < endRow(s.rows); i++) {
    const x = valueAt(s.input) + <usize>i * <usize>p.stride;
    let sum: f64 = 0;
    for (let j = 0; j < Tile.columns; j++) sum += <f64>load<T>(x + <usize>j * sizeof<T>());
    const mean = sum / <f64>Tile.columns;
    let squares: f64 = 0;
    for (let j = 0; j < Tile.columns; j++) {
      const distance = <f64>load<T>(x + <usize>j * sizeof<T>()) - mean;
      squares += distance * distance;
    }
    store<f64>(cacheAt(p, s, Tile.work, TILE_MEAN, i), mean);
    store<f64>(cacheAt(p, s, Tile.work, TILE_SQUARES, i), squares);
  }
}

/** Those of the batch, tile after tile (Chan, Golub & LeVeque 1979), and the running averages. */
export function combineForward<T>(p: Plan, s: Step): void {
  for (let i = 0; i < s.rows; i++) {
    let n: f64 = 0;
    let mean: f64 = 0;
    let squares: f64 = 0;
    for (let t = 0; t < tilesOf(p); t++) {
      const columns = <f64>min(p.count - t * p.tileColumns, p.tileColumns);
      const distance = load<f64>(cacheAt(p, s, workOf(p, t), TILE_MEAN, i)) - mean;
      squares += load<f64>(cacheAt(p, s, workOf(p, t), TILE_SQUARES, i)) + (distance * distance * n * columns) / (n + columns);
      n += columns;
      mean += (distance * columns) / n;
    }
    store<f64>(cacheAt(p, s, workOf(p, 0), MEAN, i), mean);
    store<f64>(cacheAt(p, s, workOf(p, 0), INVERSE, i), 1 / Math.sqrt(squares / n + optionOf(s, 1)));
    const momentum = optionOf(s, 0);
    average<T>(s.state + <usize>i * sizeof<T>(), momentum, mean);
    average<T>(s.state + <usize>(s.rows + i) * sizeof<T>(), momentum, n > 1 ? squares / (n - 1) : squares / n);
  }
}

function average<T>(at: usize, momentum: f64, value: f64): void {
  store<T>(at, <T>(momentum * <f64>load<T>(at) + (1 - momentum) * value));
}

/** `y = γ (x − μ) / √(σ² + ε) + β` */
export function forward<T>(p: Plan, s: Step): void {
  for (let i = firstRow(s.rows); i < endRow(s.rows); i++) {
    const offset = <usize>i * <usize>p.stride;
    const own = <usize>i * sizeof<T>();
    let mean: f64;
    let inverse: f64;
    if (Tile.training) {
      mean = load<f64>(cacheAt(p, s, workOf(p, 0), MEAN, i));
      inverse = load<f64>(cacheAt(p, s, workOf(p, 0), INVERSE, i));
    } else {
      mean = <f64>load<T>(s.state + own);
      inverse = 1 / Math.sqrt(<f64>load<T>(s.state + <usize>s.rows * sizeof<T>() + own) + optionOf(s, 1));
    }
    const mu = v128.splat<T>(<T>mean);
    const gamma = p.theta + s.parameters + own;
    const scale = v128.splat<T>(<T>(<f64>load<T>(gamma) * inverse));
    const beta = v128.splat<T>(load<T>(gamma + <usize>s.rows * sizeof<T>()));
    for (let x: usize = 0; x < <usize>Tile.vectors << 4; x += 16) {
      const distance = v128.sub<T>(v128.load(valueAt(s.input) + offset + x), mu);
      v128.store(valueAt(s.output) + offset + x, v128.add<T>(v128.mul<T>(scale, distance), beta));
    }
  }
}

/** `Σ dy` and `Σ dy x̂` of a tile. */
export function collectBackward<T>(p: Plan, s: Step): void {
  for (let i = firstRow(s.rows); i < endRow(s.rows); i++) {
    const offset = <usize>i * <usize>p.stride;
    const mean = load<f64>(cacheAt(p, s, workOf(p, 0), MEAN, i));
    const inverse = load<f64>(cacheAt(p, s, workOf(p, 0), INVERSE, i));
    let sum: f64 = 0;
    let withX: f64 = 0;
    for (let j = 0; j < Tile.columns; j++) {
      const at = offset + <usize>j * sizeof<T>();
      const d = <f64>load<T>(valueAt(s.dOutput) + at);
      sum += d;
      withX += d * (<f64>load<T>(valueAt(s.input) + at) - mean) * inverse;
    }
    store<f64>(cacheAt(p, s, Tile.work, TILE_D, i), sum);
    store<f64>(cacheAt(p, s, Tile.work, TILE_DX, i), withX);
  }
}

/** Those of the batch, tile after tile. */
export function combineBackward<T>(p: Plan, s: Step): void {
  for (let i = 0; i < s.rows; i++) {
    let sum: f64 = 0;
    let withX: f64 = 0;
    for (let t = 0; t < tilesOf(p); t++) {
      sum += load<f64>(cacheAt(p, s, workOf(p, t), TILE_D, i));
      withX += load<f64>(cacheAt(p, s, workOf(p, t), TILE_DX, i));
    }
    store<f64>(cacheAt(p, s, workOf(p, 0), SUM_D, i), sum);
    store<f64>(cacheAt(p, s, workOf(p, 0), SUM_DX, i), withX);
  }
}

/** `dx = γ / √(σ² + ε) · (dy − (Σ dy + x̂ Σ dy x̂) / m)`, `dγ += Σ dy x̂`, `dβ += Σ dy`; columns beyond the last example stay 0. */
export function backward<T>(p: Plan, s: Step): void {
  const m = <f64>p.count;
  for (let i = firstRow(s.rows); i < endRow(s.rows); i++) {
    const offset = <usize>i * <usize>p.stride;
    const own = <usize>i * sizeof<T>();
    const dGamma = Tile.gradient + s.parameters + own;
    const dBeta = dGamma + <usize>s.rows * sizeof<T>();
    addTo<T>(dGamma, load<f64>(cacheAt(p, s, Tile.work, TILE_DX, i)));
    addTo<T>(dBeta, load<f64>(cacheAt(p, s, Tile.work, TILE_D, i)));
    if (s.dInput == 0) continue;
    const mean = load<f64>(cacheAt(p, s, workOf(p, 0), MEAN, i));
    const inverse = load<f64>(cacheAt(p, s, workOf(p, 0), INVERSE, i));
    const sum = load<f64>(cacheAt(p, s, workOf(p, 0), SUM_D, i));
    const withX = load<f64>(cacheAt(p, s, workOf(p, 0), SUM_DX, i));
    const scale = <f64>load<T>(p.theta + s.parameters + own) * inverse;
    for (let j = 0; j < Tile.vectors * (16 / <i32>sizeof<T>()); j++) {
      const at = offset + <usize>j * sizeof<T>();
      const normalized = (<f64>load<T>(valueAt(s.input) + at) - mean) * inverse;
      const d = <f64>load<T>(valueAt(s.dOutput) + at);
      const value = j < Tile.columns ? scale * (d - (sum + normalized * withX) / m) : 0;
      store<T>(valueAt(s.dInput) + at, <T>value);
    }
  }
}

// @ts-ignore: decorator
@inline
function addTo<T>(at: usize, value: f64): void {
  store<T>(at, (Tile.overwrite ? <T>0 : load<T>(at)) + <T>value);
}
