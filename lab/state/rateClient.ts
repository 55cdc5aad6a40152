import { batch, type Signal, signal } from "@preact/signals";
import type { RatePoint, RateSearch } from "gradproof";
import type { PointSource } from "gradproof/pipeline";
import type { RunSpec } from "../experiment/experiment.js";
import { type Envelope, opened, PROTOCOL_VERSION } from "../worker/protocol.js";
import type { FromRate, ToRate } from "../worker/rateProtocol.js";
import type { RunWorker } from "./runClient.js";

/** A worker of the page. */
function openRateWorker(): RunWorker {
  return new Worker(new URL("../worker/rateWorker.ts", import.meta.url), { type: "module", name: "rate" });
}

/** The page's side of a search for a learning rate: its worker, and what it has found so far. */
export class RateClient {
  readonly points: Signal<readonly RatePoint[]> = signal([]);
  /** What was found, once the search has ended. */
  readonly search: Signal<RateSearch | undefined> = signal(undefined);
  readonly busy = signal(false);
  readonly problem: Signal<string | undefined> = signal(undefined);
  private worker: RunWorker | undefined;
  private generation = 0;
  private readonly newWorker: () => RunWorker;

  constructor(newWorker: () => RunWorker = openRateWorker) {
    this.newWorker = newWorker;
  }

  /** Begins a search; of one that is under way nothing more is heard. */
  start(run: RunSpec, data: PointSource): void {
    this.clear();
    this.busy.value = true;
    this.worker ??= this.open();
    this.send({ type: "search", run, data });
  }

  /** Ends the search; the worker answers with what it has found so far. */
  stop(): void {
    this.send({ type: "stop" });
  }

  /** Forgets what was found, and ends a search that is under way. */
  clear(): void {
    if (this.busy.value) this.dispose();
    this.generation++;
    batch(() => {
      this.points.value = [];
      this.search.value = undefined;
      this.problem.value = undefined;
    });
  }

  /** Ends the worker; `start` makes another. */
  dispose(): void {
    this.worker?.terminate();
    this.worker = undefined;
    this.busy.value = false;
  }

  private send(message: ToRate): void {
    const envelope: Envelope<ToRate> = { version: PROTOCOL_VERSION, generation: this.generation, message };
    this.worker?.postMessage(envelope);
  }

  private open(): RunWorker {
    const worker = this.newWorker();
    worker.onmessage = (event: MessageEvent<unknown>) => {
      const { generation, message } = opened<FromRate>(event.data);
      if (generation === this.generation) this.take(message);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      this.dispose();
      this.problem.value = event.message || "its worker could not be started";
    };
    return worker;
  }

  private take(message: FromRate): void {
    batch(() => {
      if (message.type === "points") {
        this.points.value = [...this.points.value, ...message.points];
        return;
      }
      this.busy.value = false;
      if (message.type === "refused") {
        this.problem.value = message.message;
        return;
      }
      this.points.value = message.search.points;
      this.search.value = message.search;
    });
  }
}
