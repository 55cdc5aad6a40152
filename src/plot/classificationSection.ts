import type { Matrix } from "../array/matrix.js";
import { calibrationCurve } from "../metrics/calibrationCurve.js";
import { confusionMatrix } from "../metrics/confusionMatrix.js";
import { gainsCurve } from "../metrics/gainsCurve.js";
import { precisionRecallCurve } from "../metrics/precisionRecallCurve.js";
import { rocCurve } from "../metrics/rocCurve.js";
import { calibrationChart } from "./calibrationChart.js";
import { confusionChart } from "./confusionChart.js";
import { confusionTables } from "./confusionTables.js";
import { figure, wideFigure } from "./figure.js";
import { formatNumber } from "./formatNumber.js";
import { gainAt, gainsChart } from "./gainsChart.js";
import { type Markup, markup } from "./markup.js";
import { precisionRecallChart } from "./precisionRecallChart.js";
import { rocChart } from "./rocChart.js";
import { dataTable } from "./table.js";

/** Predictions of a classifier beside the truth. */
export interface Classified {
  readonly P: Matrix;
  readonly Y: Matrix;
  readonly threshold: number;
  readonly classNames: readonly string[];
}

/** A matrix of more classes has cells too small to read, and grows with their square. */
const MOST_DRAWN = 30;

/** Where a classifier is right and where it is wrong: confusion matrix and, for two classes, the curves behind it. */
export function classificationFigures({ P, Y, threshold, classNames }: Classified): Markup {
  const confusion = confusionMatrix(P, Y, threshold);
  const names = confusion.toArray().map((_, k) => classNames[k] ?? `class ${k}`);
  if (names.length > MOST_DRAWN) {
    return markup`${confusionTables(confusion, names)}
<div class="figures">${calibrationFigure(P, Y, names)}</div>`;
  }
  const draw = (width: number): string => confusionChart(confusion, { classNames: names, width });
  const data = dataTable(
    "Confusion matrix",
    [{ label: "truth" }, ...names.map((name) => ({ label: `predicted ${name}`, kind: "number" as const }))],
    names,
    (name, i) => [name, ...Array.from(confusion.rowData(i), (count) => formatNumber(count))],
  );
  if (P.rows > 1) {
    return markup`${wideFigure(draw, "A row for each true class: how its examples were predicted.", data, 640)}
<div class="figures">${calibrationFigure(P, Y, names)}</div>`;
  }
  return markup`<div class="figures">
${figure(draw(344), binaryCaption(confusion, names, threshold), data)}
${Y.data.includes(0) && Y.data.includes(1) && rocFigure(P, Y, threshold)}
${Y.data.includes(1) && precisionRecallFigure(P, Y, threshold)}
${calibrationFigure(P, Y, names)}
${Y.data.includes(1) && gainsFigure(P, Y, threshold, names[1])}
</div>`;
}

function binaryCaption(confusion: Matrix, [negative, positive]: readonly string[], threshold: number): string {
  const [[, falseAlarms], [missed, caught]] = confusion.toArray();
  const count = (value: number): string => formatNumber(value);
  return (
    `Predicted “${positive}” where its probability is above ${formatNumber(threshold)}: of ${count(caught + missed)} such ` +
    `examples ${count(caught)} are caught and ${count(missed)} missed, and ${count(falseAlarms)} of “${negative}” raise a false ` +
    "alarm. Another threshold trades one error for the other."
  );
}

const rate = (label: string) => ({ label, kind: "number" }) as const;

function rocFigure(P: Matrix, Y: Matrix, threshold: number): Markup {
  const { thresholds, falsePositiveRate, truePositiveRate } = rocCurve(P, Y);
  return figure(
    rocChart(P, Y, { threshold }),
    "Every threshold is a point: the share of positives caught for the share of negatives falsely alarmed. The area is the " +
      "probability that a positive example scores above a negative one.",
    dataTable(
      "ROC curve",
      [rate("threshold"), rate("false positive rate"), rate("true positive rate")],
      thresholds,
      (value, k) => [value, falsePositiveRate[k], truePositiveRate[k]].map((x) => formatNumber(x)),
    ),
  );
}

function precisionRecallFigure(P: Matrix, Y: Matrix, threshold: number): Markup {
  const { thresholds, recall, precision } = precisionRecallCurve(P, Y);
  return figure(
    precisionRecallChart(P, Y, { threshold }),
    "How many of the alarms are right for the share of positives caught. Where positives are rare this tells more than the ROC " +
      "curve, since a small share of many negatives is still many false alarms.",
    dataTable(
      "Precision-recall curve",
      [rate("threshold"), rate("recall"), rate("precision")],
      thresholds,
      (value, k) => [value, recall[k], precision[k]].map((x) => formatNumber(x)),
    ),
  );
}

function calibrationFigure(P: Matrix, Y: Matrix, [, positive]: readonly string[]): Markup {
  const { predicted, observed, counts } = calibrationCurve(P, Y);
  const [given, came] =
    P.rows === 1 ? ["predicted probability", `share of ${positive}`] : ["predicted probability", "share right"];
  return figure(
    calibrationChart(P, Y),
    P.rows === 1
      ? `Each dot is a bin of equally many examples: how often “${positive}” came true over how probable it was called, with a 95 % interval.`
      : "Each dot is a bin of equally many examples: how often the predicted class was right over how probable it was called, with a " +
          "95 % interval.",
    dataTable("Calibration", [rate(given), rate(came), rate("examples")], counts, (count, b) =>
      [predicted[b], observed[b], count].map((x) => formatNumber(x)),
    ),
  );
}

/** Shares of examples whose gains are told. */
const SHARES = [0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5];

function gainsFigure(P: Matrix, Y: Matrix, threshold: number, positive: string): Markup {
  const curve = gainsCurve(P, Y);
  return figure(
    gainsChart(P, Y, { threshold }),
    `How many of all “${positive}” are found where the surest examples are looked at first. The lift is how many times as many as by chance.`,
    dataTable("Gains", [rate("share of examples"), rate("found"), rate("lift")], SHARES, (share) => {
      const found = gainAt(curve, share);
      return [`${formatNumber(100 * share)} %`, `${formatNumber(100 * found, 3)} %`, formatNumber(found / share, 3)];
    }),
  );
}
