import { significant } from "../numeric/significant.js";

/** In English, what exercises and their judges have to say. */
export const exerciseWords = {
  "does.initialize_parameters_zeros": () =>
    "W[l] is n[l] × n[l−1] and b[l] is n[l] × 1, all of zeros; layers_dims lists n[0], n[1], …, n[L]",
  "does.initialize_parameters_random": () => "W[l] is drawn from N(0, 1) and multiplied by 10; b[l] is zero",
  "does.initialize_parameters_he": () => "W[l] is drawn from N(0, 1) and multiplied by √(2 / n[l−1]); b[l] is zero",
  "does.compute_cost_with_regularization": () =>
    "The cross-entropy of A3 and Y, plus λ/(2m) times the sum of the squares of all weights; biases are left out",
  "does.backward_propagation_with_regularization": () =>
    "The gradient of the cost with its penalty: dW[l] gains (λ/m) W[l]",
  "does.forward_propagation_with_dropout": () =>
    "LINEAR-RELU-DROPOUT twice, then LINEAR-SIGMOID: D = rand(shape of A), D = D < keep_prob, A = A ∘ D, A = A / keep_prob",
  "does.backward_propagation_with_dropout": () =>
    "The gradient of the cost, with the masks of the forward pass: dA = dA ∘ D, dA = dA / keep_prob",
  "does.forward_propagation": () => "J(θ) = θ x",
  "does.backward_propagation": () => "dJ/dθ = x",
  "does.gradient_check": () =>
    "Compares backward_propagation with (J(θ + ε) − J(θ − ε)) / 2ε: ‖grad − gradapprox‖ / (‖grad‖ + ‖gradapprox‖)",
  "does.forward_propagation_n": () =>
    "The cross-entropy of a network 4-5-3-1 (ReLU, ReLU, sigmoid), and what backward needs",
  "does.backward_propagation_n": () => "The gradient of the cost in every W and b",
  "does.gradient_check_n": () =>
    "Compares the gradients, as one vector, with the two-sided difference quotient of every parameter: ‖grad − gradapprox‖ / " +
    "(‖grad‖ + ‖gradapprox‖)",
  "does.predict": () => "1 where the output of the network is above 0.5, else 0: a row of one prediction an example",
  "does.model": () =>
    "Trains the network by gradient descent, num_iterations steps on all examples, and returns its parameters",

  "missing.function": ({ name }: { name: string }) => `there is no function ${name}`,
  "missing.near": ({ name, found }: { name: string; found: string }) => `the file has ${found}, but no ${name}`,

  "right.values": ({ cases }: { cases: number }) => `values and shapes are right in ${cases} cases`,
  "right.zeros": ({ cases }: { cases: number }) => `W and b are zeros of the right shapes in ${cases} networks`,
  "right.spread": ({ layers, cases }: { layers: number; cases: number }) =>
    `shapes, mean and variance of W are right in ${layers} layers of very different widths, and b is zero in ${cases} networks`,
  "right.dropout": ({ keeps }: { keeps: readonly string[] }) =>
    `masks keep the right share, A is masked and divided by keep_prob, for keep_prob = ${keeps.join(", ")}`,
  "right.dropoutBackward": ({ keeps }: { keeps: readonly string[] }) =>
    `gradients are right, with the masks of the cache, for keep_prob = ${keeps.join(", ")}`,
  "right.checker": ({ planted, right }: { planted: number; right: number }) =>
    `it passes ${right} right gradients and finds ${planted} with planted bugs, each with the textbook's number`,
  "right.checkerOwnCost": () => "its numbers are the textbook's; it computes θ x itself",
  "right.model": () => "each iteration is a step of gradient descent on all examples",
  "right.modelInitialization": () =>
    "each iteration is a step of gradient descent on all examples; zeros, random and he start as they should",
  "right.modelRegularization": () =>
    "each iteration is a step of gradient descent on all examples, also with lambd; keep_prob makes a difference",
  "right.modelRandom": () =>
    "shapes are right; it starts from other weights at every call, so its steps cannot be followed",

  "wrong.threw": ({ words }: Quoted) => `it threw ${words}`,
  "wrong.endless": ({ words }: Quoted) => `it gave no answer within ${words}`,
  "wrong.unreadable": ({ words }: Quoted) => `it returned ${words}, which is no number, array, list or dictionary`,
  "wrong.load": ({ words }: Quoted) => `the file could not be loaded: ${words}`,
  "wrong.ended": ({ words }: Quoted) => `the program ended while it was called: ${words}`,

  "wrong.noDictionary": ({ got, keys }: { got: string; keys: readonly string[] }) =>
    `it returned ${got}, expected a dictionary with ${keys.join(", ")}`,
  "wrong.keys": ({ absent, found }: { absent: readonly string[]; found: readonly string[] }) =>
    `the dictionary has no ${absent.join(", ")}${found.length > 0 ? `; it has ${found.slice(0, 12).join(", ")}` : ""}`,
  "wrong.noTuple": ({ got, names }: { got: string; names: readonly string[] }) =>
    `it returned ${got}, expected ${names.length} values: ${names.join(", ")}`,
  "wrong.noNumber": ({ name, got }: { name: string; got: string }) => `${name} is ${got}, expected a number`,
  "wrong.noArray": ({ name, got }: { name: string; got: string }) => `${name} is ${got}, expected an array`,
  "wrong.shape": ({ name, got, expected }: Shapes) => `${name} has shape ${got}, expected ${expected}`,
  "wrong.value": ({ name, index, got, expected, cause }: Value & Caused) => {
    const entry = index.length > 0 ? `${name}[${index.join(", ")}]` : name;
    return `${entry} is ${got}, expected ${expected}${because(cause)}`;
  },
  "wrong.notFinite": ({ name }: { name: string }) => `${name} has entries that are NaN or infinite`,

  "wrong.constant": ({ name, value }: { name: string; value: string }) =>
    `all entries of ${name} are ${value}: every unit of a layer learns the same (symmetry is not broken)`,
  "wrong.repeated": ({ name, different, entries }: { name: string; different: number; entries: number }) =>
    `${name} has only ${different} different values in ${entries} entries: units that start alike learn the same`,
  "wrong.sameDraws": ({ name, below }: { name: string; below: string }) =>
    `${name} is made of the same random numbers as ${below}: the seed is set again for every layer`,
  "wrong.mean": ({ name, got, inputs }: { name: string; got: string; inputs: number }) =>
    `the mean of ${name} is ${got} (n[l−1] = ${inputs}), expected 0: rand draws from [0, 1), randn from N(0, 1)`,
  "wrong.variance": ({ name, inputs, got, expected, cause }: Numbers & Caused & { name: string; inputs: number }) =>
    `the variance of ${name} is ${got} (n[l−1] = ${inputs}), expected ${expected}${because(cause)}`,
  "mistake.deviation": ({ written }: Written) => `randn is multiplied by ${written}`,

  "wrong.cost": ({ lambda, m, got, expected, cause }: Numbers & Caused & { lambda: number; m: number }) =>
    `for λ = ${lambda} and m = ${m} the cost is ${got}, expected ${expected}${because(cause)}`,
  "wrong.entropy": ({ m, got, expected, cause }: Numbers & Caused & { m: number }) =>
    `for m = ${m} the cost is ${got}, expected ${expected}${because(cause)}`,
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
  "wrong.randomBackward": () => "the gradients are random: masks are drawn anew, expected D1 and D2 of the cache",
  "wrong.hiddenMask": ({ layers }: Layers) =>
    `the mask ${symbols("D", layers)} is not applied to ${symbols("dA", layers)}: ReLU's A > 0 makes up for it here, no ` +
    "other activation would",

  "wrong.maskNotCut": ({ name, keep }: { name: string; keep: number }) =>
    `${name} holds numbers other than 0 and 1: it is not compared with keep_prob = ${keep}`,
  "wrong.maskValue": ({ name, value }: { name: string; value: string }) =>
    `${name} holds 0 and ${value}, expected 0 and 1`,
  "wrong.share": ({ name, got, keep, cause }: Caused & { name: string; got: string; keep: number }) =>
    `for keep_prob = ${keep} the share of ${name} that is 1 is ${got}${because(cause)}`,
  "mistake.nothingDropped": () => "nothing is dropped",
  "mistake.shareInverted": () => "units are kept with probability 1 − keep_prob (D > keep_prob?)",
  "mistake.shareFixed": ({ share }: { share: number }) => `it is ${share} whatever keep_prob is`,
  "mistake.normalMask": () => "D is drawn by randn, expected rand",
  "wrong.maskRows": ({ name }: { name: string }) => `all rows of ${name} are the same: units are dropped all together`,
  "wrong.maskColumns": ({ name }: { name: string }) => `all columns of ${name} are the same: examples share one mask`,
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

  "wrong.ofTwo": ({
    name,
    x,
    theta,
    got,
    expected,
    cause,
  }: Numbers & Caused & { name: string; x: string; theta: string }) =>
    `at x = ${x}, θ = ${theta} ${name} is ${got}, expected ${expected}${because(cause)}`,
  "mistake.derivativeInX": () => "this is θ, the derivative in x",
  "mistake.isWritten": ({ written }: Written) => `this is ${written}`,

  "wrong.check": ({ planted, epsilon, ...values }: Check) =>
    `for ${planted === undefined ? "a right gradient" : `a gradient with ${planted}`} and ε = ${epsilon} the difference ` +
    `is ${values.got}, expected ${values.expected}${because(values.cause)}`,
  "wrong.constantCheck": ({ got }: { got: string }) =>
    `the difference is ${got} whatever is given, also for planted bugs`,
  "wrong.noBackward": () => "it finds no planted bug: backward_propagation(x, theta) is not called",
  "wrong.oneSided": ({ written, large, small }: Written & Orders) =>
    `the difference quotient is one-sided, ${written}, with an error of O(ε): ${orders({ large, small })}; that of a ` +
    "two-sided one is O(ε²)",
  "wrong.oneSidedLinear": () =>
    "the difference quotient is one-sided, with an error of O(ε); that of a two-sided one is O(ε²)",
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

  "wrong.randomPrediction": () => "predictions are random: dropout is off when a network predicts",
  "mistake.probabilities": () => "these are the outputs A3; a prediction is 1 where A3 > 0.5",
  "mistake.inverted": () => "0 and 1 are exchanged",
  "mistake.labels": () => "these are the labels y",
  "mistake.signs": () => "classes are −1 and 1, expected 0 and 1",
  "wrong.steps": ({ rate, iterations, lambda, found }: Steps) =>
    `after ${iterations} ${iterations === 1 ? "iteration" : "iterations"} with learning_rate = ${rate}` +
    `${lambda === undefined ? "" : ` and lambd = ${lambda}`} ${found.join("; ")}`,
  "wrong.rateIgnored": () => "with learning_rate = 0 it learns: the step is not multiplied by what is given",
  "mistake.noSteps": () => "it has not learned",
  "mistake.steps": ({ steps }: { steps: number }) => `this is after ${steps} iterations`,
  "mistake.ascent": () => "the step is + α dθ, expected − α dθ",
  "mistake.stepsWithoutMean": () => "gradients are not divided by m",
  "mistake.modelNoPenalty": () => "lambd makes no difference",
  "mistake.onlyWeights": () => "only weights have learned",
  "mistake.onlyBiases": () => "only biases have learned",
  "wrong.initialization": ({ initialization, size }: { initialization: string; size: number }) =>
    `with initialization = "${initialization}" weights start at a size of ${size}`,
  "wrong.keepIgnored": () => "keep_prob makes no difference",

  "next.rename": ({ name, found }: { name: string; found: string }) => `call ${found} ${name}`,
  "next.keepdims": ({ name }: { name: string }) =>
    `${name} = np.sum(…, axis=1, keepdims=True) / m: without keepdims the sum has rank 1, and b − α ${name} becomes a matrix`,
  "next.reshape": ({ name, shape }: { name: string; shape: string }) =>
    `${name}.reshape${shape}: rank 1 is never meant`,
  "next.rowsOfOne": ({ name }: { name: string }) =>
    `${name} is a column: one row of one number for each unit, [[…], […]]`,
  "next.oneRow": ({ name }: { name: string }) => `${name} is one row: [[…]]`,
  "next.transpose": ({ name }: { name: string }) => `${name} is transposed`,
  "next.seedOnce": () => "set the seed before the loop over the layers",
  "next.returnIt": () => "it returns nothing yet: fill the gap, and return what it computes",
  "next.randn": () => "W[l] = randn(n[l], n[l−1]), times the factor",
  "next.he": () => "the factor is √(2 / n[l−1]), of the layer below",
  "next.timesTen": () => "the factor is 10 in every layer",
  "next.costWithPenalty": () => "cost = −(1/m) Σ [y log a + (1 − y) log(1 − a)] + λ/(2m) Σ W²",
  "next.cost": () => "cost = −(1/m) Σ [y log a + (1 − y) log(1 − a)]",
  "next.saturated": () =>
    "where A3 is exactly 0 or 1 the cost is NaN or throws: the course's compute_cost takes nansum",
  "next.formula": ({ formula }: { formula: string }) => formula,
  "next.mask": ({ name }: { name: string }) => `${name} = rand(shape of A) < keep_prob, drawn for every entry`,
  "next.scale": ({ name, mask }: { name: string; mask: string }) =>
    `${name} = ${name} * ${mask}; ${name} = ${name} / keep_prob`,
  "next.backwardMask": () => "dA = dA * D, dA = dA / keep_prob, with D1 and D2 of the cache",
  "next.twoSided": () => "gradapprox = (J(θ + ε) − J(θ − ε)) / (2ε)",
  "next.check": () =>
    "gradapprox = (J(θ + ε) − J(θ − ε)) / (2ε); difference = ‖grad − gradapprox‖ / (‖grad‖ + ‖gradapprox‖)",
  "next.copy": () => "move copies of θ (np.copy, structuredClone), made anew for every parameter",
  "next.return": ({ names }: { names: readonly string[] }) => `return ${names.join(", ")}`,
  "next.ratio": () => "difference = ‖grad − gradapprox‖ / (‖grad‖ + ‖gradapprox‖), of norms that are not squared",
  "next.callForward": () => "call forward_propagation(x, theta): then it checks any cost",
  "next.predictWithout": () => "predict with forward_propagation, not with forward_propagation_with_dropout",
  "next.threshold": () => "p = A3 > 0.5, a row of one prediction an example",
  "next.update": () => "θ := θ − learning_rate · dθ, for every W and b, in each of num_iterations",
  "next.seed": () => "a seed that is set before the weights are drawn makes a run repeatable",
  "next.keepInModel": () => "keep_prob < 1: forward and backward pass are those with dropout",
};

