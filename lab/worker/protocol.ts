import type {
  ActivationName,
  ChangeOptions,
  Evaluation,
  Finding,
  LayerSignals,
  StopReason,
  TrainingSpec,
} from "gradproof";
import type { PointSource } from "gradproof/pipeline";
import type { RunSpec } from "../experiment/experiment.js";
import type { LabPoints } from "./points.js";

/** Of the messages below: page and worker are built together, but a cache may bring them together from two versions. */
export const PROTOCOL_VERSION = 5;

/** What the page wants to see; each costs time, so only what is on the screen is asked for. */
export interface Look {
  /** Pixels along each side of the boundary; 0 for none. */
  readonly boundary: number;
  /** Signals of the layers as they are now, and the masks. */
  readonly layers: boolean;
  /** What is sure while the run goes on, or all there is to say of a run at rest. */
  readonly doctor: "nothing" | "sure" | "all";
  /** Number of history entries the page has already. */
  readonly known: number;
}

/** From the page to the worker of a run. */
export type ToRun =
  | { readonly type: "start"; readonly run: RunSpec; readonly data: PointSource }
  /** Takes steps: so many, or to the end, at most `perSecond` of them a second, in at most `share` of the worker's time. */
  | {
      readonly type: "advance";
      readonly steps: number;
      readonly perSecond: number;
      readonly share: number;
      /** Told again when the steps are taken. */
      readonly order: number;
    }
  | { readonly type: "pause" }
  | { readonly type: "change"; readonly change: ChangeOptions }
  | { readonly type: "look"; readonly look: Look }
  | { readonly type: "weights" };

/** One point of the curves. */
export interface CurvePoint {
  readonly iteration: number;
  readonly cost: number;
  readonly dataCost: number;
  readonly penalty: number;
  /** Data cost on the test points. */
  readonly testCost: number;
  /** α of the step. */
  readonly learningRate: number;
}

/** Norms of a layer at one moment of the run. */
export interface Moment {
  readonly iteration: number;
  /** ‖dW‖ by layer. */
  readonly gradientNorms: readonly number[];
  /** ‖ΔW‖ / ‖W‖ by layer, where there is one. */
  readonly updateRatios: readonly (number | undefined)[];
}

/** The outputs over a window, row by row from the top, one byte a pixel. */
export interface Boundary {
  readonly size: number;
  /** Two classes or a number: 0 … 255. Several classes: the class. */
  readonly pixels: Uint8Array<ArrayBuffer>;
  /** How long the drawing took: the page asks for slow ones less often. */
  readonly milliseconds: number;
}

/** What the network takes the test images shown for. */
export interface Gallery {
  readonly predicted: readonly number[];
  /** Probability of that class. */
  readonly probability: readonly number[];
}

/** The units kept at the next step for its first example; undefined where nothing is dropped. */
export type Mask = readonly boolean[] | undefined;

export interface Masks {
  readonly inputs: Mask;
  /** By layer, those within others after the one that holds them. */
  readonly layers: readonly Mask[];
  /** Hidden layers that `keep` is of. */
  readonly hidden: number;
}

/** A run as it is at one moment. */
export interface Snapshot {
  readonly iteration: number;
  readonly iterations: number;
  readonly epoch: number;
  readonly seconds: number;
  /** Name of the engine that computes it. */
  readonly engine: string;
  /** Why the run has ended; undefined while it has not. */
  readonly stopped: StopReason | undefined;
  /** The specification with all changes made on the way. */
  readonly training: TrainingSpec;
  /** On the training and the test points, without dropout. */
  readonly train: Evaluation;
  readonly test: Evaluation;
  /** Epoch and step of the weights given back by early stopping. */
  readonly best: number | undefined;
  /** Curve points after those that the page has. */
  readonly curve: readonly CurvePoint[];
  readonly boundary: Boundary | undefined;
  /** Instead of a boundary, where the examples are images. */
  readonly gallery: Gallery | undefined;
  readonly layers:
    | {
        readonly signals: readonly LayerSignals[];
        /** That of each, which may stand behind a norm. */
        readonly activations: readonly ActivationName[];
        readonly moments: readonly Moment[];
        readonly masks: Masks;
      }
    | undefined;
  readonly findings: readonly Finding[] | undefined;
  /** What broke, where a number was not finite. */
  readonly broken: string | undefined;
}

/** From the worker of a run to the page. */
export type FromRun =
  /** The answer to a start. */
  | { readonly type: "points"; readonly points: LabPoints }
  | { readonly type: "snapshot"; readonly snapshot: Snapshot }
  /** The specification cannot be run; the message says why. */
  | { readonly type: "refused"; readonly message: string }
  /** The run took all steps of that order, or ended before. */
  | { readonly type: "idle"; readonly order: number; readonly ended: boolean }
  /** A change came after the last step. */
  | { readonly type: "missed" }
  /** For the check and for files. */
  | { readonly type: "weights"; readonly weights: Weights };

/** All numbers of a network as it is now. */
export interface Weights {
  readonly theta: Float64Array | Float32Array;
  /** Numbers that are kept and not trained, such as running averages. */
  readonly state: Float64Array | Float32Array;
}

/** A message as it travels. */
export interface Envelope<Message> {
  readonly version: typeof PROTOCOL_VERSION;
  /** Which start of the run it belongs to: answers of an earlier one are dropped. */
  readonly generation: number;
  readonly message: Message;
}

/**
 * The message of an envelope.
 *
 * @throws Error for what is no envelope of this version
 */
export function opened<Message>(data: unknown): Envelope<Message> {
  if (typeof data === "object" && data !== null && "version" in data && data.version === PROTOCOL_VERSION) {
    return data as Envelope<Message>;
  }
  throw new Error("the page and its worker are of different versions; reload the page");
}

/** The part of a worker's global scope, or of a worker, that is used here. */
export interface Port {
  postMessage(message: unknown, transfer?: Transferable[]): void;
}
