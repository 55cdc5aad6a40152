import type { Matrix } from "../array/matrix.js";
import { requireRecord } from "../constraint/kinds.js";
import { calibrationCurve } from "../metrics/calibrationCurve.js";
import { type Frame, RIGHT_MARGIN, tightAxis } from "./axis.js";
import { chart, TITLE_HEIGHT } from "./chart.js";
import { drawGrid, drawXAxis, drawYAxis, X_AXIS_HEIGHT, yAxisWidth } from "./drawAxis.js";
import { drawKey } from "./drawKey.js";
import { formatNumber } from "./formatNumber.js";
import { type Markup, markup } from "./markup.js";

export interface CalibrationChartOptions {
  /** Default `Calibration`. */
  readonly title?: string;
  /** Pixels. Default 344. */
  readonly width?: number;
}

/** The normal quantile of 97.5 %. */
const Z = 1.959963984540054;

/**
 * Whether probabilities mean what they say, as an SVG document: the share of examples for which it came true over the probability that
 * was given, a dot a bin of equally many examples, with a 95 % interval. On the diagonal the two are equal.
 *
 * The intervals are Wilson's. Of several classes it is the probability of the predicted one.
 *
 * @param P probabilities, 1 × examples (two classes) or classes × examples
 * @param Y labels of the same shape
 * @returns an SVG document
 * @throws whatever `calibrationCurve` does
 * @see Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927)
 *
 * @example
 * import { Matrix } from "gradproof";
 * import { calibrationChart } from "gradproof/report";
 * const svg = calibrationChart(Matrix.row([0.25, 0.25, 0.75, 0.75]), Matrix.row([0, 1, 1, 1]));
 * svg.includes("expected calibration error 0.25"); // => true
 */
export function calibrationChart(P: Matrix, Y: Matrix, options: CalibrationChartOptions = {}): string {
  requireRecord("calibrationChart(): options", options);
  const { title = "Calibration", width = 344 } = options;
  const curve = calibrationCurve(P, Y);
  const { predicted, observed, counts } = curve;
  const error = calibrationError(curve);
  const several = P.rows > 1;
  const top = TITLE_HEIGHT + 28;
  const left = yAxisWidth(tightAxis([0, 1], [width, 0]));
  const side = width - left - RIGHT_MARGIN;
  const frame: Frame = { left, right: left + side, top, bottom: top + side };
  const x = tightAxis([0, 1], [frame.left, frame.right]);
  const y = tightAxis([0, 1], [frame.bottom, frame.top]);
  const dashed = markup`class="line" stroke="var(--muted)" style="stroke-width:1.5" stroke-dasharray="2 5"`;
  const dot = (cx: number, cy: number): Markup => markup`<circle cx="${cx}" cy="${cy}" r="4" fill="var(--accent)"/>`;
  const bar = (cx: number, from: number, to: number): Markup =>
    markup`<path class="line" stroke="var(--accent)" style="stroke-width:1.25" d="M${cx} ${from}V${to}"/>`;
  const bins = predicted.map((p, b) => {
    const [cx, cy] = [x.place(p) ?? 0, y.place(observed[b]) ?? 0];
    const [low, high] = wilson(observed[b], counts[b]);
    return markup`${bar(cx, y.place(low) ?? 0, y.place(high) ?? 0)}${dot(cx, cy)}\n`;
  });
  const errorText = `expected calibration error ${formatNumber(error, 2)}`;
  const key = drawKey(
    [
      {
        sign: (at, middle) => [bar(at + 8, middle - 8, middle + 8), dot(at + 8, middle)].reduce(joined),
        text: errorText,
      },
      { sign: (at, middle) => markup`<path ${dashed} d="M${at} ${middle}h16"/>`, text: "as often as predicted" },
    ],
    frame.bottom + X_AXIS_HEIGHT + 4,
    width,
  );
  return chart(
    {
      width,
      height: frame.bottom + X_AXIS_HEIGHT + 4 + key.height,
      title,
      description: `Share that came true over predicted probability, in ${counts.length} bins; ${errorText}.`,
    },
    drawGrid(y, frame),
    drawYAxis(y, frame, several ? "share predicted right" : "share of positives"),
    drawXAxis(x, frame, several ? "probability of the predicted class" : "predicted probability"),
    markup`<path ${dashed} d="M${frame.left} ${frame.bottom}L${frame.right} ${frame.top}"/>`,
    bins,
    key.markup,
  );
}

const joined = (a: Markup, b: Markup): Markup => markup`${a}${b}`;

/** The mean distance from the diagonal, each bin by its number of examples. */
function calibrationError({ predicted, observed, counts }: ReturnType<typeof calibrationCurve>): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return predicted.reduce((sum, p, b) => sum + (Math.abs(p - observed[b]) * counts[b]) / total, 0);
}

function wilson(share: number, count: number): [low: number, high: number] {
  const spread = (Z * Z) / count;
  const middle = (share + spread / 2) / (1 + spread);
  const half = (Z / (1 + spread)) * Math.sqrt((share * (1 - share)) / count + spread / (4 * count));
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}