interface Quoted {
  readonly words: string;
}

interface Written {
  readonly written: string;
}

interface Layer {
  readonly layer: string;
}

interface Layers {
  readonly layers: readonly string[];
}

interface Blocks {
  readonly blocks: readonly string[];
}

interface Shapes {
  readonly name: string;
  readonly got: string;
  readonly expected: string;
}

interface Numbers {
  readonly got: string;
  readonly expected: string;
}

interface Value extends Numbers {
  readonly name: string;
  readonly index: readonly string[];
}

interface Caused {
  readonly cause: readonly string[];
}

interface Orders {
  readonly large: string;
  readonly small: string;
}

interface Check extends Numbers, Caused {
  readonly epsilon: number;
  readonly planted?: string;
}

interface Steps {
  readonly rate: number;
  readonly iterations: number;
  readonly lambda?: number;
  readonly found: readonly string[];
}

function because(causes: readonly string[]): string {
  return causes.length === 0 ? "" : `: ${causes.join("; ")}`;
}

function are(names: readonly string[]): string {
  return names.length === 1 ? "is" : "are";
}

function symbols(symbol: string, layers: readonly string[]): string {
  return layers.map((l) => `${symbol}${l}`).join(", ");
}

function orders({ large, small }: Orders): string {
  return `${significant(Number(large), 2)} at ε = 0.01, ${significant(Number(small), 2)} at 0.001`;
}
