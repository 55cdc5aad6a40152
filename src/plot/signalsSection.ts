import type { Run } from "../training/run.js";
import type { LayerSignals } from "../training/signals.js";
import { costChart, type Series } from "./costChart.js";
import { figure, NARROW } from "./figure.js";
import { formatNumber } from "./formatNumber.js";
import { type Markup, markup } from "./markup.js";
import { type SignalMoment, signalHistograms } from "./signalHistograms.js";
import { dataTable, table } from "./table.js";

/** Layers that have a line of their own: the first, the last, and some between. */
const MOST_LINES = 6;

/** What passed through each layer while the network learned. Nothing where a run has no signals. */
export function signalsSection({ history }: Run): Markup | undefined {
  const moments = history.flatMap(({ iteration, signals }) => (signals ? [{ iteration, signals }] : []));
  const last = moments.at(-1);
  if (last === undefined || moments.length < 2) return undefined;
  const layers = chosenLayers(last.signals.length);
  return markup`<h2>Signals</h2>
<p>Measured on a sample of the training examples. Signals and gradients that shrink or grow from layer to layer by a factor each make a
deep network untrainable; a layer of dead or of equal units does not take part.</p>
<div class="figures">
${chartOf(moments, layers, {
  title: "Activations by layer",
  yLabel: "deviation of A",
  caption: "Standard deviation of a layer’s outputs over units and examples.",
  read: ({ activation }) => activation.deviation,
})}
${chartOf(moments, layers, {
  title: "Gradients by layer",
  yLabel: "‖dW‖",
  caption: "Norm of the gradient of a layer’s weights, the penalty left out.",
  read: ({ gradient }) => gradient.norm,
})}
${chartOf(moments, layers, {
  title: "Size of an update by layer",
  yLabel: "‖ΔW‖ / ‖W‖",
  caption:
    "How much one step changes a layer’s weights, beside their size. About 10⁻³ is a good speed; 10⁻¹ is rushing, 10⁻⁵ is standing still.",
  read: ({ updateRatio }) => updateRatio,
})}
</div>
${signalHistograms(moments, layers)}
${table(
  "The layers at the end of the run",
  [
    { label: "layer" },
    { label: "mean of A", kind: "number" },
    { label: "deviation of A", kind: "number" },
    { label: "‖dW‖", kind: "number" },
    { label: "dead units", kind: "number" },
    { label: "saturated units", kind: "number" },
    { label: "distinct units", kind: "number" },
  ],
  last.signals.map(({ layer, activation, gradient, dead, saturated, distinct }) => [
    String(layer),
    formatNumber(activation.mean, 3),
    formatNumber(activation.deviation, 3),
    formatNumber(gradient.norm, 3),
    `${formatNumber(100 * dead, 3)} %`,
    `${formatNumber(100 * saturated, 3)} %`,
    formatNumber(distinct),
  ]),
)}`;
}

function chartOf(
  moments: readonly SignalMoment[],
  layers: readonly number[],
  {
    title,
    yLabel,
    caption,
    read,
  }: {
    readonly title: string;
    readonly yLabel: string;
    readonly caption: string;
    readonly read: (layer: LayerSignals) => number | undefined;
  },
): Markup {
  const series = layers.map((l): Series => {
    const points = moments.flatMap(({ iteration, signals }) => {
      const value = read(signals[l]);
      return value === undefined ? [] : [[iteration, value] as const];
    });
    return { name: `layer ${l + 1}`, points };
  });
  const number = (label: string) => ({ label, kind: "number" }) as const;
  return figure(
    costChart(series, { title, yLabel, yScale: "log", width: NARROW + 16 }),
    caption,
    dataTable(
      title,
      [number("iteration"), ...layers.map((l) => number(`layer ${l + 1}`))],
      moments,
      ({ iteration, signals }) => [
        formatNumber(iteration),
        ...layers.map((l) => {
          const value = read(signals[l]);
          return value === undefined ? "" : formatNumber(value, 4);
        }),
      ],
    ),
  );
}

function chosenLayers(count: number): number[] {
  const lines = Math.min(count, MOST_LINES);
  return Array.from({ length: lines }, (_, k) => (lines === 1 ? 0 : Math.round((k * (count - 1)) / (lines - 1))));
}
