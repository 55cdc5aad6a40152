import { batch, type Signal, signal } from "@preact/signals";
import type { ChangeOptions, TrainingSpec } from "gradproof";
import type { PointSource } from "gradproof/pipeline";
import type { RunSpec } from "../experiment/experiment.js";
import type { LabPoints } from "../worker/points.js";
import {
  type CurvePoint,
  type Envelope,
  type FromRun,
  type Look,
  opened,
  type Port,
  PROTOCOL_VERSION,
  type Snapshot,
  type ToRun,
  type Weights,
} from "../worker/protocol.js";

/** What the page asks to see, but for the history it has: that only the client of the run knows. */
export type Wanted = Omit<Look, "known">;

/** A worker that has not answered for so long is said to hang. */
const PATIENCE_MILLISECONDS = 10_000;
/** What a frame counts at most: a page that comes back from sleep, or from a machine that was busy, did not wait. */
const LONGEST_FRAME_MILLISECONDS = 100;

/** What a run tells without being asked. */
export interface RunEvents {
  /** It has taken the steps it was told to, or cannot. */
  idle(): void;
  /** A change came too late: the run had taken its last step. */
  missed(): void;
}

/** The part of a worker that is used here. */
export interface RunWorker extends Port {
  onmessage: ((event: MessageEvent<unknown>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  terminate(): void;
}

/** A worker of the page. */
export function openRunWorker(): RunWorker {
  return new Worker(new URL("../worker/runWorker.ts", import.meta.url), { type: "module", name: "run" });
}

/** The page's side of one run: its worker, and what it has last shown. */
export class RunClient {
  /** The run as last seen; undefined before the first look. */
  readonly snapshot: Signal<Snapshot | undefined> = signal(undefined);
  /** The last findings of the doctor, and signals of the layers: not every look brings new ones. */
  readonly findings: Signal<Snapshot["findings"]> = signal(undefined);
  readonly layers: Signal<Snapshot["layers"]> = signal(undefined);
  /** The points that it is trained and tested on. */
  readonly points: Signal<LabPoints | undefined> = signal(undefined);
  readonly boundary: Signal<Snapshot["boundary"]> = signal(undefined);
  readonly gallery: Signal<Snapshot["gallery"]> = signal(undefined);
  /** Why there is no run: a specification that cannot be, or a worker that died. */
  readonly problem: Signal<string | undefined> = signal(undefined);
  /** Whether it takes steps, as far as the page knows. */
  readonly running = signal(false);
  /** All points of the curves so far; a new array with each change. */
  readonly curve: Signal<readonly CurvePoint[]> = signal([]);
  /** Whether its picture can be seen: one that cannot is not drawn. */
  private seen = true;
  /** How often the run was told to do something, or did it: whether a look is old. */
  orders = 0;
  private worker: RunWorker | undefined;
  /** Counts the starts: what is said of an earlier one is dropped. */
  private generation = 0;
  /** The data of the run, and that of the points and the picture that are shown. */
  private data: PointSource | undefined;
  private shownData: PointSource | undefined;
  /** The order to advance that was given last. */
  private advancing = 0;
  private over = false;
  /** Whether settings were changed on the way. */
  private altered = false;
  /** Of the look that is on its way: how long the page has been awake since, and when it last was. */
  private waiting: { milliseconds: number; seen: number } | undefined;
  private weightsWanted: ((weights: Weights | undefined) => void)[] = [];
  private readonly events: RunEvents;
  private readonly newWorker: () => RunWorker;

  constructor(events: RunEvents, newWorker: () => RunWorker = openRunWorker) {
    this.events = events;
    this.newWorker = newWorker;
  }

  /** Whether the run is known to have ended, though the look that shows it may still be on its way. */
  get ended(): boolean {
    return this.over;
  }

  /** Makes the run anew, at step 0. */
  start(run: RunSpec, data: PointSource): void {
    this.generation++;
    this.giveWeights(undefined);
    this.data = data;
    this.waiting = undefined;
    this.over = false;
    this.altered = false;
    this.running.value = false;
    this.problem.value = undefined;
    this.snapshot.value = undefined;
    this.findings.value = undefined;
    this.layers.value = undefined;
    this.curve.value = [];
    this.worker ??= this.open();
    this.send({ type: "start", run, data });
  }

  /** Takes `steps` steps, at most `perSecond` of them a second, in at most this share of its time. */
  advance(steps: number, perSecond: number, share = 1): void {
    if (this.problem.value !== undefined) return;
    this.running.value = true;
    this.advancing = this.orders;
    this.send({ type: "advance", steps, perSecond, share, order: this.advancing });
  }

  pause(): void {
    this.running.value = false;
    this.send({ type: "pause" });
  }

  /** Changes settings on the way. */
  change(change: ChangeOptions): void {
    this.altered = true;
    this.send({ type: "change", change });
  }

  /** The specification by which the run came to what is seen of it, once settings were changed on the way. */
  get changed(): TrainingSpec | undefined {
    return this.altered ? this.snapshot.value?.training : undefined;
  }

  /**
   * Asks for a look, unless one is on its way; returns whether it did.
   *
   * @param now of the frame, in milliseconds
   */
  look(wanted: Wanted, now: number): boolean {
    if (this.worker === undefined) return false;
    const { waiting } = this;
    if (waiting) {
      waiting.milliseconds += Math.min(now - waiting.seen, LONGEST_FRAME_MILLISECONDS);
      waiting.seen = now;
      if (waiting.milliseconds > PATIENCE_MILLISECONDS) this.fail("the run has not answered for ten seconds");
      return false;
    }
    this.waiting = { milliseconds: 0, seen: now };
    this.send({ type: "look", look: { ...wanted, known: this.curve.value.length } });
    return true;
  }

  /** The numbers of the run now; undefined where it starts anew or ends before its worker has answered. */
  weights(): Promise<Weights | undefined> {
    return new Promise((resolve) => {
      this.weightsWanted.push(resolve);
      if (this.worker === undefined) this.giveWeights(undefined);
      else this.send({ type: "weights" });
    });
  }

  /** Whether the picture of the run is on the screen. */
  get visible(): boolean {
    return this.seen;
  }

  set visible(visible: boolean) {
    // A picture that comes into view may be old.
    if (visible && !this.seen) this.orders++;
    this.seen = visible;
  }

  /** Ends the worker; `start` makes another. */
  dispose(): void {
    this.worker?.terminate();
    this.worker = undefined;
    this.generation++;
    this.giveWeights(undefined);
    this.waiting = undefined;
    this.running.value = false;
  }

  private open(): RunWorker {
    const worker = this.newWorker();
    worker.onmessage = (event: MessageEvent<unknown>) => {
      const { generation, message } = opened<FromRun>(event.data);
      // Answers of the run before a restart.
      if (generation === this.generation) this.take(message);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      this.fail(event.message || "its worker could not be started");
    };
    return worker;
  }

  private take(message: FromRun): void {
    switch (message.type) {
      case "points":
        this.showPoints(message.points);
        break;
      case "snapshot":
        this.waiting = undefined;
        this.show(message.snapshot);
        break;
      case "refused":
        this.waiting = undefined;
        this.problem.value = message.message;
        this.stop();
        break;
      case "idle":
        this.over = message.ended;
        // An order given since then keeps it running.
        if (message.order === this.advancing) this.stop();
        break;
      case "missed":
        this.events.missed();
        break;
      case "weights":
        this.giveWeights(message.weights);
        break;
    }
  }

  private giveWeights(weights: Weights | undefined): void {
    for (const resolve of this.weightsWanted.splice(0)) resolve(weights);
  }

  private showPoints(points: LabPoints): void {
    batch(() => {
      this.points.value = points;
      if (this.data === this.shownData) return;
      // A picture over other points would be a false one.
      this.boundary.value = undefined;
      this.gallery.value = undefined;
      this.shownData = this.data;
    });
  }

  private show(snapshot: Snapshot): void {
    this.snapshot.value = snapshot;
    this.over = snapshot.stopped !== undefined;
    if (snapshot.findings) this.findings.value = snapshot.findings;
    if (snapshot.layers) this.layers.value = snapshot.layers;
    if (snapshot.boundary) this.boundary.value = snapshot.boundary;
    if (snapshot.gallery) this.gallery.value = snapshot.gallery;
    if (snapshot.curve.length > 0) this.curve.value = [...this.curve.value, ...snapshot.curve];
  }

  private stop(): void {
    this.orders++;
    this.running.value = false;
    this.events.idle();
  }

  private fail(why: string): void {
    this.dispose();
    this.problem.value = why;
    this.events.idle();
  }

  private send(message: ToRun): void {
    if (message.type !== "look" && message.type !== "weights") this.orders++;
    const envelope: Envelope<ToRun> = { version: PROTOCOL_VERSION, generation: this.generation, message };
    this.worker?.postMessage(envelope);
  }
}
