/** Work between two pauses: a frame of a 60 Hz page has 16.7 ms, and its own work needs room. */
const sliceMilliseconds = 8;

/** Lets the event loop run between steps, so that a page or a server stays responsive while training. */
export class Pause {
  private sliceStart = performance.now();

  /** Whether the current slice is used up. */
  get due(): boolean {
    return performance.now() - this.sliceStart >= sliceMilliseconds;
  }

  /** Yields to the event loop once and begins a new slice. */
  async take(): Promise<void> {
    await macrotask();
    this.sliceStart = performance.now();
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
