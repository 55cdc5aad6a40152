import { requireRecord } from "../constraint/kinds.js";
import { type DepthNumbers, depthSection } from "./depthSection.js";
import { type ExperimentText, experimentSection } from "./experimentSection.js";
import { formatNumber } from "./formatNumber.js";
import { type GradientCheckingNumbers, gradientCheckingSection } from "./gradientCheckingSection.js";
import { htmlDocument } from "./htmlDocument.js";
import { type Markup, markup } from "./markup.js";
import { comparedCosts, largestCostDifference, type ReportedRun } from "./reportedRun.js";

/** What a report on the reference experiments is made from; what was not run is left out. */
export interface ExperimentsReportInput {
  /** Runs from zeros, random × 10, He and Xavier. */
  readonly initialization?: readonly ReportedRun[];
  /** Runs without regularization, with L2 and with dropout. */
  readonly regularization?: readonly ReportedRun[];
  readonly gradientChecking?: GradientCheckingNumbers;
  readonly depth?: DepthNumbers;
  /** The command that repeats it all. */
  readonly command: string;
  /** Version of gradproof. */
  readonly version: string;
  /** How long it took. */
  readonly seconds: number;
}

const INITIALIZATION: ExperimentText = {
  title: "Initialization",
  introduction:
    "Four networks 2-10-5-1, alike but for the weights they start from, learn to tell two noisy circles apart: 15,000 steps of gradient " +
    "descent over all examples, α = 0.01. Where a network starts decides how fast it learns, and whether it learns at all.",
  costs:
    "The axis is logarithmic, since the run from large weights starts a thousand times higher than the others. A flat line learns nothing; the " +
    "steeper a line falls, the better its start.",
  runs: new Map([
    [
      "zeros",
      "All units of a layer start equal and get equal gradients, so they stay equal: symmetry is never broken. The network answers 0.5 " +
        "everywhere, and its cost stays at log 2 = 0.6931.",
    ],
    [
      "random",
      "Weights this large push the output to 0 or 1 from the start. Being sure and wrong is costly, and the steps go into undoing it: " +
        "after all of them the boundary is still rough.",
    ],
    [
      "he",
      "A variance of 2/n, n the number of inputs of a layer, makes up for the half that ReLU cuts off, so signals keep their size through the " +
        "layers. The network follows the circle.",
    ],
    [
      "xavier",
      "A variance of 1/n, made for tanh, lets signals shrink a little at each ReLU. It learns nearly as well as He, somewhat later.",
    ],
  ]),
  yScale: "log",
};

const REGULARIZATION: ExperimentText = {
  title: "Regularization",
  introduction:
    "Three networks 2-20-3-1 learn from few, noisy points: 30,000 steps of gradient descent over all examples, α = 0.3. What counts is the test " +
    "accuracy: points the network has not seen.",
  costs:
    "Lower is not better here. The curve of L2 includes its penalty, and that of dropout is measured with units missing, so the curves cannot " +
    "be compared with each other: the test accuracies can.",
  runs: new Map([
    [
      "none",
      "Nothing keeps the boundary from bending around single points. To fit the training set best and the test set worst is what overfitting " +
        "looks like.",
    ],
    [
      "l2",
      "Large weights cost λ/(2m) Σ‖W‖², so the weights stay small and the boundary smooth. It gives up some training points for that.",
    ],
    [
      "dropout",
      "Units are left out in training, each kept with probability 0.86 and scaled up by 1/0.86, so that the network cannot rely on any one of them; " +
        "in prediction all take part. To repeat the reference, each step leaves out the same ones; in your own runs each step draws anew.",
    ],
  ]),
  yScale: "linear",
};

/**
 * A report on the reference experiments as a self-contained HTML page: every number beside the reference's, the cost curves of all
 * runs, the decision boundary of each over its examples, and where a wrong gradient is wrong, with a few words on what to see.
 *
 * The page has no script, makes no request, and follows the reader's light or dark scheme.
 *
 * @returns an HTML document
 *
 * @example
 * import { experimentsReport } from "gradproof/report";
 * const page = experimentsReport({
 *   initialization: [
 *     {
 *       name: "zeros",
 *       label: "zeros",
 *       costs: [[0, Math.LN2], [1000, Math.LN2]],
 *       trainAccuracy: 0.5,
 *       testAccuracy: 0.5,
 *       reference: { trainAccuracy: 0.5, testAccuracy: 0.5, costs: [Math.LN2, Math.LN2] },
 *     },
 *   ],
 *   command: "gradproof reproduce initialization",
 *   version: "0.1.0",
 *   seconds: 1.2,
 * });
 * page.includes("symmetry is never broken"); // => true
 */
export function experimentsReport(input: ExperimentsReportInput): string {
  requireRecord("experimentsReport(): input", input);
  const { initialization = [], regularization = [], gradientChecking, depth, command, version, seconds } = input;
  return htmlDocument(
    "Reference experiments",
    markup`<header><h1>Reference experiments</h1>
<p class="quiet">gradproof ${version}, ${formatNumber(seconds, 3)} s. The reference numbers were made with NumPy.</p></header>
<main>
${summaryTiles([...initialization, ...regularization])}
${initialization.length > 0 && experimentSection(initialization, INITIALIZATION)}
${regularization.length > 0 && experimentSection(regularization, REGULARIZATION)}
${gradientChecking && gradientCheckingSection(gradientChecking)}
${depth && depthSection(depth)}
<h2>Run it again</h2>
<pre class="command"><code>${command}</code></pre>
</main>`,
  );
}

/** How well the reference is met, in two numbers. */
function summaryTiles(runs: readonly ReportedRun[]): Markup | undefined {
  const accuracies = runs.flatMap(({ reference, trainAccuracy, testAccuracy }) =>
    reference ? [trainAccuracy === reference.trainAccuracy, testAccuracy === reference.testAccuracy] : [],
  );
  if (accuracies.length === 0) return undefined;
  const equal = accuracies.filter(Boolean).length;
  const steady = runs.filter(({ reference }) => !reference?.chaotic);
  const costs = steady.flatMap(comparedCosts).length;
  const rough = runs
    .filter(({ reference }) => reference?.chaotic)
    .map((run) => `${run.label}: ${formatNumber(largestCostDifference([run]), 2)}, since its path is chaotic`);
  return markup`<div class="tiles">
<section class="tile"><h3>Accuracies equal to the reference</h3><p class="headline">${formatNumber(equal)} <small>of ${formatNumber(accuracies.length)}</small></p></section>
<section class="tile"><h3>Largest relative difference of a cost</h3><p class="headline">${formatNumber(largestCostDifference(steady), 2)} <small>in ${formatNumber(costs)} costs</small></p>${rough.map((line) => markup`<p class="quiet"><small>${line}</small></p>`)}</section>
</div>`;
}
