import { edgeOf, type Histogram } from "../training/histogram.js";
import type { LayerSignals } from "../training/signals.js";
import { wideFigure } from "./figure.js";
import { formatNumber } from "./formatNumber.js";
import { type HistogramPanel, histogramRow } from "./histogramRow.js";
import { type Markup, markup } from "./markup.js";
import { dataTable } from "./table.js";

/** What passes through the layers at one step. */
export interface SignalMoment {
  readonly iteration: number;
  readonly signals: readonly LayerSignals[];
}

/** Width of a chart of which two stand side by side on a page. */
const HALF = 528;

/**
 * How the outputs of layers and the gradients of their weights are distributed at the start, the middle and the end of a run.
 * Nothing where the run has no histograms.
 *
 * @param layers which to show, from 0
 */
export function signalHistograms(moments: readonly SignalMoment[], layers: readonly number[]): Markup | undefined {
  const shown = startMiddleEnd(moments.filter(({ signals }) => signals.every(hasHistograms)));
  if (shown.length === 0) return undefined;
  const steps = shown.map(({ iteration }) => formatNumber(iteration));
  return markup`<h3>Distributions by layer</h3>
<p>At ${steps.length > 1 ? `steps ${steps.slice(0, -1).join(", ")} and ${steps.at(-1)}` : `step ${steps[0]}`}. Outputs of a ReLU pile
up at 0 where units are silent, those of a sigmoid or tanh at its ends where they saturate. A layer’s outputs are drawn on one x axis; its
gradients, which may shrink by orders of magnitude, each on its own.</p>
<div class="figures halves">
${layers.map((l) => [
  row(shown, {
    title: `A${l + 1}, outputs of layer ${l + 1}`,
    xLabel: "output",
    shared: true,
    caption: `Deviation ${course(shown, (signals) => formatNumber(signals[l].activation.deviation, 3))}.`,
    read: (signals) => signals[l].activationHistogram,
  }),
  row(shown, {
    title: `dW${l + 1}, gradient of layer ${l + 1}`,
    xLabel: "gradient",
    shared: false,
    caption: `Norm ${course(shown, (signals) => formatNumber(signals[l].gradient.norm, 3))}.`,
    read: (signals) => signals[l].gradientHistogram,
  }),
])}
</div>`;
}

interface NamedMoment extends SignalMoment {
  readonly name: string;
}

function row(
  moments: readonly NamedMoment[],
  {
    title,
    xLabel,
    shared,
    caption,
    read,
  }: {
    readonly title: string;
    readonly xLabel: string;
    readonly shared: boolean;
    readonly caption: string;
    readonly read: (signals: readonly LayerSignals[]) => Histogram | undefined;
  },
): Markup {
  const panels = moments.flatMap(({ signals, name }): HistogramPanel[] => {
    const histogram = read(signals);
    return histogram ? [{ label: name, histogram }] : [];
  });
  const bins = panels.flatMap(({ label, histogram }) => histogram.counts.map((_, i) => ({ label, histogram, i })));
  const number = (label: string) => ({ label, kind: "number" }) as const;
  return wideFigure(
    (width) => histogramRow(panels, { title, xLabel, shared, width }),
    caption,
    dataTable(
      title,
      [{ label: "when" }, number("from"), number("to"), number("count")],
      bins,
      ({ label, histogram, i }) => [
        label,
        ...[edgeOf(histogram, i), edgeOf(histogram, i + 1)].map((x) => formatNumber(x, 4)),
        formatNumber(histogram.counts[i]),
      ],
    ),
    HALF,
  );
}

/** `0.3 at the start, 0.2 in the middle, 0.1 at the end` */
function course(moments: readonly NamedMoment[], read: (signals: readonly LayerSignals[]) => string): string {
  return moments
    .map(({ name, signals }) => `${read(signals)} ${name === "middle" ? "in" : "at"} the ${name}`)
    .join(", ");
}

function hasHistograms({ activationHistogram, gradientHistogram }: LayerSignals): boolean {
  return activationHistogram !== undefined && gradientHistogram !== undefined;
}

/** The first moment, the one nearest to half of the last one's step, and the last; fewer where they are the same. */
function startMiddleEnd(moments: readonly SignalMoment[]): NamedMoment[] {
  const [first, ...rest] = moments;
  const last = rest.pop();
  if (first === undefined) return [];
  if (last === undefined) return [{ ...first, name: "start" }];
  const half = (first.iteration + last.iteration) / 2;
  const distance = ({ iteration }: SignalMoment): number => Math.abs(iteration - half);
  const middle = rest.reduce<SignalMoment | undefined>(
    (best, moment) => (best === undefined || distance(moment) < distance(best) ? moment : best),
    undefined,
  );
  return [{ ...first, name: "start" }, ...(middle ? [{ ...middle, name: "middle" }] : []), { ...last, name: "end" }];
}
