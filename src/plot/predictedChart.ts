import { nice } from "d3-array";
import { ShapeError } from "../array/shapeError.js";
import { requireList, requireRecord } from "../constraint/kinds.js";
import { type Frame, RIGHT_MARGIN, spread, tightAxis } from "./axis.js";
import { chart, TITLE_HEIGHT } from "./chart.js";
import { drawGrid, drawXAxis, drawYAxis, X_AXIS_HEIGHT, yAxisWidth } from "./drawAxis.js";
import { drawKey } from "./drawKey.js";
import { formatNumber } from "./formatNumber.js";
import { markup } from "./markup.js";
import { sample } from "./thin.js";

export interface PredictedChartOptions {
  /** Default `Predicted against actual`. */
  readonly title?: string;
  /** Name of the target, with its unit. Default `target`. */
  readonly target?: string;
  /** Pixels. Default 344. */
  readonly width?: number;
}

/** Points drawn at most. */
const MOST_DOTS = 1500;

/**
 * How well numbers are predicted, as an SVG document: a dot an example, its target across and its prediction up. On the line they
 * are equal.
 *
 * @param predictions one number per example
 * @param targets as many numbers
 * @returns an SVG document
 * @throws ShapeError when the two differ in length
 *
 * @example
 * import { predictedChart } from "gradproof/report";
 * const svg = predictedChart([1.1, 1.9, 3.2], [1, 2, 3], { target: "price, €" });
 * svg.includes("price, €") && svg.startsWith("<svg"); // => true
 */
export function predictedChart(
  predictions: ArrayLike<number>,
  targets: ArrayLike<number>,
  options: PredictedChartOptions = {},
): string {
  requireList("predictedChart(): predictions", predictions);
  requireList("predictedChart(): targets", targets);
  requireRecord("predictedChart(): options", options);
  const { title = "Predicted against actual", target = "target", width = 344 } = options;
  if (predictions.length !== targets.length) {
    throw new ShapeError(`predictedChart(): got ${predictions.length} predictions for ${targets.length} targets`);
  }
  const pairs = Array.from(predictions, (prediction, j) => [targets[j], prediction] as const);
  const shown = sample(
    pairs.filter((pair) => pair.every(Number.isFinite)),
    MOST_DOTS,
  );
  const top = TITLE_HEIGHT + 28;
  // One scale for both, so that the line of equality is the diagonal.
  const [low, high] = spread(shown.flat()) ?? [0, 1];
  const domain = nice(low, high, 5);
  const left = yAxisWidth(tightAxis(domain, [width, 0]));
  const side = width - left - RIGHT_MARGIN;
  const frame: Frame = { left, right: left + side, top, bottom: top + side };
  const x = tightAxis(domain, [frame.left, frame.right]);
  const y = tightAxis(domain, [frame.bottom, frame.top]);
  const line = markup`class="line" stroke="var(--muted)" stroke-dasharray="2 5"`;
  const key = drawKey(
    [{ sign: (at, middle) => markup`<path ${line} d="M${at} ${middle}h16"/>`, text: "prediction equals target" }],
    frame.bottom + X_AXIS_HEIGHT + 4,
    width,
  );
  const description = `Predictions of ${formatNumber(pairs.length)} examples against their targets.`;
  return chart(
    { width, height: frame.bottom + X_AXIS_HEIGHT + 4 + key.height, title, description },
    drawGrid(y, frame),
    drawYAxis(y, frame, `${target}, predicted`),
    drawXAxis(x, frame, `${target}, actual`),
    markup`<path ${line} d="M${frame.left} ${frame.bottom}L${frame.right} ${frame.top}"/>`,
    markup`<path fill="var(--accent)" fill-opacity="0.55" d="${shown.map(([actual, predicted]) => {
      const [cx, cy] = [x.place(actual) ?? 0, y.place(predicted) ?? 0];
      return markup`M${cx - 3} ${cy}a3 3 0 1 0 6 0a3 3 0 1 0 -6 0Z`;
    })}"/>`,
    key.markup,
  );
}
