import { Plan, Step } from "../../../../kernels/generated/shared";
import { addToGradient } from "../../../../kernels/rowSums";
import { endByte, endRow, firstByte, firstRow, Tile, valueAt } from "../../../../kernels/tile";
import { constant, loadSplat, multiplyAdd, sumOfLanes } from "../../../../kernels/vector";

/** A thread computes all rows of its own columns: the sums run down them, row after row. */
export const rows = "columns";

/** Rows of the cache: of each column μ and 1/√(σ² + ε), and the two sums of backward. */
const MEAN: usize = 0;
const INVERSE: usize = 1;
const SUM_G: usize = 2;
const SUM_GX: usize = 3;

// @ts-ignore: decorator
@inline
function cacheAt(p: Plan, s: Step, row: usize): usize {
  return Tile.work + s.cache + row * <usize>p.stride;
}

/** `y = γ (x − μ) / √(σ² + ε) + β` */
export function forward<T>(p: Plan, s: Step): void {
  const stride = <usize>p.stride;
  const first = firstByte();
  const end = endByte();
  const X = valueAt(s.input);
  const mean = cacheAt(p, s, MEAN);
  const inverse = cacheAt(p, s, INVERSE);
  memory.fill(mean + first, 0, end - first);
  memory.fill(inverse + first, 0, end - first);

  for (let i = 0; i < s.rows; i++) {
    const x = X + <usize>i * stride;
    for (let k = first; k < end; k += 16) v128.store(mean + k, v128.add<T>(v128.load(mean + k), v128.load(x + k)));
  }
  const share = constant<T>(1 / <f64>s.rows);
  for (let k = first; k < end; k += 16) v128.store(mean + k, v128.mul<T>(share, v128.load(mean + k)));

  for (let i = 0; i < s.rows; i++) {
    const x = X + <usize>i * stride;
    for (let k = first; k < end; k += 16) {
      const distance = v128.sub<T>(v128.load(x + k), v128.load(mean + k));
      v128.store(inverse + k, v128.add<T>(v128.load(inverse + k), v128.mul<T>(distance, distance)));
    }
  }
  const epsilon = constant<T>(load<f64>(s.options));
  const one = constant<T>(1);
  for (let k = first; k < end; k += 16) {
    const variance = v128.mul<T>(share, v128.load(inverse + k));
    v128.store(inverse + k, v128.div<T>(one, v128.sqrt<T>(v128.add<T>(variance, epsilon))));
  }

  const gammas = p.theta + s.parameters;
  const betas = gammas + <usize>s.rows * sizeof<T>();
  for (let i = 0; i < s.rows; i++) {
    const x = X + <usize>i * stride;
    const y = valueAt(s.output) + <usize>i * stride;
    const gamma = loadSplat<T>(gammas + <usize>i * sizeof<T>());
    const beta = loadSplat<T>(betas + <usize>i * sizeof<T>());
    for (let k = first; k < end; k += 16) {
      const distance = v128.sub<T>(v128.load(x + k), v128.load(mean + k));
      v128.store(y + k, multiplyAdd<T>(gamma, v128.mul<T>(distance, v128.load(inverse + k)), beta));
    }
  }
}

/** `dγ += Σ dy x̂`, `dβ += Σ dy` of this thread's rows, then dx of its columns. */
export function backward<T>(p: Plan, s: Step): void {
  parameterGradients<T>(p, s);
  if (s.dInput != 0) inputGradient<T>(p, s);
}

function parameterGradients<T>(p: Plan, s: Step): void {
  const bytes = <usize>Tile.vectors << 4;
  const mean = cacheAt(p, s, MEAN);
  const inverse = cacheAt(p, s, INVERSE);
  const dGamma = Tile.gradient + s.parameters;
  const dBeta = dGamma + <usize>s.rows * sizeof<T>();
  for (let i = firstRow(s.rows); i < endRow(s.rows); i++) {
    const x = valueAt(s.input) + <usize>i * <usize>p.stride;
    const dy = valueAt(s.dOutput) + <usize>i * <usize>p.stride;
    let plain = constant<T>(0);
    let withX = plain;
    for (let k: usize = 0; k < bytes; k += 16) {
      const d = v128.load(dy + k);
      plain = v128.add<T>(plain, d);
      const normalized = v128.mul<T>(v128.sub<T>(v128.load(x + k), v128.load(mean + k)), v128.load(inverse + k));
      withX = v128.add<T>(withX, v128.mul<T>(d, normalized));
    }
    addToGradient<T>(dGamma + <usize>i * sizeof<T>(), <f64>sumOfLanes<T>(withX), Tile.overwrite);
    addToGradient<T>(dBeta + <usize>i * sizeof<T>(), <f64>sumOfLanes<T>(plain), Tile.overwrite);
  }
}

/** `dx = (g − (Σ g + x̂ Σ g x̂)/n) / √(σ² + ε)`, `g = γ dy` */
function inputGradient<T>(p: Plan, s: Step): void {
  const stride = <usize>p.stride;
  const first = firstByte();
  const end = endByte();
  const mean = cacheAt(p, s, MEAN);
  const inverse = cacheAt(p, s, INVERSE);
  const sum = cacheAt(p, s, SUM_G);
  const withX = cacheAt(p, s, SUM_GX);
  memory.fill(sum + first, 0, end - first);
  memory.fill(withX + first, 0, end - first);
  const gammas = p.theta + s.parameters;
  // Of x̂ only the distance from μ is taken into the sum; the factor 1/√(σ² + ε) is that of the column.
  for (let i = 0; i < s.rows; i++) {
    const x = valueAt(s.input) + <usize>i * stride;
    const dy = valueAt(s.dOutput) + <usize>i * stride;
    const gamma = loadSplat<T>(gammas + <usize>i * sizeof<T>());
    for (let k = first; k < end; k += 16) {
      const g = v128.mul<T>(gamma, v128.load(dy + k));
      const distance = v128.sub<T>(v128.load(x + k), v128.load(mean + k));
      v128.store(sum + k, v128.add<T>(v128.load(sum + k), g));
      v128.store(withX + k, v128.add<T>(v128.load(withX + k), v128.mul<T>(g, distance)));
    }
  }
  const share = constant<T>(1 / <f64>s.rows);
  for (let k = first; k < end; k += 16) {
    const factor = v128.load(inverse + k);
    v128.store(sum + k, v128.mul<T>(share, v128.load(sum + k)));
    v128.store(withX + k, v128.mul<T>(v128.mul<T>(share, v128.load(withX + k)), v128.mul<T>(factor, factor)));
  }
  for (let i = 0; i < s.rows; i++) {
    const x = valueAt(s.input) + <usize>i * stride;
    const dy = valueAt(s.dOutput) + <usize>i * stride;
    const dx = valueAt(s.dInput) + <usize>i * stride;
    const gamma = loadSplat<T>(gammas + <usize>i * sizeof<T>());
    for (let k = first; k < end; k += 16) {
      const g = v128.mul<T>(gamma, v128.load(dy + k));
      const distance = v128.sub<T>(v128.load(x + k), v128.load(mean + k));
      const pull = v128.add<T>(v128.load(sum + k), v128.mul<T>(v128.load(withX + k), distance));
      v128.store(dx + k, v128.mul<T>(v128.load(inverse + k), v128.sub<T>(g, pull)));
    }
  }
}
