import { ADDRESSES_CONTROL as CONTROL, Control } from "./generated/shared";

/**
 * Where threads meet; a build without threads has one. All of them run the same steps on the same plan; a thread that has done its part waits here until
 * the last one has.
 *
 * A wait spins for some hundred microseconds, then sleeps: to be woken takes longer than most waits within a step. The browser's
 * main thread may not sleep and goes on spinning.
 */

const spins = 300_000;
// A thread that is only starved comes back: at low priority beside many processes that took more than 20 s. One that has died without
// a word never does.
const patience: i64 = 300_000_000_000; // ns

// @ts-ignore: decorator
@inline
function control(): Control {
  return changetype<Control>(CONTROL);
}

/** Waits until every thread has come here. */
// @ts-ignore: decorator
@inline
export function meet(threads: i32, thread: i32): void {
  if (ASC_FEATURE_THREADS && threads > 1) meetOthers(threads, thread);
}

function meetOthers(threads: i32, thread: i32): void {
  const round = atomic.load<i32>(CONTROL + offsetof<Control>("round"));
  if (atomic.add<i32>(CONTROL + offsetof<Control>("arrived"), 1) == threads - 1) {
    atomic.store<i32>(CONTROL + offsetof<Control>("arrived"), 0);
    wake(CONTROL + offsetof<Control>("round"), round + 1);
    return;
  }
  awaitChange(CONTROL + offsetof<Control>("round"), round, thread > 0 || control().maySleep != 0, patience);
}

/** Changes a word others wait for. */
export function wake(word: usize, value: i32): void {
  atomic.store<i32>(word, value);
  if (atomic.load<i32>(CONTROL + offsetof<Control>("sleepers")) > 0) atomic.notify(word, -1);
}

/** Waits until a word differs from `value`; traps where a thread has failed or none comes for `timeout` ns (−1: ever). */
export function awaitChange(word: usize, value: i32, maySleep: bool, timeout: i64): void {
  for (let i = 0; i < spins; i++) {
    if (atomic.load<i32>(word) != value) return;
  }
  while (atomic.load<i32>(word) == value) {
    if (atomic.load<i32>(CONTROL + offsetof<Control>("failed")) != 0) unreachable();
    if (!maySleep) continue;
    atomic.add<i32>(CONTROL + offsetof<Control>("sleepers"), 1);
    const outcome = atomic.wait<i32>(word, value, timeout);
    atomic.sub<i32>(CONTROL + offsetof<Control>("sleepers"), 1);
    if (outcome == 2) unreachable();
  }
}
