import { are, type Layers, type Orders, orders, symbols, type Written } from "./wordParts.js";

/** In English, the mistakes that judges know by their numbers: what follows "expected 0.5: ". */
export const mistakeWords = {
  "mistake.deviation": ({ written }: Written) => `randn is multiplied by ${written}`,
  "mistake.costNoMean": () => "the cross-entropy is not divided by m",
  "mistake.costSign": () => "the cross-entropy has the wrong sign",
  "mistake.costHalf": ({ missing }: { missing: string }) => `${missing} is missing from the cross-entropy`,
  "mistake.costLogarithm": ({ base }: { base: number }) => `the logarithm has base ${base}, expected the natural one`,
  "mistake.costFactor": ({ factor }: { factor: number }) => `the cross-entropy is multiplied by ${factor}`,
  "mistake.costSquares": () => "this is the mean squared error",
  "mistake.costOnlyPenalty": () => "the cross-entropy is missing",
  "mistake.costNoPenalty": () => "the penalty is missing",
  "mistake.penaltyFactor": ({ written }: Written) => `the penalty has ${written} in the place of λ/(2m)`,
  "mistake.penaltyBoth": ({ written, causes }: Written & { causes: readonly string[] }) =>
    `the penalty has ${written} in the place of λ/(2m), and ${causes.join(" and ")}`,
  "mistake.sumBiases": () => "biases are penalized too",
  "mistake.sumOnlyBiases": () => "biases are penalized, and weights are not",
  "mistake.sumLayers": ({ kept }: { kept: readonly string[] }) => `only ${kept.join(" and ")} ${are(kept)} penalized`,
  "mistake.sumNotSquared": ({ written }: Written) => `the penalty sums ${written}, expected Σ W²`,
  "mistake.outputSign": () => "dZ3 is Y − A3, expected A3 − Y",
  "mistake.outputDerivative": () => "dZ3 is (A3 − Y) σ'(Z3); of cross-entropy and sigmoid it is A3 − Y",
  "mistake.outputCost": () => "dZ3 is dA3; σ'(Z3) is missing",
  "mistake.outputFactor": ({ factor }: { factor: number }) => `dZ3 is ${factor} (A3 − Y), expected A3 − Y`,
  "mistake.noRelu": ({ layers }: Layers) =>
    `${symbols("dZ", layers)} without the derivative of ReLU: it is 0 where Z ≤ 0`,
  "mistake.tanhDerivative": ({ layers }: Layers) =>
    `${symbols("dZ", layers)} with the derivative of tanh, expected that of ReLU`,
  "mistake.sigmoidDerivative": ({ layers }: Layers) =>
    `${symbols("dZ", layers)} with the derivative of sigmoid, expected that of ReLU`,
  "mistake.reluValue": ({ layers }: Layers) =>
    `${symbols("dZ", layers)} ${are(layers)} dA ∘ A; the derivative of ReLU is 1 where A > 0`,
  "mistake.reluInverted": ({ layers }: Layers) =>
    `${symbols("dZ", layers)}: dA passes where Z ≤ 0, expected where Z > 0`,
  "mistake.noMask": ({ layers }: Layers) => `${symbols("dA", layers)} without the mask ${symbols("D", layers)}`,
  "mistake.noScale": ({ layers }: Layers) => `${symbols("dA", layers)} ${are(layers)} not divided by keep_prob`,
  "mistake.noDropout": ({ layers }: Layers) =>
    `${symbols("dA", layers)} without the mask ${symbols("D", layers)}, and not divided by keep_prob`,
  "mistake.scaleTwice": ({ layers }: Layers) => `${symbols("dA", layers)} ${are(layers)} divided by keep_prob twice`,
  "mistake.scaleTimes": ({ layers }: Layers) =>
    `${symbols("dA", layers)} ${are(layers)} multiplied by keep_prob, expected divided by it`,
  "mistake.scaleOther": ({ layers }: Layers) =>
    `${symbols("dA", layers)} ${are(layers)} divided by 1 − keep_prob, expected by keep_prob`,
  "mistake.scaleHalf": ({ layers }: Layers) =>
    `${symbols("dA", layers)} ${are(layers)} divided by 0.5, expected by keep_prob`,
  "mistake.maskInverted": ({ layers }: Layers) =>
    `${symbols("dA", layers)} ${are(layers)} dropped where ${symbols("D", layers)} ${are(layers)} 1, expected where it is 0`,
  "mistake.freshMasks": () => "masks are drawn anew; the backward pass takes D1 and D2 of the cache",
  "mistake.noMean": ({ blocks }: Blocks) => `1/m is missing from ${blocks.join(", ")}`,
  "mistake.meanTwice": ({ blocks }: Blocks) => `${blocks.join(", ")} divided by m twice`,
  "mistake.meanOfFeatures": ({ blocks }: Blocks) =>
    `${blocks.join(", ")} divided by X.shape[0], expected by m = X.shape[1]`,
  "mistake.noPenalty": ({ blocks }: Blocks) => `(λ/m) W is missing from ${blocks.join(", ")}`,
  "mistake.penalty": ({ blocks, written }: Blocks & Written) =>
    `${written} is added to ${blocks.join(", ")}, expected (λ/m) W`,
  "mistake.biasPenalty": ({ blocks }: Blocks) => `(λ/m) b is added to ${blocks.join(", ")}; biases are not penalized`,
  "mistake.fromZ": ({ blocks }: Blocks) => `${blocks.join(", ")} with Z of the layer below, expected A`,
  "mistake.beforeDropout": ({ blocks }: Blocks) => `${blocks.join(", ")} with A of before dropout`,
  "mistake.zero": ({ blocks }: Blocks) => `${blocks.join(", ")} all 0`,
  "mistake.factor": ({ blocks, factor }: Blocks & { factor: number }) => `${blocks.join(", ")} multiplied by ${factor}`,
  "mistake.nothingDropped": () => "nothing is dropped",
  "mistake.shareInverted": () => "units are kept with probability 1 − keep_prob (D > keep_prob?)",
  "mistake.shareFixed": ({ share }: { share: number }) => `it is ${share} whatever keep_prob is`,
  "mistake.normalMask": () => "D is drawn by randn, expected rand",
  "mistake.notScaled": ({ layer }: Layer) => `A${layer} is not divided by keep_prob`,
  "mistake.notMasked": ({ layer }: Layer) => `A${layer} is divided by keep_prob, but not multiplied by D${layer}`,
  "mistake.notDropped": ({ layer }: Layer) => `A${layer} is neither multiplied by D${layer} nor divided by keep_prob`,
  "mistake.scaledTwice": ({ layer }: Layer) => `A${layer} is divided by keep_prob twice`,
  "mistake.multipliedByKeep": ({ layer }: Layer) => `A${layer} is multiplied by keep_prob, expected divided by it`,
  "mistake.dividedByDropped": ({ layer }: Layer) => `A${layer} is divided by 1 − keep_prob, expected by keep_prob`,
  "mistake.dividedByHalf": ({ layer }: Layer) => `A${layer} is divided by 0.5, expected by keep_prob`,
  "mistake.otherMask": ({ layer }: Layer) => `A${layer} is dropped where D${layer} is 1, expected where it is 0`,
  "mistake.goesOnUndropped": () => "Z2 is computed from A1 of before dropout",
  "mistake.inputDropped": () => "inputs are dropped; here only A1 and A2 are",
  "mistake.lastDropped": () => "outputs are dropped; only A1 and A2 are",
  "mistake.lastScaled": () => "A3 is divided by keep_prob; only A1 and A2 are",
  "mistake.noBias": ({ layer }: Layer) => `b${layer} is missing`,
  "mistake.sumIsOutput": ({ layer }: Layer) => `this is A${layer}`,
  "mistake.activation": ({ written, right }: Written & { right: string }) =>
    `the activation is ${written}, expected ${right}`,
  "mistake.derivativeInX": () => "this is θ, the derivative in x",
  "mistake.isWritten": ({ written }: Written) => `this is ${written}`,
  "mistake.quotient": ({ written }: Written) =>
    `the difference quotient is ${written}, expected (J(θ + ε) − J(θ − ε)) / 2ε`,
  "mistake.halfOfOneSided": () =>
    "the difference quotient is (J(θ + ε) − J(θ)) / 2ε: one-sided, or what is moved for J(θ − ε) is no copy of θ",
  "mistake.noCopy": () => "entries of θ stay moved by ε when the next one is looked at: what is moved is no copy of θ",
  "mistake.skipped": ({ entry }: { entry: string }) =>
    `gradapprox is 0 for ${entry === "first" ? "the first" : "the last"} parameter`,
  "mistake.ratio": ({ written }: Written) => `the difference is ${written}, expected ‖a − b‖ / (‖a‖ + ‖b‖)`,
  "mistake.fixedEpsilon": ({ epsilon }: { epsilon: number }) => `ε is ${epsilon}, whatever is given`,
  "mistake.covered": ({ blocks }: Blocks) => `only ${blocks.join(", ")} are compared`,
  "mistake.firstOrder": (values: Orders) => `the error is O(ε), as of a one-sided quotient: ${orders(values)}`,
  "mistake.probabilities": () => "these are the outputs A3; a prediction is 1 where A3 > 0.5",
  "mistake.inverted": () => "0 and 1 are exchanged",
  "mistake.labels": () => "these are the labels y",
  "mistake.signs": () => "classes are −1 and 1, expected 0 and 1",
  "mistake.noSteps": () => "it has not learned",
  "mistake.steps": ({ steps }: { steps: number }) => `this is after ${steps} iterations`,
  "mistake.ascent": () => "the step is + α dθ, expected − α dθ",
  "mistake.stepsWithoutMean": () => "gradients are not divided by m",
  "mistake.modelNoPenalty": () => "lambd makes no difference",
  "mistake.onlyWeights": () => "only weights have learned",
  "mistake.onlyBiases": () => "only biases have learned",
};

interface Blocks {
  readonly blocks: readonly string[];
}

interface Layer {
  readonly layer: string;
}
