import { mistakeWords } from "./mistakeWords.js";
import { nextWords } from "./nextWords.js";
import { type Layers, type Orders, orders, symbols, type Written } from "./wordParts.js";

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
  "wrong.cost": ({ lambda, m, got, expected, cause }: Numbers & Caused & { lambda: number; m: number }) =>
    `for λ = ${lambda} and m = ${m} the cost is ${got}, expected ${expected}${because(cause)}`,
  "wrong.entropy": ({ m, got, expected, cause }: Numbers & Caused & { m: number }) =>
    `for m = ${m} the cost is ${got}, expected ${expected}${because(cause)}`,
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
  "wrong.maskRows": ({ name }: { name: string }) => `all rows of ${name} are the same: units are dropped all together`,
  "wrong.maskColumns": ({ name }: { name: string }) => `all columns of ${name} are the same: examples share one mask`,
  "wrong.ofTwo": ({
    name,
    x,
    theta,
    got,
    expected,
    cause,
  }: Numbers & Caused & { name: string; x: string; theta: string }) =>
    `at x = ${x}, θ = ${theta} ${name} is ${got}, expected ${expected}${because(cause)}`,
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
  "wrong.randomPrediction": () => "predictions are random: dropout is off when a network predicts",
  "wrong.steps": ({ rate, iterations, lambda, found }: Steps) =>
    `after ${iterations} ${iterations === 1 ? "iteration" : "iterations"} with learning_rate = ${rate}` +
    `${lambda === undefined ? "" : ` and lambd = ${lambda}`} ${found.join("; ")}`,
  "wrong.rateIgnored": () => "with learning_rate = 0 it learns: the step is not multiplied by what is given",
  "wrong.initialization": ({ initialization, size }: { initialization: string; size: number }) =>
    `with initialization = "${initialization}" weights start at a size of ${size}`,
  "wrong.keepIgnored": () => "keep_prob makes no difference",

  ...mistakeWords,
  ...nextWords,
};

interface Quoted {
  readonly words: string;
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
