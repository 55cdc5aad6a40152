import type { Network } from "../../network/network.js";
import type { HistoryEntry } from "../../training/run.js";
import type { SummaryValues } from "./event.js";

/** What a history entry and the network at that moment give TensorBoard: costs, metrics, learning rate, weights. */
export function runSummary(entry: HistoryEntry, network: Network, learningRate: number): SummaryValues {
  const { iteration: _iteration, epoch, validation = {}, signals: _signals, ...costs } = entry;
  const grouped = (group: string, numbers: object) =>
    Object.entries(numbers).map(([name, value]) => [`${group}/${name}`, value]);
  return {
    scalars: Object.fromEntries([
      ...grouped("train", costs),
      ...grouped("validation", validation),
      ...grouped("progress", { epoch, learningRate }),
    ]),
    histograms: Object.fromEntries(
      network.layers.flatMap(({ W, b }, l) => [
        [`layer ${l + 1}/W`, W.data],
        [`layer ${l + 1}/b`, b.data],
      ]),
    ),
  };
}
