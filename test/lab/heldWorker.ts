import type { RunWorker } from "../../lab/state/runClient.js";
import type { Envelope, FromRun, ToRun } from "../../lab/worker/protocol.js";
import { RunHost } from "../../lab/worker/runHost.js";

/** A worker of a run in the same thread, which holds the messages of both sides until the test lets them through. */
export class HeldWorker implements RunWorker {
  onmessage: RunWorker["onmessage"] = null;
  onerror: RunWorker["onerror"] = null;
  /** What the page has sent and the worker has not had. */
  readonly orders: Envelope<ToRun>[] = [];
  /** What the worker has answered and the page has not had. */
  readonly answers: Envelope<FromRun>[] = [];
  private readonly host = new RunHost({
    postMessage: (message) => this.answers.push(structuredClone(message) as never),
  });

  postMessage(message: unknown): void {
    this.orders.push(structuredClone(message) as Envelope<ToRun>);
  }

  terminate(): void {}

  /** Lets the worker have every order; what it answers to is held. */
  obey(): void {
    for (const order of this.orders.splice(0)) this.host.take(order);
  }

  /** Waits until the worker has answered that the steps of its last order are taken. */
  async rest(): Promise<void> {
    while (!this.answers.some(({ message }) => message.type === "idle")) {
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
    }
  }

  /** Lets the page have every answer. */
  tell(): void {
    for (const data of this.answers.splice(0)) this.onmessage?.({ data } as MessageEvent<unknown>);
  }
}
