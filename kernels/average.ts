import { Plan } from "./generated/shared";

/**
 * The average of the weights, `s := 1 + β s`, `θ̄ := θ̄ + (θ − θ̄) / s`, after each update that counts; the same of what steps
 * keep beside θ. See `src/ops/average/average.ts`.
 */

/** Before all threads update their shares: whether the weights after step `iteration` count, and s of this step. */
export function beginAverage(p: Plan, iteration: f64): void {
  if (p.averaged == 0) return;
  const made = iteration + 1;
  p.averages = made >= p.averageFrom && made % p.averageEvery == 0 ? 1 : 0;
  if (p.averages) p.averagedWeight = 1 + p.averageDecay * p.averagedWeight;
}

/** After the update of the bytes `from … to` of θ. */
export function addToAverage<T>(p: Plan, from: usize, to: usize, thread: i32): void {
  if (p.averaged == 0 || p.averages == 0) return;
  const share = v128.splat<T>(<T>(1 / p.averagedWeight));
  move<T>(p.averaged + from, p.theta + from, to - from, share);
  if (thread == 0) move<T>(p.averagedState, p.state, p.stateBytes, share);
}

/** `x := x + (y − x) · share`; of what is no whole number of vectors, to the end of the last. */
function move<T>(x: usize, y: usize, bytes: usize, share: v128): void {
  const end = x + bytes;
  for (; x < end; x += 16, y += 16) {
    const value = v128.load(x);
    v128.store(x, v128.add<T>(value, v128.mul<T>(v128.sub<T>(v128.load(y), value), share)));
  }
}
