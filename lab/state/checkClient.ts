import { type Signal, signal } from "@preact/signals";
import type { CheckResult, FromCheck, ToCheck } from "../worker/checkProtocol.js";
import { type Envelope, opened, PROTOCOL_VERSION } from "../worker/protocol.js";

/** The page's side of the gradient check: its worker, and what it has last found. */
export class CheckClient {
  readonly result: Signal<CheckResult | undefined> = signal(undefined);
  readonly busy = signal(false);
  readonly problem: Signal<string | undefined> = signal(undefined);
  private worker: Worker | undefined;
  private generation = 0;

  /** Asks for a check; the answer to an earlier question is dropped. */
  check(question: ToCheck): void {
    // A check that is under way would keep this one waiting.
    if (this.busy.value) this.close();
    this.generation++;
    this.busy.value = true;
    this.problem.value = undefined;
    this.worker ??= this.open();
    const envelope: Envelope<ToCheck> = {
      version: PROTOCOL_VERSION,
      generation: this.generation,
      message: question,
    };
    this.worker.postMessage(envelope);
  }

  private open(): Worker {
    const worker = new Worker(new URL("../worker/checkWorker.ts", import.meta.url), { type: "module", name: "check" });
    worker.onmessage = (event: MessageEvent<unknown>) => {
      const { generation, message } = opened<FromCheck>(event.data);
      if (generation !== this.generation) return;
      this.busy.value = false;
      if (message.type === "found") this.result.value = message.result;
      else this.problem.value = message.message;
    };
    worker.onerror = (event) => {
      event.preventDefault();
      this.close();
      this.problem.value = event.message || "its worker could not be started";
    };
    return worker;
  }

  private close(): void {
    this.worker?.terminate();
    this.worker = undefined;
    this.busy.value = false;
  }
}
