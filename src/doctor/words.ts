import { wordsOf } from "../ops/labels.js";
import type { ActivationName, InitializerName, LossName } from "../ops/names.js";
import { activationVocabulary } from "../ops/vocabulary/activationVocabulary.js";
import { initializerVocabulary } from "../ops/vocabulary/initializerVocabulary.js";
import { lossVocabulary } from "../ops/vocabulary/lossVocabulary.js";

/**
 * Everything that the doctor says, in English: the names of symptoms (`doctor.symptom.…`, of which `SymptomName` is made),
 * what was measured and why that is bad (`doctor.why.…`), what to change (`doctor.advice.…`). Shares and ratios come as
 * they were measured, operations and units by name; how they are written is a matter of the language.
 */
export const words = {
  "doctor.symptom.inputsNotNormalized": () => "inputs not normalized",
  "doctor.symptom.outputMismatch": () => "output and loss do not fit",
  "doctor.symptom.imbalance": () => "imbalance",
  "doctor.symptom.leakedRows": () => "leaked rows",
  "doctor.symptom.dropoutMisused": () => "dropout misused",
  "doctor.symptom.symmetry": () => "symmetry",
  "doctor.symptom.startTooLarge": () => "start too large",
  "doctor.symptom.startTooSmall": () => "start too small",
  "doctor.symptom.badFirstCost": () => "bad first cost",
  "doctor.symptom.vanishingGradients": () => "vanishing gradients",
  "doctor.symptom.explodingGradients": () => "exploding gradients",
  "doctor.symptom.divergence": () => "divergence",
  "doctor.symptom.stepsTooLarge": () => "steps too large",
  "doctor.symptom.stepsTooSmall": () => "steps too small",
  "doctor.symptom.oscillation": () => "oscillation",
  "doctor.symptom.overRegularized": () => "over-regularized",
  "doctor.symptom.saturatedUnits": () => "saturated units",
  "doctor.symptom.deadUnits": () => "dead units",
  "doctor.symptom.overfitting": () => "overfitting",
  "doctor.symptom.nothingLearned": () => "nothing learned",
  "doctor.symptom.cannotFit": () => "cannot fit 16 examples",

  "doctor.why.featureSpread": ({ wide, narrow, times }: { wide: Feature; narrow: Feature; times: number }) =>
    `${called(wide)} varies ${grouped(times)} times as much as ${called(narrow)}`,
  "doctor.why.featureOffset": ({ feature, times }: { feature: Feature; times: number }) =>
    `the mean of ${called(feature)} is ${grouped(times)} times its deviation`,
  "doctor.why.outputMismatch": ({ labels, output }: { labels: number; output: ActivationName }) =>
    `each example has exactly one of the ${labels} labels, but ${labels} ${activationLabel(output)}s answer as if it could have several or none`,
  "doctor.why.imbalance": ({ times }: { times: number }) =>
    `the largest class has ${Math.round(times)} times as many examples as the smallest`,
  "doctor.why.leakedRows": ({ share }: { share: number }) =>
    `${percent(share)} of the validation examples are training examples too, so validation measures memory`,
  "doctor.why.dropoutMisused": ({ keep }: { keep: number }) => `only ${percent(keep)} of the units are kept in a step`,
  "doctor.why.featuresDropped": ({ keep }: { keep: number }) =>
    `only ${percent(keep)} of the features are kept in a step`,
  "doctor.why.symmetry": ({ units, layer }: { units: number; layer: number }) =>
    `all ${units} units of layer ${layer} are equal, so they learn the same: the layer is worth one unit`,
  "doctor.why.startTooLargeSaturates": (values: {
    layer: number;
    times: number;
    saturatedLayer: number;
    share: number;
  }) =>
    `${largeStart(values)}, and ${percent(values.share)} of the units of layer ${values.saturatedLayer} are saturated`,
  "doctor.why.startTooLargeCosts": (values: { layer: number; times: number; costTimes: number }) =>
    `${largeStart(values)}, and the first cost is ${ratio(values.costTimes)} times that of a guess`,
  "doctor.why.startTooSmall": ({ layer, times, left }: { layer: number; times: number; left: number }) =>
    `the weights of layer ${layer} start with ${ratio(times)} times the variance of Xavier, ` +
    `and of the size of the inputs ${ratio(left)} is left in the last hidden layer`,
  "doctor.why.badFirstCost": ({ times }: { times: number }) =>
    `before any training the cost is ${times.toPrecision(3)} times that of a guess`,
  "doctor.why.vanishingGradients": ({ size }: { size: number }) =>
    `the gradient of layer 1 is ${size === 0 ? 0 : size.toExponential(1)} of the cost at the start, so its weights stay where they are`,
  "doctor.why.explodingGradients": ({ layer, size }: { layer: number; size: number }) =>
    `the gradient of layer ${layer} is ${size.toExponential(1)} times the cost of chance at the start`,
  "doctor.why.costNotFinite": ({ step }: { step: number }) => `the cost was no longer finite after step ${step}`,
  "doctor.why.costAboveChance": ({ times }: { times: number }) =>
    `the cost is ${times < 1000 ? times.toFixed(1) : times.toExponential(1)} times that of an answer which does not look at its input`,
  "doctor.why.stepsTooLarge": ({ layer, share }: { layer: number; share: number }) =>
    `a step changes the weights of layer ${layer} by ${percent(share)} of their size`,
  "doctor.why.stepsTooSmall": ({ share }: { share: number }) =>
    `a step changes the weights by ${share.toExponential(1)} of their size, and the cost is still where chance is`,
  "doctor.why.oscillation": ({ rise, share, from }: { rise: number; share: number; from: number }) =>
    `the cost rises by more than ${percent(rise)} of that of chance in ${percent(share)} of the entries of ` +
    (from > 0.5 ? "the last quarter" : "the second half"),
  "doctor.why.overRegularized": ({ share }: { share: number }) =>
    `the penalty has shrunk the weights of every layer to ${percent(share)} of their start or less, and little was learned`,
  "doctor.why.saturatedUnits": ({
    share,
    layer,
    ...ends
  }: {
    share: number;
    layer: number;
    low?: number;
    high?: number;
  }) => `${percent(share)} of the units of layer ${layer} have ${saturatedAt(ends)}, where their slope is almost 0`,
  "doctor.why.deadUnits": ({ dead, units, layer, activation, flat }: DeadUnits) =>
    `${dead} of ${units} units of layer ${layer} are ${flatAt(flat)} for every training example, ` +
    `and a ${activationLabel(activation)} at ${flatAt(flat)} learns nothing`,
  "doctor.why.validationRises": (values: { step: number; times: number }) => risingValidation(values),
  "doctor.why.validationRisesBestKept": (values: { step: number; times: number }) =>
    `${risingValidation(values)}; the best weights were kept`,
  "doctor.why.accuracyGap": ({ training, validation }: { training: number; validation: number }) =>
    `${finePercent(training)} of the training examples are right, and only ${finePercent(validation)} of the validation examples`,
  "doctor.why.nothingLearned": ({ steps, cost, chance }: { steps: number; cost: number; chance: number }) =>
    `after ${steps} steps the cost is ${cost.toPrecision(3)}; an answer that does not look at its input costs ${chance.toPrecision(3)}`,
  "doctor.why.cannotFitClasses": (values: { steps: number; examples: number; error: number }) =>
    `${overfitTest(values)} leave ${percent(values.error)} of the answers wrong`,
  "doctor.why.cannotFitNumbers": (values: { steps: number; examples: number; error: number }) =>
    `${overfitTest(values)} leave an error of ${percent(values.error)} of the variance of their targets`,

  "doctor.advice.normalize": () => "normalize the inputs to mean 0 and variance 1, fitted on the training set",
  "doctor.advice.otherOutput": ({ output, loss }: { output: ActivationName; loss: LossName }) =>
    `${activationLabel(output)} outputs, whose loss is ${wordsOf(lossVocabulary, loss).label}`,
  "doctor.advice.imbalance": () =>
    "read precision, recall and PR-AUC instead of accuracy; weight the classes if the rare one matters more",
  "doctor.advice.removeDuplicates": () => "remove duplicates before the split",
  "doctor.advice.keepMore": () => "keep 0.5 to 0.9 of the hidden units",
  "doctor.advice.keepMoreFeatures": () => "keep 0.8 or more of the features",
  "doctor.advice.breakSymmetry": ({ initializer }: { initializer: InitializerName }) =>
    `start from ${initializerLabel(initializer)} instead of zeros or a constant`,
  "doctor.advice.fittingStart": ({ initializer }: { initializer: InitializerName }) =>
    `${initializerLabel(initializer)} initialization, gain 1`,
  "doctor.advice.smallerStart": ({ initializer }: { initializer: InitializerName }) =>
    `a smaller start (${initializerLabel(initializer)}, gain 1), normalized inputs`,
  "doctor.advice.fewerLayers": ({ initializer, activation }: FittingStart) =>
    `${initializerLabel(initializer)} initialization, which fits ${activationLabel(activation)}; or fewer layers`,
  "doctor.advice.explodingGradients": ({ initializer, norm }: { initializer: InitializerName; norm: number }) =>
    `a smaller start (${initializerLabel(initializer)}, gain 1), normalized inputs, gradients clipped to a norm of ${norm}`,
  "doctor.advice.divergence": ({ norm }: { norm: number }) =>
    `a smaller learning rate, normalized inputs, a smaller start, gradients clipped to a norm of ${norm}`,
  "doctor.advice.smallerRate": () => "a learning rate ten times smaller",
  "doctor.advice.largerRate": () => "a learning rate ten times larger",
  "doctor.advice.calmerSteps": () => "a learning rate three times smaller, or larger batches",
  "doctor.advice.smallerPenalty": () => "a λ ten times smaller",
  "doctor.advice.normalizeAndStart": ({ initializer }: { initializer: InitializerName }) =>
    `normalize the inputs, and start from ${initializerLabel(initializer)}`,
  "doctor.advice.deadUnits": ({ initializer, activation }: FittingStart) =>
    `a lower learning rate, ${initializerLabel(initializer)} initialization, or ` +
    `${wordsOf(activationVocabulary, activation).instead ?? "an activation that is flat nowhere"}`,
  "doctor.advice.regularize": () => regularizers,
  "doctor.advice.stopEarly": () => `early stopping, ${regularizers}`,
  "doctor.advice.moreSteps": () =>
    "a larger learning rate, more steps, or features that say something about the target",
  "doctor.advice.cannotFit": () =>
    "more units, another start, normalized inputs; if activations or gradients are your own, check the gradient",
};

