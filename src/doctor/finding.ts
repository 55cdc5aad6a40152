import type { Message } from "../constraint/message.js";
import type { Dataset } from "../data/dataset.js";
import type { Network } from "../network/network.js";
import type { NetworkSpec } from "../network/spec.js";
import type { HistoryEntry, Run } from "../training/run.js";
import type { LayerSignals } from "../training/signals.js";
import type { TrainingSpec } from "../training/spec.js";
import type { words } from "./words.js";

/** What the doctor can find, such as `deadUnits`. */
export type SymptomName = NameIn<keyof typeof words>;
type NameIn<Id> = Id extends `doctor.symptom.${infer Name}` ? Name : never;

/** Something wrong with a run, with what was measured and what to change, as plain data; `findingInWords` says it. */
export interface Finding {
  readonly symptom: SymptomName;
  /** Layer it was seen in, from 1, where it is one. */
  readonly layer?: number;
  /** Update step it was seen at. */
  readonly iteration?: number;
  readonly measured: number;
  /** What `measured` is held against. */
  readonly threshold: number;
  /** What was measured and why that is bad. */
  readonly why: Message;
  /** What to change. */
  readonly advice: Message;
  /** The same as a change of the configuration, where it is one. */
  readonly patch?: Patch;
}

/** A change of the configuration of a run. */
export interface Patch {
  readonly network?: Partial<Pick<NetworkSpec, "initializer">>;
  readonly training?: Partial<Pick<TrainingSpec, "learningRate" | "l1" | "l2" | "clipNorm" | "keep" | "classWeight">>;
  /** Normalize the inputs. */
  readonly normalize?: true;
}

/** A run, finished or under way, and what it was made of. */
export interface TrainedRun {
  /** As the run has left it. */
  readonly network: Network;
  /** Training data as the network takes it. */
  readonly data: Dataset;
  /** What the run was watched on, as the network takes it. */
  readonly validation?: Dataset | undefined;
  readonly run: Run;
}

/** The same with what several symptoms look at. */
export interface Observations extends TrainedRun {
  /** History entries with signals, oldest first. */
  readonly moments: readonly (HistoryEntry & { readonly signals: readonly LayerSignals[] })[];
  /**
   * Cost of the best answer that does not look at its input, such as the mean target or the classes' shares; where all targets
   * are the same, so that there is such an answer to all, `zeroCost`.
   */
  readonly chance: number;
  /** Cost of a network whose logits are all 0: of classes that of even odds. */
  readonly zeroCost: number;
  /** By how much thresholds that tell sure wrong answers by the cost of a guess are larger for this loss; see `sureOverGuess()`. */
  readonly sureOverGuess: number;
  /** What is left of the cost of chance at the end, both counted from the least that there can be; see `leastCost()`. */
  readonly remaining: number;
  /** Whether the run has come to its end. */
  readonly ended: boolean;
  /** Whether the run ended about where chance is: less than 5 % of its cost below it. */
  readonly nothingLearned: boolean;
}

/** Looks for one thing. It finds nothing where it cannot tell. */
export type Detector = (observations: Observations) => Finding[];
