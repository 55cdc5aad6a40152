import type { Detector, Finding, TrainedRun } from "./finding.js";
import { observe } from "./observe.js";
import { symptoms } from "./symptoms.js";

/**
 * The doctor while a run goes on: says what is wrong as soon as it is sure, each symptom once.
 *
 * A look reads the run so far, at entries of its history that hold signals; it takes less time than the signals themselves.
 * What shows in the data and the options alone is said at the first look; all else when it was there at the look before and
 * has not got better. What is sure only at the end (overfitting, oscillation, over-regularization) is left to `diagnose`.
 *
 * @param trained the network that is trained, and the data as it takes them
 *
 * @example
 * import { dense, type Finding, network, RunWatch, TrainingSession } from "gradproof";
 * import { circles } from "gradproof/data";
 * const data = circles({ examples: 100, seed: 1 });
 * const model = network({ inputs: 2, layers: [dense(8, "relu"), dense(1, "sigmoid")], initializer: "zeros" });
 * const watch = new RunWatch({ network: model, data });
 * const findings: Finding[] = [];
 * const onRecord = () => void findings.push(...watch.look(session.run()));
 * const session = new TrainingSession(model, data, { iterations: 300, onRecord });
 * await session.advance();
 * session.release();
 * findings[0]?.symptom; // => "symmetry"
 */
export class RunWatch {
  private readonly trained: Omit<TrainedRun, "run">;
  private readonly said = new Set<Detector>();
  /** How bad each symptom was at the look before. */
  private before = new Map<Detector, number>();
  private looked = false;

  constructor(trained: Omit<TrainedRun, "run">) {
    this.trained = trained;
  }

  /**
   * What has become sure with the newest entry of the history; nothing where it holds no signals.
   *
   * @param run so far; the network holds the weights of its newest entry
   */
  look(run: TrainedRun["run"]): Finding[] {
    if (run.history[run.history.length - 1]?.signals === undefined) return [];
    const observations = observe({ ...this.trained, run }, false);
    if (observations === undefined) return [];
    const { before, looked, said } = this;
    this.before = new Map();
    this.looked = true;
    return symptoms.flatMap(([detect, detectable]) => {
      if (said.has(detect) || detectable === "after" || (detectable === "before" && looked)) return [];
      const findings = detect(observations);
      if (findings.length === 0) return [];
      const severity = Math.max(...findings.map(severityOf));
      this.before.set(detect, severity);
      if (detectable === "during" && !(severity >= (before.get(detect) ?? Number.POSITIVE_INFINITY))) return [];
      said.add(detect);
      return findings;
    });
  }
}

/** How far a finding is beyond its threshold, on either side of it. */
function severityOf({ measured, threshold }: Finding): number {
  return Math.abs(Math.log(measured / threshold));
}
