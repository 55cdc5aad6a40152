import type { Network } from "../../network/network.js";
import type { Statistics } from "../../training/distribution.js";
import type { Histogram } from "../../training/histogram.js";
import type { HistoryEntry } from "../../training/run.js";
import type { SummaryValues } from "./event.js";
import type { CountedValues } from "./histogram.js";

/**
 * What a history entry and the network at that moment give TensorBoard: costs, metrics, learning rate, weights, and
 * activations and gradients where the entry has signals.
 *
 * @param usual the learning rate of an entry that has none
 */
export function runSummary(entry: HistoryEntry, network: Network, usual: number): SummaryValues {
  const { iteration: _iteration, epoch, learningRate = usual, validation = {}, signals = [], ...costs } = entry;
  const grouped = (group: string, numbers: object) =>
    Object.entries(numbers).map(([name, value]) => [`${group}/${name}`, value]);
  return {
    scalars: Object.fromEntries([
      ...grouped("train", costs),
      ...grouped("validation", validation),
      ...grouped("progress", { epoch, learningRate }),
    ]),
    histograms: Object.fromEntries([
      ...network.program.unitLayers.flatMap(({ sums, activation }, l) =>
        [...sums.parameters, ...activation.parameters].map(({ role, name }) => [
          `layer ${l + 1}/${role}`,
          network.parameters[name].data,
        ]),
      ),
      ...signals.flatMap(({ layer, activation, activationHistogram, gradient, gradientHistogram }) => [
        ...counted(`layer ${layer}/A`, activationHistogram, activation),
        ...counted(`layer ${layer}/dW`, gradientHistogram, gradient),
      ]),
    ]),
  };
}

/** A histogram under its tag; nothing where no value was finite. */
function counted(tag: string, histogram: Histogram | undefined, { mean, norm }: Statistics): [string, CountedValues][] {
  if (histogram === undefined || histogram.counts.length === 0) return [];
  const count = histogram.counts.reduce((sum, n) => sum + n, 0);
  return [[tag, { ...histogram, sum: mean * count, squares: norm ** 2 }]];
}
