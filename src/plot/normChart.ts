import { requireList, requireRecord } from "../constraint/kinds.js";
import { type Frame, logAxis } from "./axis.js";
import { chart, TITLE_HEIGHT } from "./chart.js";
import { drawXAxis, X_AXIS_HEIGHT } from "./drawAxis.js";
import { formatNumber } from "./formatNumber.js";
import { markup } from "./markup.js";
import { fitText, textWidth } from "./textWidth.js";

/** A size with the name it goes under, such as the norm of a layer's weights. */
export interface NamedNorm {
  readonly name: string;
  /** 0 or more. */
  readonly value: number;
}

export interface NormChartOptions {
  /** Default `Norm by layer`. */
  readonly title?: string;
  /** What the bars measure, with its unit. Default `norm`. */
  readonly xLabel?: string;
  /** Pixels. Default 344. */
  readonly width?: number;
}

const BAR = 24;

/**
 * Sizes layer by layer as an SVG document: a bar each, on a logarithmic axis, its value written beside it. Norms that shrink or
 * grow by the same factor from layer to layer, as vanishing and exploding gradients do, make a straight slope. A norm that is 0 or
 * not finite has no bar, only its value.
 *
 * @param norms one a layer, from the first to the last
 * @returns an SVG document
 *
 * @example
 * import { normChart } from "gradproof/report";
 * const svg = normChart([{ name: "dW1", value: 1e-6 }, { name: "dW2", value: 0.02 }], { title: "Gradients" });
 * svg.includes("dW1"); // => true
 */
export function normChart(norms: readonly NamedNorm[], options: NormChartOptions = {}): string {
  requireList("normChart(): norms", norms);
  requireRecord("normChart(): options", options);
  const { title = "Norm by layer", xLabel = "norm", width = 344 } = options;
  const top = TITLE_HEIGHT + 8;
  const bottom = top + Math.max(1, norms.length) * BAR;
  const widest = (texts: readonly string[]): number => Math.ceil(Math.max(0, ...texts.map((text) => textWidth(text))));
  const values = norms.map(({ value }) => formatNumber(value, 3));
  const left = Math.min(width / 3, widest(norms.map(({ name }) => name))) + 8;
  const frame: Frame = { left, right: width - widest(values) - 12, top, bottom };
  const sizes = norms.map(({ value }) => value);
  // Bars grow from a decade below the smallest norm: a logarithmic axis has no zero to grow from.
  const x = logAxis([...sizes, smallest(sizes) / 10], [frame.left, frame.right]);
  const description = `${xLabel}: ${norms.map(({ name }, i) => `${name} ${values[i]}`).join(", ")}.`;
  return chart(
    { width, height: bottom + X_AXIS_HEIGHT, title, description },
    norms.map(({ name, value }, i) => {
      const y = top + i * BAR;
      const end = x.place(value) ?? frame.left;
      return markup`<text class="end" x="${left - 8}" y="${y + BAR / 2 + 4}">${fitText(name, left - 8)}</text>
<rect x="${left}" y="${y + 4}" width="${end - left}" height="${BAR - 8}" fill="var(--accent)"/>
<text class="quiet" x="${end + 6}" y="${y + BAR / 2 + 4}">${values[i]}</text>\n`;
    }),
    drawXAxis(x, frame, `${xLabel}, logarithmic`),
  );
}

function smallest(sizes: readonly number[]): number {
  return Math.min(...sizes.filter((size) => size > 0 && Number.isFinite(size)));
}
