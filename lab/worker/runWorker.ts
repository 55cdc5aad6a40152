import { OptionError } from "gradproof";
import { LabRun } from "./labRun.js";
import { type Envelope, type FromRun, opened, type Port, PROTOCOL_VERSION, type ToRun } from "./protocol.js";

/** The worker of one run: takes orders of the page, trains, and answers when it is looked at. */

const port = globalThis as unknown as Port & { onmessage: ((event: MessageEvent<unknown>) => void) | null };
/** A frame of the screen: how often a slowed run takes its steps. */
const FRAME_MILLISECONDS = 16;

type Advance = Extract<ToRun, { type: "advance" }>;

let run: LabRun | undefined;
let generation = 0;
/** Ends the driving that is under way. */
let driving: AbortController | undefined;
/** Settles when all driving has ended: a session takes its steps in one go at a time. */
let driven: Promise<void> = Promise.resolve();

port.onmessage = (event) => {
  const envelope = opened<ToRun>(event.data);
  const { message } = envelope;
  if (message.type === "start") {
    driving?.abort();
    const before = run;
    driven = driven.then(() => before?.release());
    run = undefined;
    generation = envelope.generation;
  } else if (envelope.generation !== generation) return;
  try {
    obey(message);
  } catch (error) {
    if (!(error instanceof OptionError || error instanceof RangeError)) throw error;
    answer({ type: "refused", message: error.message });
  }
};

function obey(message: ToRun): void {
  if (message.type === "start") {
    run = new LabRun(message.run, message.data);
    answer({ type: "points", points: run.points });
    return;
  }
  if (run === undefined) return;
  switch (message.type) {
    case "advance":
      drive(run, message);
      break;
    case "pause":
      driving?.abort();
      break;
    case "change":
      run.change(message.change);
      break;
    case "look": {
      const snapshot = run.look(message.look);
      const transfer = snapshot.boundary ? [snapshot.boundary.pixels.buffer] : [];
      answer({ type: "snapshot", snapshot }, transfer);
      break;
    }
    case "weights": {
      const theta = run.weights();
      answer({ type: "weights", theta });
      break;
    }
  }
}

/** Takes the steps of an order, once what is under way has ended. */
function drive(run: LabRun, order: Advance): void {
  driving?.abort();
  driving = new AbortController();
  const { signal } = driving;
  const current = generation;
  driven = driven
    .then(() => takeSteps(run, order, signal))
    .then(() => {
      if (!signal.aborted && current === generation) answer({ type: "idle" });
    })
    .catch(surface);
}

/** In slices of a frame, each followed by a rest where steps or time are limited. */
async function takeSteps(run: LabRun, { steps, perSecond, share }: Advance, signal: AbortSignal): Promise<void> {
  const started = performance.now();
  const before = run.iteration;
  while (!run.ended && !signal.aborted) {
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

function answer(message: FromRun, transfer: Transferable[] = []): void {
  const envelope: Envelope<FromRun> = { version: PROTOCOL_VERSION, generation, message };
  port.postMessage(envelope, transfer);
}

/** An error of a promise reaches the page as an error of the worker. */
function surface(error: unknown): void {
  setTimeout(() => {
    throw error;
  });
}
