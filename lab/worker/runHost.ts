import { OptionError } from "gradproof";
import { LabRun } from "./labRun.js";
import { type Envelope, type FromRun, opened, type Port, PROTOCOL_VERSION, type ToRun } from "./protocol.js";

/** A frame of the screen: how often a slowed run takes its steps. */
const FRAME_MILLISECONDS = 16;

type Advance = Extract<ToRun, { type: "advance" }>;

/** The worker's side of one run: takes orders of the page, trains, and answers when it is looked at. */
export class RunHost {
  private readonly port: Port;
  private run: LabRun | undefined;
  private generation = 0;
  /** Ends the driving that is under way. */
  private driving: AbortController | undefined;
  /** Settles when all driving has ended: a session takes its steps in one go at a time. */
  private driven: Promise<void> = Promise.resolve();

  /** @param port where the answers go */
  constructor(port: Port) {
    this.port = port;
  }

  /**
   * Obeys a message of the page; one of an earlier start is dropped.
   *
   * @throws Error for what is no message of this version
   */
  take(data: unknown): void {
    const { generation, message } = opened<ToRun>(data);
    if (message.type === "start") {
      this.driving?.abort();
      const before = this.run;
      this.driven = this.driven.then(() => before?.release());
      this.run = undefined;
      this.generation = generation;
    } else if (generation !== this.generation) return;
    try {
      this.obey(message);
    } catch (error) {
      if (!(error instanceof OptionError || error instanceof RangeError)) throw error;
      this.answer({ type: "refused", message: error.message });
    }
  }

  private obey(message: ToRun): void {
    if (message.type === "start") {
      this.run = new LabRun(message.run, message.data);
      this.answer({ type: "points", points: this.run.points });
      return;
    }
    const { run } = this;
    if (run === undefined) return;
    switch (message.type) {
      case "advance":
        this.drive(run, message);
        break;
      case "pause":
        this.driving?.abort();
        break;
      case "change":
        // The page could not know yet that there are no steps left to take it up.
        if (run.ended) this.answer({ type: "missed" });
        else run.change(message.change);
        break;
      case "look": {
        const snapshot = run.look(message.look);
        const transfer = snapshot.boundary ? [snapshot.boundary.pixels.buffer] : [];
        this.answer({ type: "snapshot", snapshot }, transfer);
        break;
      }
      case "weights":
        this.answer({ type: "weights", weights: run.weights() });
        break;
    }
  }

  /** Takes the steps of an order, once what is under way has ended. */
  private drive(run: LabRun, advance: Advance): void {
    this.driving?.abort();
    this.driving = new AbortController();
    const { signal } = this.driving;
    const { generation } = this;
    this.driven = this.driven
      .then(() => takeSteps(run, advance, signal))
      .then(() => {
        if (signal.aborted || generation !== this.generation) return;
        this.answer({ type: "idle", order: advance.order, ended: run.ended });
      })
      .catch(surface);
  }

  private answer(message: FromRun, transfer: Transferable[] = []): void {
    const envelope: Envelope<FromRun> = { version: PROTOCOL_VERSION, generation: this.generation, message };
    this.port.postMessage(envelope, transfer);
  }
}

/** In slices of a frame, each followed by a rest where steps or time are limited. */
async function takeSteps(run: LabRun, { steps, perSecond, share }: Advance, signal: AbortSignal): Promise<void> {
  const started = performance.now();
  const before = run.iteration;
  while (!run.complete && !signal.aborted) {
    const taken = run.iteration - before;
    const allowed = Math.ceil(((performance.now() - started) / 1000) * perSecond);
    const due = (Number.isFinite(perSecond) ? Math.min(steps, allowed) : steps) - taken;
    if (taken >= steps) return;
    const sliceStarted = performance.now();
    if (due > 0) await run.advance(due, signal, share < 1 ? FRAME_MILLISECONDS : undefined);
    const spent = performance.now() - sliceStarted;
    if (due <= 0) await sleep(FRAME_MILLISECONDS);
    else if (share < 1) await sleep(spent * (1 / share - 1));
  }
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}

/** An error of a promise reaches the page as an error of the worker. */
function surface(error: unknown): void {
  setTimeout(() => {
    throw error;
  });
}