/** A feature by its name, or where it has none by its number, from 1. */
type Feature = string | number;

interface DeadUnits {
  readonly dead: number;
  readonly units: number;
  readonly layer: number;
  readonly activation: ActivationName;
  /** The values at which units of that activation are dead. */
  readonly flat: readonly string[];
}

interface FittingStart {
  readonly initializer: InitializerName;
  readonly activation: ActivationName;
}

const regularizers = "L2 (a larger λ), dropout, more data, or images changed anew in each epoch";

function largeStart({ layer, times }: { layer: number; times: number }): string {
  return `the weights of layer ${layer} start with ${ratio(times)} times the variance of He`;
}

function risingValidation({ step, times }: { step: number; times: number }): string {
  return `after step ${step} the validation cost rose to ${times.toFixed(2)} times its least while the training cost fell`;
}

function overfitTest({ steps, examples }: { steps: number; examples: number }): string {
  return `${grouped(steps)} steps of Adam on ${examples} examples alone, without regularization,`;
}

/** Such as `|z| ≥ 5 for most examples`. */
function saturatedAt({ low, high }: { low?: number; high?: number }): string {
  const below = low === undefined ? [] : [`z ≤ ${signed(low)}`];
  const above = high === undefined ? [] : [`z ≥ ${signed(high)}`];
  const isSymmetric = low !== undefined && low === -(high ?? Number.NaN);
  const place = isSymmetric ? `|z| ≥ ${signed(-low)}` : [...below, ...above].join(" or ");
  return `${place} ${low !== undefined && high !== undefined ? "for most examples" : "for every example"}`;
}

const flatAt = (values: readonly string[]): string => values.map(signed).join(" or ");
const called = (feature: Feature): string => (typeof feature === "string" ? feature : `feature ${feature}`);
const activationLabel = (name: ActivationName): string => wordsOf(activationVocabulary, name).label;
const initializerLabel = (name: InitializerName): string => wordsOf(initializerVocabulary, name).label;

const percent = (share: number): string => `${Math.round(100 * share)} %`;
const finePercent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const grouped = (count: number): string => Math.round(count).toLocaleString("en-US");
const signed = (value: number | string): string => String(value).replace("-", "−");

/** Such as `450`, `1.2`, `3.2e-7`. */
function ratio(value: number): string {
  if (value >= 10) return grouped(value);
  return value < 1e-3 ? value.toExponential(1) : value.toPrecision(2);
}
