import type { Line } from "../../ops/text/lines.js";
import type { TrackedMetric } from "../../training/spec.js";
import type { PreparedRun } from "../preparedRun.js";

/** Metrics that the program needs beside the cost: the one that is watched, and the accuracy of a classifier. */
export function metricsOf({ task, training }: PreparedRun): readonly Exclude<TrackedMetric, "cost">[] {
  const watched = training.earlyStopping?.metric ?? "cost";
  const metrics = new Set<Exclude<TrackedMetric, "cost">>();
  if (task !== "regression") metrics.add("accuracy");
  if (watched !== "cost") metrics.add(watched);
  return [...metrics];
}

/** Python's name of a metric. */
export function metricName(metric: TrackedMetric): string {
  return metric.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** `accuracy(A, Y)` and the like, of predictions and targets (outputs × m). */
export function metricFunctions(run: PreparedRun): Line[][] {
  const multiclass = run.task === "multiclass";
  const known = run.threshold === undefined ? metrics : { ...metrics, ...metricsAtThreshold };
  return metricsOf(run).map((metric) => (multiclass ? (multiclassMetrics[metric] ?? []) : known[metric]));
}

/** A metric of `A` and targets as the end of the run prints it: at the run's threshold where it has one. */
export function finalMetric({ threshold }: PreparedRun, metric: TrackedMetric, targets: string): string {
  const at = threshold !== undefined && metric in metricsAtThreshold ? `, ${threshold}` : "";
  return `${metricName(metric)}(A, ${targets}${at})`;
}

const metrics: Readonly<Record<Exclude<TrackedMetric, "cost">, Line[]>> = {
  accuracy: accuracyLines("A, Y", "0.5"),
  f1: f1Lines("A, Y", "0.5"),
  rocAuc: [
    "def roc_auc(A, Y):",
    '    """How often an example of class 1 scores higher than one of class 0; a tie counts half."""',
    "    positives, negatives = A[Y == 1], np.sort(A[Y == 0])",
    '    below = np.searchsorted(negatives, positives, "left")',
    '    up_to = np.searchsorted(negatives, positives, "right")',
    "    return float(np.mean(below + up_to) / (2 * negatives.size))",
  ],
  prAuc: [
    "def pr_auc(A, Y):",
    '    """Average precision: Σ (recall gained) · precision over the falling scores."""',
    "    order = np.argsort(-A.ravel())",
    "    scores, hits = A.ravel()[order], np.cumsum(Y.ravel()[order])",
    ["    last = np.append(scores[1:] != scores[:-1], True)", "equal scores enter together"],
    "    true_positives, taken = hits[last], np.flatnonzero(last) + 1",
    "    return float(np.sum(np.diff(true_positives, prepend=0) * true_positives / taken) / hits[-1])",
  ],
  mse: ["def mse(A, Y):", "    return float(np.mean((A - Y) ** 2))"],
  r2: [
    "def r2(A, Y):",
    '    """The share of the targets\' variance that is explained, the mean over the outputs."""',
    "    left, total = np.sum((A - Y) ** 2, axis=1), np.sum((Y - np.mean(Y, axis=1, keepdims=True)) ** 2, axis=1)",
    "    varies = np.ptp(Y, axis=1) > 0",
    "    return float(np.mean(np.where(varies, 1 - left / np.where(varies, total, 1), left == 0)))",
  ],
};

/** Those of two classes that depend on a threshold. */
const metricsAtThreshold = {
  accuracy: accuracyLines("A, Y, threshold=0.5", "threshold"),
  f1: f1Lines("A, Y, threshold=0.5", "threshold"),
};

function accuracyLines(given: string, threshold: string): Line[] {
  return [`def accuracy(${given}):`, `    return float(np.mean((A > ${threshold}) == (Y == 1)))`];
}

function f1Lines(given: string, threshold: string): Line[] {
  return [
    `def f1(${given}):`,
    '    """2 TP / (2 TP + FP + FN)."""',
    `    predicted, actual = A > ${threshold}, Y == 1`,
    "    total = np.sum(predicted) + np.sum(actual)",
    "    return float(2 * np.sum(predicted & actual) / total) if total > 0 else 0.0",
  ];
}

const multiclassMetrics: Partial<Record<TrackedMetric, Line[]>> = {
  accuracy: ["def accuracy(A, Y):", "    return float(np.mean(np.argmax(A, axis=0) == np.argmax(Y, axis=0)))"],
  f1: [
    "def f1(A, Y):",
    '    """2 TP / (2 TP + FP + FN) of each class that occurs or is predicted, their mean."""',
    "    predicted, actual = np.argmax(A, axis=0), np.argmax(Y, axis=0)",
    "    classes = np.union1d(predicted, actual)",
    "    return float(np.mean([",
    "        2 * np.sum((predicted == k) & (actual == k)) / (np.sum(predicted == k) + np.sum(actual == k))",
    "        for k in classes",
    "    ]))",
  ],
};
