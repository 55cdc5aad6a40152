import { costChart, type Series } from "./costChart.js";
import { wideFigure } from "./figure.js";
import { formatNumber } from "./formatNumber.js";
import { type Markup, markup } from "./markup.js";
import { dataTable, table } from "./table.js";

/** The depth experiment, as plain numbers. */
export interface DepthNumbers {
  readonly powers: readonly {
    readonly weight: number;
    readonly depth: number;
    readonly output: number;
    readonly gradient: number;
  }[];
  readonly runs: readonly {
    readonly activation: string;
    readonly layers: number;
    readonly label: string;
    /** Standard deviation of A[l] and ‖dW[l]‖ before training, l from 1. */
    readonly signals: readonly number[];
    readonly gradients: readonly number[];
    readonly costBefore: number;
    readonly costAfter: number | undefined;
    readonly accuracy: number;
    readonly outcome: string;
  }[];
}

const number = (label: string) => ({ label, kind: "number" }) as const;

/** What deep networks make of signals and gradients before training, from each start, and which of them learn. */
export function depthSection({ powers, runs }: DepthNumbers): Markup {
  const kinds = [...new Set(runs.map(({ activation }) => activation))];
  return markup`<h2>Depth</h2>
<p>A signal that each layer makes a little larger or smaller is, after many layers, gone or beyond all bounds, and so is the gradient on its
way back. The start decides by how much: He keeps the size of a signal through ReLUs, which Xavier halves in variance at each layer
(He et al. 2015, figure 3).</p>
${table(
  "Linear units in a row, all of one weight",
  [number("weight"), number("layers"), number("output of x = 1"), number("gradient at layer 1")],
  powers.map(({ weight, depth, output, gradient }) => [
    String(weight),
    String(depth),
    formatNumber(output, 4),
    formatNumber(gradient, 4),
  ]),
)}
${kinds.map((kind) => {
  const own = runs.filter(({ activation }) => activation === kind);
  const title = `${own[0].layers} layers, ${kind}`;
  return markup`<h3>${title}</h3>
${table(
  `${title}: what became of each start`,
  [{ label: "start" }, number("cost before"), number("cost after"), number("accuracy"), { label: "outcome" }],
  own.map(({ label, costBefore, costAfter, accuracy, outcome }) => [
    label,
    formatNumber(costBefore, 4),
    costAfter === undefined ? "not finite" : formatNumber(costAfter, 4),
    accuracy.toFixed(3),
    outcome,
  ]),
)}
<div class="figures">
${chartOf(own, `Signals, ${title}`, "deviation of A", "Deviation of each layer’s outputs over units and examples, before training.", "signals")}
${chartOf(own, `Gradients, ${title}`, "‖dW‖", "Norm of the gradient of each layer’s weights, before training.", "gradients")}
</div>`;
})}`;
}

function chartOf(
  runs: DepthNumbers["runs"],
  title: string,
  yLabel: string,
  caption: string,
  what: "signals" | "gradients",
): Markup {
  const drawn = runs.filter((run) => run[what].some((value) => value > 0));
  const left = runs.filter((run) => !drawn.includes(run)).map(({ label }) => label);
  const series = drawn.map(
    (run): Series => ({ name: run.label, points: run[what].map((value, l) => [l + 1, value] as const) }),
  );
  return wideFigure(
    (width) => costChart(series, { title, xLabel: "layer", yLabel, yScale: "log", width }),
    `${caption}${left.length > 0 ? ` Not drawn, since all is 0: ${left.join(", ")}.` : ""}`,
    dataTable(title, [number("layer"), ...runs.map(({ label }) => number(label))], runs[0][what], (_, l) => [
      formatNumber(l + 1),
      ...runs.map((run) => formatNumber(run[what][l], 3)),
    ]),
    520,
  );
}
