import { Matrix } from "gradproof";
import { RandomStream } from "gradproof/random";
import { type Activation, backward, cost, type Loss, type Parameters, type StudentNetwork } from "./student.js";

/** A network at certain parameters. */
export interface Case {
  readonly net: StudentNetwork;
  readonly parameters: Parameters;
  /** Whether a ReLU of it sits exactly on its kink. */
  readonly kink: boolean;
  readonly trained: boolean;
}

const hidden: readonly Activation[] = ["relu", "relu", "tanh", "sigmoid", "leakyRelu", "linear"];
const heads: readonly (readonly [Activation, Loss])[] = [
  ["sigmoid", "binaryCrossEntropy"],
  ["sigmoid", "binaryCrossEntropy"],
  ["sigmoid", "textbook"],
  ["softmax", "categoricalCrossEntropy"],
  ["softmax", "categoricalCrossEntropy"],
  ["linear", "meanSquaredError"],
  ["sigmoid", "meanSquaredError"],
  ["tanh", "meanSquaredError"],
  ["relu", "meanSquaredError"],
  ["leakyRelu", "meanSquaredError"],
];

/** The network of an index: the same on every machine, whatever was drawn before. */
export function drawCase(seed: number, index: number): Case {
  const random = new RandomStream(seed, "data", 0, index);
  const pick = <T>(list: readonly T[]): T => list[random.below(list.length)];
  const chance = (p: number): boolean => random.random() < p;
  const m = chance(0.1) ? 1 : 2 + random.below(7);
  const depth = 1 + random.below(5);
  const width = 1 + random.below(5);
  const square = chance(0.25);
  const [output, loss] = pick(heads);
  const outputs = loss === "categoricalCrossEntropy" ? 2 + random.below(3) : chance(0.6) ? 1 : 1 + random.below(3);
  const sizes = Array.from({ length: depth + 1 }, (_, l) =>
    l === depth ? outputs : square ? width : 1 + random.below(6),
  );
  if (square && chance(0.5)) sizes[depth] = loss === "categoricalCrossEntropy" ? Math.max(2, width) : width;
  const same = chance(0.5) ? pick(hidden) : undefined;
  const activations = sizes.slice(1).map((_, l) => (l === depth - 1 ? output : (same ?? pick(hidden))));
  const featureScale = chance(0.2) ? 10 ** (2 * random.random() - 1) : 1;
  const X = matrix(sizes[0], m, () => featureScale * random.normal());
  const Y = targets(sizes[depth], m, loss, output, random);
  const keep = 0.5 + 0.4 * random.random();
  const drops = depth > 1 && chance(0.25);
  const masks = activations.map((_, l) =>
    drops && l < depth - 1 ? Float64Array.from({ length: sizes[l + 1] * m }, () => (chance(keep) ? 1 : 0)) : undefined,
  );
  const l2 = chance(0.3) ? 10 ** (2 * random.random() - 1) : 0;
  const gain = chance(0.3) ? 10 ** (1.5 * random.random() - 1) : 1;
  const parameters: Parameters = {};
  for (let l = 1; l <= depth; l++) {
    const scale = gain * Math.sqrt(2 / sizes[l - 1]);
    parameters[`W${l}`] = matrix(sizes[l], sizes[l - 1], () => scale * random.normal());
    const zero = chance(0.4);
    parameters[`b${l}`] = matrix(sizes[l], 1, () => (zero ? 0 : 0.3 * random.normal()));
  }
  const net: StudentNetwork = { sizes, activations, loss, X, Y, l2, masks, keep };
  const kinked = activations.findIndex((g) => g === "relu" || g === "leakyRelu");
  const kink = kinked >= 0 && chance(0.3);
  if (kink) putOnKink(net, parameters, kinked + 1, random);
  const trained = !kink && chance(0.14);
  const at = trained ? train(net, parameters, 50 + random.below(400)) : parameters;
  // The textbook's form of the cost ends at log 0 where a sigmoid is saturated; that is an error, not a verdict.
  const finite = Number.isFinite(cost(net, at));
  return { net: finite ? net : { ...net, loss: "binaryCrossEntropy" }, parameters: at, kink, trained };
}

/** A unit whose pre-activation is exactly 0: no weights and no bias, or an example of zeros and no bias. */
function putOnKink(net: StudentNetwork, parameters: Parameters, layer: number, random: RandomStream): void {
  const W = parameters[`W${layer}`];
  const unit = random.below(W.rows);
  parameters[`b${layer}`].data[unit] = 0;
  if (layer === 1 && random.random() < 0.5) {
    const example = random.below(net.X.columns);
    for (let i = 0; i < net.X.rows; i++) net.X.data[i * net.X.columns + example] = 0;
  } else {
    W.data.fill(0, unit * W.columns, (unit + 1) * W.columns);
  }
}

function targets(units: number, m: number, loss: Loss, output: Activation, random: RandomStream): Matrix {
  if (loss === "categoricalCrossEntropy") {
    const classes = Array.from({ length: m }, () => random.below(units));
    return matrix(units, m, (i, j) => (classes[j] === i ? 1 : 0));
  }
  if (loss !== "meanSquaredError" || output === "sigmoid") return matrix(units, m, () => random.below(2));
  return matrix(units, m, () => random.normal());
}

/** Plain gradient descent; a run that diverges ends before it does. */
function train(net: StudentNetwork, start: Parameters, steps: number): Parameters {
  let parameters = start;
  const most = 10 * cost(net, start);
  for (let step = 0; step < steps; step++) {
    const gradients = backward(net, parameters);
    const next = Object.fromEntries(
      Object.entries(parameters).map(([name, { rows, columns, data }]) => {
        const d = gradients[`d${name}`].data;
        return [
          name,
          new Matrix(
            rows,
            columns,
            Float64Array.from(data, (value, i) => value - 0.1 * d[i]),
          ),
        ];
      }),
    );
    if (!(cost(net, next) <= most)) break;
    parameters = next;
  }
  return parameters;
}

function matrix(rows: number, columns: number, entry: (row: number, column: number) => number): Matrix {
  const data = Float64Array.from({ length: rows * columns }, (_, i) => entry(Math.floor(i / columns), i % columns));
  return new Matrix(rows, columns, data);
}
