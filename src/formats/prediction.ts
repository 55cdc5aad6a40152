import type { FittedEncoder } from "../data/fittedEncoder.js";

/** What a model says of one record: a class with the probability of each, or a number. */
export type Prediction = ClassPrediction | NumberPrediction;

interface Beside {
  /** Columns that hold what training did not have, a category or a missing value, if there are any. */
  readonly unknown?: readonly string[];
}

/** The class of a record. */
export interface ClassPrediction extends Beside {
  /** The predicted class. */
  readonly label: string;
  /** Probability of each class, by its name, 0 … 1. */
  readonly probabilities: Readonly<Record<string, number>>;
  /** Of an ensemble, the standard deviation of the label's probability among its members. */
  readonly spread?: number;
  readonly value?: undefined;
}

/** The number of a record, in the unit of the target. */
export interface NumberPrediction extends Beside {
  readonly value: number;
  /** Of an ensemble, the standard deviation of the number among its members. */
  readonly spread?: number;
  readonly label?: undefined;
  readonly probabilities?: undefined;
}

/**
 * Names the outputs of one example.
 *
 * @param outputs of the example, from `at` on, `step` numbers from one to the next
 * @param threshold of two classes: the second where its probability is greater
 */
export type NameOutputs = (
  outputs: ArrayLike<number>,
  spread: ArrayLike<number> | undefined,
  threshold: number,
  at?: number,
  step?: number,
) => Prediction;

/** How `count` outputs of a model are named: by its classes, or as a number. */
export function outputNames(
  { task, classNames }: Pick<FittedEncoder, "task" | "classNames">,
  count: number,
): NameOutputs {
  if (task === "regression" || classNames === undefined) {
    return (outputs, spread, _, at = 0) =>
      spread === undefined ? { value: outputs[at] } : { value: outputs[at], spread: spread[at] };
  }
  const described = (label: string, probabilities: Record<string, number>, spread: number | undefined): Prediction =>
    spread === undefined ? { label, probabilities } : { label, probabilities, spread };
  if (count === 1) {
    const [negative, positive] = classNames;
    return (outputs, spread, threshold, at = 0) => {
      const p = outputs[at];
      const probabilities = { [negative]: 1 - p, [positive]: p };
      return described(p > threshold ? positive : negative, probabilities, spread?.[at]);
    };
  }
  return (outputs, spread, _, at = 0, step = 1) => {
    let best = 0;
    const entries = classNames.map((name, k): [string, number] => {
      if (outputs[at + k * step] > outputs[at + best * step]) best = k;
      return [name, outputs[at + k * step]];
    });
    return described(classNames[best], Object.fromEntries(entries), spread?.[at + best * step]);
  };
}
