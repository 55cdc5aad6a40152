import { addToAverage, beginAverage } from "./average";
import { meet } from "./barrier";
import { chunksOf } from "./chunks";
import { clipNorm, clipValues } from "./clip";
import { beginUpdate, update } from "./generated/dispatch";
import { addPenalties } from "./optimizer";
import { pass } from "./pass";
import { COMMAND_GRADIENT, Plan } from "./generated/shared";
import { stepOf } from "./program";
import { fillMask, shuffle } from "./random";

/**
 * Makes up to `steps` update steps from step `iteration` on. Ends early, before the update, at a cost that is not
 * finite. Every thread runs this.
 *
 * @returns steps made
 */
export function advance<T>(p: Plan, steps: i32, iteration: f64, thread: i32): i32 {
  for (let s = 0; s < steps; s++) {
    gradient<T>(p, iteration + <f64>s, thread);
    if (!isFinite(p.cost)) {
      // Whoever returns first may begin the next command, whose cost a slower thread would take for this one's.
      meet(p.threads, thread);
      return s;
    }
    if (thread == 0) p.total += p.cost;
    applyUpdate<T>(p, iteration + <f64>s, thread);
  }
  return steps;
}

/** Cost and gradient of step `iteration` on its batch, the penalty's gradient included. */
export function gradient<T>(p: Plan, iteration: f64, thread: i32): void {
  const from = seek(p, iteration, thread);
  if (p.drawsMasks) drawMasks(p, iteration, thread);
  meet(p.threads, thread);
  pass<T>(p, COMMAND_GRADIENT, from, thread);
  finishGradient<T>(p, shareOf(p, thread), shareOf(p, thread + 1));
  meet(p.threads, thread);
}

/** Lets the optimizer change θ by the gradient of step `iteration`; what steps keep becomes what the last forward made of it. */
export function applyUpdate<T>(p: Plan, iteration: f64, thread: i32): void {
  const from = shareOf(p, thread);
  const to = shareOf(p, thread + 1);
  if (thread == 0) {
    if (p.stateBytes > 0) {
      memory.copy(p.previousState, p.state, p.stateBytes);
      memory.copy(p.state, p.nextState, p.stateBytes);
    }
    beginUpdate(p);
    beginAverage(p, iteration);
  }
  clipValues<T>(p, thread);
  meet(p.threads, thread);
  clipNorm<T>(p, from, to);
  update<T>(p, from, to);
  addToAverage<T>(p, from, to, thread);
  meet(p.threads, thread);
}

/** Where the share of a thread in θ begins, in whole vectors. */
// @ts-ignore: decorator
@inline
function shareOf(p: Plan, thread: i32): usize {
  if (thread == 0) return 0;
  if (thread == p.threads) return p.thetaBytes;
  const vectors = p.thetaBytes >> 4;
  return <usize>((<i64>vectors * thread) / p.threads) << 4;
}

/** Goes to the batch of a step, as `BatchOrder` does. Returns its first place in the order, −1 where it is loaded. */
function seek(p: Plan, iteration: f64, thread: i32): i32 {
  if (p.records == 0) return -1;
  const stepsPerEpoch = (p.examples + p.batchSize - 1) / p.batchSize;
  const epoch = Math.floor(iteration / <f64>stepsPerEpoch) + 1;
  const from = <i32>(iteration - (epoch - 1) * <f64>stepsPerEpoch) * p.batchSize;
  meet(p.threads, thread);
  if (thread == 0) {
    if (p.shuffledEpoch != epoch) {
      shuffle(p.indices, p.examples, p.seed, <u32>(<u64>epoch), <u32>(<u64>epoch >> 32));
      p.shuffledEpoch = epoch;
    }
    p.count = min(p.batchSize, p.examples - from);
  }
  return from;
}

/** New masks for every step that drops units; threads take these steps in turn. */
function drawMasks(p: Plan, iteration: f64, thread: i32): void {
  meet(p.threads, thread);
  let turn = 0;
  for (let k = 0; k < p.stepCount; k++) {
    const s = stepOf(p, k);
    if (s.mask == 0 || turn++ % p.threads != thread) continue;
    const threshold = <u64>Math.floor(s.keep * 1099511627776 + 0.5); // 2⁴⁰
    const step = <u64>iteration;
    const first = <u32>(threshold >> 32);
    fillMask(s.mask, s.rows * p.count, first, <u32>threshold, p.seed, s.stream, <u32>step, <u32>(step >> 32));
  }
}

/** `dθ = (1/m) Σ_chunks + (λ₂/M) W + (λ₁/M) sign(W)` on the bytes `from … to`. */
function finishGradient<T>(p: Plan, from: usize, to: usize): void {
  const chunks = chunksOf(p);
  const scale = v128.splat<T>(<T>(1 / (<f64>p.count * <f64>p.members)));
  const end = p.dTheta + to;
  for (let x = p.dTheta + from, k = p.partials + from; x < end; x += 16, k += 16) {
    let sum = v128.load(x);
    for (let c = 1, partial = k; c < chunks; c++, partial += p.thetaBytes) {
      sum = v128.add<T>(sum, v128.load(partial));
    }
    v128.store(x, v128.mul<T>(sum, scale));
  }
  addPenalties<T>(p, from, to);
}
