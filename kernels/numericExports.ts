/** The elementary functions over arrays, and the random streams: for tests. */

import { exp, log, log1p, sigmoid, tanh } from "./numeric";

export { fillMask, shuffle } from "./random";

export const EXP: i32 = 0;
export const LOG1P: i32 = 1;
export const LOG: i32 = 2;
export const TANH: i32 = 3;
export const SIGMOID: i32 = 4;

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
    else v128.store(y, sigmoid<T>(a));
  }
}
