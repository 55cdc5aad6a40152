import type { Matrix } from "../array/matrix.js";
import { figure } from "./figure.js";
import { formatNumber } from "./formatNumber.js";
import { histogramBins, histogramChart } from "./histogramChart.js";
import { type Markup, markup } from "./markup.js";
import { normChart } from "./normChart.js";
import { dataTable } from "./table.js";

/** A parameter by name: W1, W2, … */
export interface NamedParameter {
  readonly name: string;
  readonly values: Matrix;
}

const number = (label: string) => ({ label, kind: "number" }) as const;

/** How the weights are distributed, layer by layer, and how large they are together. */
export function weightsSection(weights: readonly NamedParameter[]): Markup {
  const norms = weights.map(({ name, values }) => ({ name: `‖${name}‖`, value: norm(values.data) }));
  return markup`<h2>Weights</h2>
<p>A layer whose weights are all 0, or far larger than its neighbours’, is the first place to look when a network does not learn.</p>
<div class="figures">
${weights.map(({ name, values }) =>
  figure(
    histogramChart(values.data, { title: `${name}, ${values.rows} × ${values.columns}`, xLabel: "weight" }),
    `From ${values.columns} to ${values.rows} units.`,
    dataTable(
      name,
      [number("from"), number("to"), number("count")],
      histogramBins(values.data),
      ({ from, to, count }) => [from, to, count].map((x) => formatNumber(x)),
    ),
  ),
)}
${figure(
  normChart(norms, { title: "Norm of the weights", xLabel: "square root of the sum of squares" }),
  "Frobenius norm ‖W‖, whose squares the L2 penalty adds up.",
  dataTable("Norms", [{ label: "weights" }, number("norm")], norms, ({ name, value }) => [
    name,
    formatNumber(value, 6),
  ]),
)}
</div>`;
}

function norm(values: Iterable<number>): number {
  let squares = 0;
  for (const value of values) squares += value * value;
  return Math.sqrt(squares);
}
