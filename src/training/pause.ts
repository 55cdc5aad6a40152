/** Work between two pauses: a frame of a 60 Hz page has 16.7 ms, and its own work needs room. */
const sliceMilliseconds = 8;

/** Lets the event loop run between steps, so that a page or a server stays responsive while training. */
export class Pause {
  private sliceStart = performance.now();

  /** Update steps to take before looking at the clock again. */
  private steps = 1;
  private lastLook = this.sliceStart;

  /** How many of the next `most` steps to take at once: about a millisecond's worth, as far as is known. */
  stepsToTake(most: number): number {
    return Math.min(most, this.steps);
  }

  /** Tells how many were taken since the last time. */
  stepsTaken(count: number): void {
    const now = performance.now();
    const elapsed = now - this.lastLook;
    this.lastLook = now;
    if (elapsed < 0.5 && count === this.steps) this.steps *= 2;
    else if (elapsed > 2) this.steps = Math.max(1, Math.floor(this.steps / 2));
  }

  /** Whether the current slice is used up. */
  get due(): boolean {
    return performance.now() - this.sliceStart >= sliceMilliseconds;
  }

  /** Yields to the event loop once and begins a new slice. */
  async take(): Promise<void> {
    await macrotask();
    this.sliceStart = performance.now();
    this.lastLook = this.sliceStart;
  }
}

/** Resolves in a task of its own: timers are clamped to 4 ms in browsers, so they are the last resort. */
function macrotask(): Promise<void> {
  const { setImmediate } = globalThis as { setImmediate?: (callback: () => void) => unknown };
  if (setImmediate !== undefined) {
    return new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
