import { OptionError } from "gradproof";
import { LabRun } from "./labRun.js";
import { type Envelope, type FromRun, opened, type Port, PROTOCOL_VERSION, type ToRun } from "./protocol.js";

/** The worker of one run: takes orders of the page, trains, and answers when it is looked at. */

const port = globalThis as unknown as Port & { onmessage: ((event: MessageEvent<unknown>) => void) | null };
/** A frame of the screen: how often a slowed run takes its steps. */
const FRAME_MILLISECONDS = 16;

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
      drive(run, message.steps, message.perSecond);
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

/** Takes `steps` steps, at most `perSecond` of them a second, once what is under way has ended. */
function drive(run: LabRun, steps: number, perSecond: number): void {
  driving?.abort();
  driving = new AbortController();
  const { signal } = driving;
  const current = generation;
  driven = driven
    .then(() => takeSteps(run, steps, perSecond, signal))
    .then(() => {
      if (!signal.aborted && current === generation) answer({ type: "idle" });
    })
    .catch(surface);
}

async function takeSteps(run: LabRun, steps: number, perSecond: number, signal: AbortSignal): Promise<void> {
  const started = performance.now();
  let taken = 0;
  while (taken < steps && !run.ended && !signal.aborted) {
    const allowed = Math.ceil(((performance.now() - started) / 1000) * perSecond);
    const due = Number.isFinite(perSecond) ? Math.min(steps, allowed) - taken : steps;
    if (due > 0) {
      await run.advance(due, signal);
      taken += due;
    }
    if (Number.isFinite(perSecond) && taken < steps) await sleep(FRAME_MILLISECONDS);
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
