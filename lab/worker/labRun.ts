import {
  type Dataset,
  diagnose,
  type Evaluation,
  type Finding,
  type HistoryEntry,
  type Network,
  NonFiniteCostError,
  network,
  OptionError,
  Predictor,
  RunWatch,
  type TrainedRun,
  TrainingSession,
  type TrainingSpec,
} from "gradproof";
import { diagnoseEnded } from "gradproof/doctor";
import { predictedClasses } from "gradproof/metrics";
import type { PointSource } from "gradproof/pipeline";
import { evaluateWith } from "gradproof/training";
import type { RunSpec } from "../experiment/experiment.js";
import { recordEveryOf } from "../experiment/recordEvery.js";
import { BoundaryPainter } from "./boundary.js";
import { masksOf } from "./masks.js";
import { firstOf, GALLERY, type LabPoints, labPointsOf } from "./points.js";
import { preparedPoints } from "./preparedPoints.js";
import type { CurvePoint, Gallery, Look, Moment, Snapshot, Weights } from "./protocol.js";

/** One run of the lab: a training session and what the page wants to see of it. */
export class LabRun {
  /** What the page shows of the points. */
  readonly points: LabPoints;
  private readonly network: Network;
  private readonly train: Dataset;
  private readonly test: Dataset;
  private readonly session: TrainingSession;
  /** Draws the boundary; undefined where the examples are images. */
  private readonly painter: BoundaryPainter | undefined;
  /** The test images that are shown. */
  private readonly gallery: Dataset["X"];
  private readonly judges: { readonly train: Predictor; readonly test: Predictor };
  /** All there is to say of the run, once it has ended. */
  private final: Finding[] | undefined;
  /** The doctor while the run goes on, and what is sure so far. */
  private watch: RunWatch;
  private sure: Finding[] = [];
  private readonly broke: { message: string | undefined } = { message: undefined };

  /** @throws OptionError for a run that cannot be made */
  constructor({ network: spec, training, normalize }: RunSpec, source: PointSource) {
    const { train, test, normalizer, raw } = preparedPoints({ network: spec, normalize }, source);
    this.points = labPointsOf(raw, training);
    this.network = network(spec);
    this.train = train;
    this.test = test;
    this.session = new TrainingSession(this.network, this.train, {
      ...training,
      recordEvery: recordEveryOf(training, this.train.X.columns),
      validation: this.test,
      onRecord: ({ signals }) => {
        if (signals) this.sure.push(...this.watch.look(this.session.run()));
      },
    });
    this.watch = this.newWatch();
    this.judges = {
      train: new Predictor(this.network, { examples: this.train.X.columns }),
      test: new Predictor(this.network, { examples: this.test.X.columns }),
    };
    if (!this.points.images) this.painter = new BoundaryPainter(this.network, normalizer, this.points);
    this.gallery = firstOf(this.test.X, GALLERY);
  }

  /** Steps done. */
  get iteration(): number {
    return this.session.iteration;
  }

  get ended(): boolean {
    return this.session.stopped !== undefined;
  }

  /** Whether it has ended and all is said of it. */
  get complete(): boolean {
    return this.final !== undefined || this.broke.message !== undefined;
  }

  /**
   * Steps from here to the end, until the signal, or for so many milliseconds; a number that is not finite ends the run
   * and stays to be told. The doctor's last word is not cut short by the time; the next call begins it again where the
   * signal did.
   */
  async advance(steps: number, signal: AbortSignal, milliseconds?: number): Promise<void> {
    const slice = milliseconds === undefined ? signal : AbortSignal.any([signal, AbortSignal.timeout(milliseconds)]);
    try {
      await this.session.advance(steps, { signal: slice });
      if (!this.ended || this.complete) return;
      const findings = await diagnoseEnded(this.trained(), signal);
      if (!signal.aborted) this.final = findings;
    } catch (error) {
      if (!(error instanceof NonFiniteCostError)) throw error;
      this.broke.message = error.message;
    }
  }

  /** @throws OptionError for settings out of range */
  change(change: Parameters<TrainingSession["change"]>[0]): void {
    if (this.ended) return;
    this.session.change(change);
    // What was wrong before may be so no longer.
    this.watch = this.newWatch();
    this.sure = [];
  }

  /** The network's numbers now. */
  weights(): Weights {
    this.session.sync();
    const { theta, state } = this.network;
    return { theta: theta.slice(), state: state.slice() };
  }

  /** The run as it is, with what is asked for. */
  look({ boundary, layers, doctor, known }: Look): Snapshot {
    const { session, network, train, test, judges } = this;
    session.sync();
    const run = session.run();
    const { epoch, iterations } = session.progress();
    return {
      iteration: session.iteration,
      iterations,
      epoch,
      seconds: run.seconds,
      engine: run.engine,
      stopped: session.stopped,
      training: run.spec,
      train: judge(judges.train, network, train),
      test: judge(judges.test, network, test),
      best: run.best?.iteration,
      curve: run.history.slice(known).map((entry) => this.curvePoint(entry, run.spec)),
      boundary: boundary > 0 ? this.painter?.paint(boundary) : undefined,
      gallery: boundary > 0 && this.points.images ? this.recognize() : undefined,
      layers: layers
        ? {
            signals: session.signals(),
            activations: network.layers.map(({ activation }) => activation.name),
            moments: run.history.flatMap(momentOf),
            masks: masksOf(network, run.spec, session.settings().keep, train.X.columns, session.iteration),
          }
        : undefined,
      findings:
        doctor === "nothing"
          ? undefined
          : doctor === "sure" && !this.ended
            ? this.sure
            : (this.final ?? diagnose(this.trained())),
      broken: this.broke.message,
    };
  }

  private curvePoint(
    { iteration, cost, dataCost, penalty, validation, learningRate }: HistoryEntry,
    spec: TrainingSpec,
  ): CurvePoint {
    const { changes = [], learningRate: first = 0 } = spec;
    const changed = changes.findLast((change) => change.iteration <= iteration && change.learningRate !== undefined);
    return {
      iteration,
      cost,
      dataCost,
      penalty,
      testCost: validation?.cost ?? Number.NaN,
      learningRate: learningRate ?? changed?.learningRate ?? first,
    };
  }

  private recognize(): Gallery {
    const P = this.judges.test.predict(this.gallery); // (classes × images)
    const predicted = Array.from(predictedClasses(P));
    return { predicted, probability: predicted.map((k, j) => P.get(k, j)) };
  }

  private newWatch(): RunWatch {
    return new RunWatch({ network: this.network, data: this.train, validation: this.test });
  }

  private trained(): TrainedRun {
    return { network: this.network, data: this.train, validation: this.test, run: this.session.run() };
  }

  release(): void {
    this.session.release();
    this.painter?.release();
    this.judges.train.release();
    this.judges.test.release();
  }
}

/** Metrics of the network as it is; a network that gives no numbers has a cost and nothing else. */
function judge(predictor: Predictor, network: Network, data: Dataset): Evaluation {
  try {
    return evaluateWith(predictor, network, data);
  } catch (error) {
    if (error instanceof OptionError || error instanceof RangeError) return { cost: Number.NaN };
    throw error;
  }
}

function momentOf({ iteration, signals }: HistoryEntry): Moment[] {
  if (signals === undefined) return [];
  return [
    {
      iteration,
      gradientNorms: signals.map(({ gradient }) => gradient.norm),
      updateRatios: signals.map(({ updateRatio }) => updateRatio),
    },
  ];
}
