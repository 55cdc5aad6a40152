import { Plan, Step } from "../../../../../kernels/generated/shared";
import { endRow, firstRow, Tile, valueAt } from "../../../../../kernels/tile";
import { constant, loadSplat, sumOfLanes } from "../../../../../kernels/vector";

/** A thread computes its own rows of outputs, of dA, and of W, from any rows of the others. */
export const rows = "shared";

/**
 * Number k of the options: channels, size, whether the image is padded to keep its size; height, width and channels of the input.
 */
// @ts-ignore: decorator
@inline
function optionOf(s: Step, k: usize): i32 {
  return <i32>load<f64>(s.options + (k << 3));
}

/** What is cut off the image's sides, and how far the kernel begins outside. */
// @ts-ignore: decorator
@inline
function cutOf(s: Step): i32 {
  return optionOf(s, 2) ? 0 : optionOf(s, 1) - 1;
}

// @ts-ignore: decorator
@inline
function shiftOf(s: Step): i32 {
  return optionOf(s, 2) ? (optionOf(s, 1) - 1) >> 1 : 0;
}

/** `z[o, y, x] = b[o] + Σ_c,u,v W[o, c, u, v] a[c, y + u, x + v]`: a row of Z is a sum of rows of A, examples side by side. */
export function forward<T>(p: Plan, s: Step): void {
  const size = optionOf(s, 1);
  const width = optionOf(s, 4) - cutOf(s);
  const pixels = (optionOf(s, 3) - cutOf(s)) * width;
  const shift = shiftOf(s);
  const entries = optionOf(s, 5) * size * size;
  const W = p.theta + s.parameters;
  const b = W + <usize>(optionOf(s, 0) * entries) * sizeof<T>();
  for (let i = firstRow(s.rows); i < endRow(s.rows); i++) {
    const o = i / pixels;
    const y = (i % pixels) / width - shift;
    const x = (i % width) - shift;
    const Z = valueAt(s.output) + <usize>i * <usize>p.stride;
    for (let vector: usize = 0; vector < <usize>Tile.vectors << 4; vector += 16) {
      let sum = loadSplat<T>(b + <usize>o * sizeof<T>());
      for (let c = 0; c < optionOf(s, 5); c++) {
        for (let u = max(0, -y); u < min(size, optionOf(s, 3) - y); u++) {
          for (let v = max(0, -x); v < min(size, optionOf(s, 4) - x); v++) {
            const w = loadSplat<T>(W + <usize>(o * entries + (c * size + u) * size + v) * sizeof<T>());
            const a = valueAt(s.input) + <usize>((c * optionOf(s, 3) + y + u) * optionOf(s, 4) + x + v) * <usize>p.stride;
            sum = v128.add<T>(sum, v128.mul<T>(w, v128.load(a + vector)));
          }
        }
      }
      v128.store(Z + vector, sum);
    }
  }
}

export function backward<T>(p: Plan, s: Step): void {
  parameterGradients<T>(p, s);
  if (s.dInput != 0) inputGradient<T>(p, s);
}

/** `dW[o, c, u, v] += Σ_y,x,j dz[o, y, x] a[c, y + u, x + v]`, `db[o] += Σ_y,x,j dz[o, y, x]`. */
function parameterGradients<T>(p: Plan, s: Step): void {
  const size = optionOf(s, 1);
  const channels = optionOf(s, 0);
  const width = optionOf(s, 4) - cutOf(s);
  const height = optionOf(s, 3) - cutOf(s);
  const shift = shiftOf(s);
  const entries = optionOf(s, 5) * size * size;
  const dW = Tile.gradient + s.parameters;
  const db = dW + <usize>(channels * entries) * sizeof<T>();
  const bytes = <usize>Tile.vectors << 4;
  for (let o = firstRow(channels); o < endRow(channels); o++) {
    const dZ = valueAt(s.dOutput) + <usize>(o * height * width) * <usize>p.stride;
    for (let c = 0; c < optionOf(s, 5); c++) {
      for (let u = 0; u < size; u++) {
        for (let v = 0; v < size; v++) {
          let sum = constant<T>(0);
          for (let y = max(0, shift - u); y < min(height, optionOf(s, 3) + shift - u); y++) {
            for (let x = max(0, shift - v); x < min(width, optionOf(s, 4) + shift - v); x++) {
              const d = dZ + <usize>(y * width + x) * <usize>p.stride;
              const pixel = (c * optionOf(s, 3) + y + u - shift) * optionOf(s, 4) + x + v - shift;
              const a = valueAt(s.input) + <usize>pixel * <usize>p.stride;
              for (let k: usize = 0; k < bytes; k += 16) {
                sum = v128.add<T>(sum, v128.mul<T>(v128.load(d + k), v128.load(a + k)));
              }
            }
          }
          addTo<T>(dW + <usize>(o * entries + (c * size + u) * size + v) * sizeof<T>(), sumOfLanes<T>(sum));
        }
      }
    }
    let sum = constant<T>(0);
    for (let i = 0; i < height * width; i++) {
      for (let k: usize = 0; k < bytes; k += 16) sum = v128.add<T>(sum, v128.load(dZ + <usize>i * <usize>p.stride + k));
    }
    addTo<T>(db + <usize>o * sizeof<T>(), sumOfLanes<T>(sum));
  }
}

// @ts-ignore: decorator
@inline
function addTo<T>(at: usize, value: T): void {
  store<T>(at, Tile.overwrite ? value : load<T>(at) + value);
}

/** `da[c, y, x] = Σ_o,u,v W[o, c, u, v] dz[o, y − u, x − v]` */
function inputGradient<T>(p: Plan, s: Step): void {
  const size = optionOf(s, 1);
  const width = optionOf(s, 4) - cutOf(s);
  const height = optionOf(s, 3) - cutOf(s);
  const shift = shiftOf(s);
  const entries = optionOf(s, 5) * size * size;
  const W = p.theta + s.parameters;
  for (let i = firstRow(s.inputRows); i < endRow(s.inputRows); i++) {
    const c = i / (optionOf(s, 3) * optionOf(s, 4));
    const y = (i / optionOf(s, 4)) % optionOf(s, 3) + shift;
    const x = (i % optionOf(s, 4)) + shift;
    const dA = valueAt(s.dInput) + <usize>i * <usize>p.stride;
    for (let vector: usize = 0; vector < <usize>Tile.vectors << 4; vector += 16) {
      let sum = constant<T>(0);
      for (let o = 0; o < optionOf(s, 0); o++) {
        for (let u = max(0, y - height + 1); u < min(size, y + 1); u++) {
          for (let v = max(0, x - width + 1); v < min(size, x + 1); v++) {
            const w = loadSplat<T>(W + <usize>(o * entries + (c * size + u) * size + v) * sizeof<T>());
            const d = valueAt(s.dOutput) + <usize>((o * height + y - u) * width + x - v) * <usize>p.stride;
            sum = v128.add<T>(sum, v128.mul<T>(w, v128.load(d + vector)));
          }
        }
      }
      v128.store(dA + vector, sum);
    }
  }
}
