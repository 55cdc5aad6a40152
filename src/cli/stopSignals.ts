import type { StopSignal } from "./context.js";
import { exitCodeOfSignal } from "./failure.js";

/** What of a process this needs, so that tests can stand in for it. */
export interface SignalSource {
  readonly on: (signal: NodeJS.Signals, listener: () => void) => unknown;
  readonly exit: (exitCode: number) => void;
  readonly platform: NodeJS.Platform;
}

/**
 * Milliseconds in which a second signal is an echo of the first: a terminal that closes sends SIGHUP twice (shell and
 * kernel), `timeout` sends SIGTERM to the process and to its group, and `npx` passes on the Ctrl-C that its child has too.
 */
const echo = 500;

/**
 * The signals that ask this process to end. Until a command listens they do what they always do. From then on the first one
 * only asks: the command ends early, in good order, and one that is at its end finishes writing. The second one ends the
 * process at once.
 */
export class StopSignals {
  readonly #process: SignalSource;
  readonly #now: () => number;
  readonly #signals: readonly StopSignal[];
  readonly #listeners = new Set<(by: StopSignal) => void>();
  #listening = false;
  #first: { readonly by: StopSignal; readonly at: number } | undefined;

  /**
   * @param now milliseconds since some fixed moment
   * @param hangupIgnored whether SIGHUP was ignored when the process was started, and has to stay so
   */
  constructor(process: SignalSource, now: () => number, hangupIgnored: boolean) {
    this.#process = process;
    this.#now = now;
    const hangup: readonly StopSignal[] = hangupIgnored ? [] : ["SIGHUP"];
    const ctrlBreak: readonly StopSignal[] = process.platform === "win32" ? ["SIGBREAK"] : [];
    this.#signals = ["SIGINT", "SIGTERM", ...hangup, ...ctrlBreak];
    // Node has set it back to its default, which would end the process.
    if (hangupIgnored) process.on("SIGHUP", () => undefined);
  }

  /** Calls the listener with the first signal, at once if it has come already, until the function given back is called. */
  listen(listener: (by: StopSignal) => void): () => void {
    if (!this.#listening) {
      this.#listening = true;
      for (const by of this.#signals) this.#process.on(by, () => this.#receive(by));
    }
    this.#listeners.add(listener);
    if (this.#first !== undefined) listener(this.#first.by);
    return () => this.#listeners.delete(listener);
  }

  #receive(by: StopSignal): void {
    const at = this.#now();
    if (this.#first === undefined) {
      this.#first = { by, at };
      for (const listener of this.#listeners) listener(by);
    } else if (at - this.#first.at >= echo) {
      this.#process.exit(exitCodeOfSignal(by));
    }
  }
}
