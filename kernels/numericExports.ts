/** The elementary functions over arrays, and the random streams: for tests. */

import { gated, sigmoidDerivativeFrom, tanhSoftplusDerivativeFrom, tanhSoftplusFrom } from "./gates";
import { gaussian, normalCdf, normalDensity } from "./normal";
import { exp, expm1, exponential, expOfMinusAbs, log, log1p, sigmoid, softplus, tanh } from "./numeric";
import { wave } from "./wave";

export { fillMask, shuffle } from "./random";

export const EXP: i32 = 0;
export const LOG1P: i32 = 1;
export const LOG: i32 = 2;
export const TANH: i32 = 3;
export const SIGMOID: i32 = 4;
export const EXPM1: i32 = 5;
export const SOFTPLUS: i32 = 6;
export const SIGMOID_DERIVATIVE: i32 = 7;
export const TANH_SOFTPLUS: i32 = 8;
export const TANH_SOFTPLUS_DERIVATIVE: i32 = 9;
export const GAUSSIAN: i32 = 10;
export const NORMAL_CDF: i32 = 11;
export const NORMAL_DENSITY: i32 = 12;
/** `z Φ(z)`, for the gate that shuts. */
export const GATED: i32 = 13;
export const EXPONENTIAL: i32 = 14;

/** `y = f(x)` on `vectors` vectors. */
export function map64(f: i32, x: usize, y: usize, vectors: i32): void {
  map<f64>(f, x, y, vectors);
}

export function map32(f: i32, x: usize, y: usize, vectors: i32): void {
  map<f32>(f, x, y, vectors);
}

function map<T>(f: i32, x: usize, y: usize, vectors: i32): void {
  for (let v = 0; v < vectors; v++, x += 16, y += 16) {
    const a = v128.load(x);
    if (f == EXP) v128.store(y, exp<T>(a));
    else if (f == LOG1P) v128.store(y, log1p<T>(a));
    else if (f == LOG) v128.store(y, log<T>(a));
    else if (f == TANH) v128.store(y, tanh<T>(a));
    else if (f == SIGMOID) v128.store(y, sigmoid<T>(a));
    else if (f == EXPM1) v128.store(y, expm1<T>(a));
    else if (f == SOFTPLUS) v128.store(y, softplus<T>(a));
    else if (f == SIGMOID_DERIVATIVE) v128.store(y, sigmoidDerivativeFrom<T>(expOfMinusAbs<T>(a)));
    else if (f == TANH_SOFTPLUS) v128.store(y, tanhSoftplusFrom<T>(a, expOfMinusAbs<T>(a)));
    else if (f == TANH_SOFTPLUS_DERIVATIVE) v128.store(y, tanhSoftplusDerivativeFrom<T>(a, expOfMinusAbs<T>(a)));
    else if (f == GAUSSIAN) v128.store(y, gaussian<T>(a));
    else if (f == NORMAL_CDF) v128.store(y, normalCdf<T>(a));
    else if (f == EXPONENTIAL) v128.store(y, exponential<T>(a));
    else if (f == NORMAL_DENSITY) v128.store(y, normalDensity<T>(a));
    else v128.store(y, gated<T>(a, normalCdf<T>(a)));
  }
}

/** Cosine and sine of `vectors` vectors. */
export function waves64(x: usize, cosines: usize, sines: usize, vectors: i32): void {
  for (let v: usize = 0; v < <usize>vectors << 4; v += 16) wave<f64>(v128.load(x + v), cosines + v, sines + v);
}

export function waves32(x: usize, cosines: usize, sines: usize, vectors: i32): void {
  for (let v: usize = 0; v < <usize>vectors << 4; v += 16) wave<f32>(v128.load(x + v), cosines + v, sines + v);
}
