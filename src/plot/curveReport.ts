import { requireRecord } from "../constraint/kinds.js";
import type { CurvePoint } from "../sweep/curvePoint.js";
import type { LearningCurve } from "../sweep/learningCurve.js";
import { configurationSection } from "./configurationSection.js";
import { curveChart } from "./curveChart.js";
import { figure } from "./figure.js";
import { formatNumber } from "./formatNumber.js";
import { htmlDocument } from "./htmlDocument.js";
import { type Markup, markup } from "./markup.js";
import { table } from "./table.js";

/** What a report on a learning curve is made from: plain data. */
export interface CurveReportInput {
  readonly title: string;
  readonly curve: LearningCurve;
  /** Networks a point. */
  readonly seeds: number;
  /** Members of an ensemble in the place of each network. Default 1: none. */
  readonly members?: number;
  /** Training error that would be good enough. */
  readonly goal: number;
  readonly configuration: Readonly<Record<string, unknown>>;
  /** The command that repeats it. */
  readonly command: string;
  /** Version of gradproof. */
  readonly version?: string;
}

/**
 * A report on a learning curve as a self-contained HTML page: what it says in words, error against training-set size and
 * against λ, the numbers, the configuration and the command that repeats it.
 *
 * @returns an HTML document, without script or request
 *
 * @example
 * import { curveReport } from "gradproof/report";
 * const point = (examples: number, training: number, validation: number) => ({
 *   examples, l2: 0, training: { mean: training, spread: 0 }, validation: { mean: validation, spread: 0 },
 * });
 * const curve = {
 *   bySize: [point(50, 0.01, 0.6), point(100, 0.02, 0.4)],
 *   byLambda: [],
 *   baseline: 0.69,
 *   reading: { verdict: "high variance" as const, sentences: ["High variance."] },
 * };
 * const command = "gradproof curve data.csv --target y";
 * const page = curveReport({ title: "data.csv", curve, seeds: 1, goal: 0.3, configuration: {}, command });
 * page.startsWith("<!doctype html>"); // => true
 */
export function curveReport(input: CurveReportInput): string {
  requireRecord("curveReport(): input", input);
  const { title, curve, seeds, members = 1, goal, configuration, command, version } = input;
  const { bySize, byLambda, baseline, reading } = curve;
  const width = 420;
  const trained =
    members === 1 ? (seeds === 1 ? "network" : "networks") : `${seeds === 1 ? "ensemble" : "ensembles"} of ${members}`;
  const what =
    "Error 1 is guessing without features, 0 is perfect; the bars are one standard deviation over the seeds.";
  return htmlDocument(
    title,
    markup`<header><h1>${title}</h1>
<p class="quiet">Bias or variance? ${seeds} ${trained} a point; guessing costs ${formatNumber(baseline)}.${version && ` gradproof ${version}.`}</p></header>
<main>
<div class="tiles"><div class="tile"><h3>Reading</h3><p class="headline">${reading.verdict}</p></div></div>
${reading.sentences.map((sentence) => markup`<p>${sentence}</p>\n`)}
<div class="figures">${figure(
      curveChart({
        title: "Error against training-set size",
        xLabel: "training examples",
        points: bySize,
        x: ({ examples }) => examples,
        goal,
        width,
      }),
      `${what} Curves that meet high up: bias. Curves far apart: variance.`,
    )}${
      byLambda.length > 0 &&
      figure(
        curveChart({ title: "Error against λ", xLabel: "λ (l2)", points: byLambda, x: ({ l2 }) => l2, goal, width }),
        `${what} Left of the best λ variance rules, right of it bias.`,
      )
    }</div>
<h2>Numbers</h2>
${pointTable("By training-set size", bySize)}
${byLambda.length > 0 && pointTable("By λ, with all examples", byLambda)}
${configurationSection(configuration, command)}
</main>`,
  );
}

function pointTable(caption: string, points: readonly CurvePoint[]): Markup {
  const number = "number" as const;
  const columns = ["examples", "λ", "training error", "± spread", "validation error", "± spread"];
  return table(
    caption,
    columns.map((label) => ({ label, kind: number })),
    points.map(({ examples, l2, training, validation }) => [
      formatNumber(examples),
      formatNumber(l2),
      ...[training, validation].flatMap(({ mean, spread }) => [formatNumber(mean, 3), formatNumber(spread, 2)]),
    ]),
  );
}
