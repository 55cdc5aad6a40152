import { Matrix } from "gradproof";
import type { CheckWords } from "gradproof/gradcheck";
import type { RandomStream } from "gradproof/random";
import { backward, isCrossEntropy, type Parameters, type StudentNetwork } from "./student.js";

/** Kinds of bug within the formulas; see `backward`. */
const inFormulas = [
  "wrongDerivative",
  "leakySlope",
  "missingDerivative",
  "shiftedTargets",
  "lossDerivativeTwice",
  "lossFactor",
  "lossSign",
  "missingMask",
  "wrongMask",
  "missingKeep",
  "staleCache",
  "droppedExample",
  "repeatedExample",
  "biasOverUnits",
  "missingPenalty",
  "doublePenalty",
  "penaltyWithoutM",
  "penaltySign",
  "penaltyOnBias",
  "chainNotTransposed",
  "updatedBeforeUse",
  "chainSign",
] as const;

/** Kinds of bug that change the finished gradient of one block. */
const inResult = [
  "weightFactor",
  "biasFactor",
  "missingOneOverM",
  "twiceOneOverM",
  "weightSign",
  "transposed",
  "zeroBlock",
  "zeroRow",
  "swappedRows",
  "rolledColumns",
  "absoluteValues",
  "clipped",
  "constantAdded",
  "biasMean",
  "entry1e-1",
  "entry1e-3",
  "entry1e-5",
  "spread1e-5",
  "neighbourCopied",
  "squared",
] as const;

export type Bug = (typeof inFormulas)[number];
export type ResultBug = (typeof inResult)[number];
export type BugKind = Bug | ResultBug;
export const bugKinds: readonly BugKind[] = [...inFormulas, ...inResult];

type Id = keyof CheckWords;

const factor: readonly Id[] = ["cause.factor", "cause.multiple", "pattern.ratio"];
const sign: readonly Id[] = ["factor.sign", "cause.signs", "cause.absolute"];
const order: readonly Id[] = ["cause.rowsPermuted", "cause.columnsPermuted", "cause.entriesPermuted"];
const transposed: readonly Id[] = ["cause.transposed", "cause.reshaped"];
const penalty: readonly Id[] = [
  "cause.penaltyMissing",
  "cause.penaltyTooMany",
  "penalty.costHasBiases",
  "penalty.gradientHasBiases",
  "penalty.costHasMore",
  "penalty.gradientHasMore",
  "penalty.onlyInCost",
  "penalty.onlyInGradient",
  "penalty.apart",
];
/** Some lines or entries are wrong and the rest is right, with a name for what is wrong or without. */
const part: readonly Id[] = ["cause.part", "pattern.part"];

/**
 * What a right explanation of a block says, told from the numbers of that block alone, as `checkGradients` has them: one of these
 * sentences, with one of these within it. Kinds that are not here are outside the catalogue: of them only "unknown", with its
 * pattern, is right.
 */
export const explanations: Partial<Record<BugKind, readonly Id[]>> = {
  weightFactor: [...factor, "cause.ignored"],
  biasFactor: [...factor, "cause.ignored"],
  missingOneOverM: [...factor, "cause.ignored"],
  twiceOneOverM: [...factor, "cause.ignored"],
  lossFactor: [...factor, "cause.ignored"],
  lossSign: sign,
  weightSign: sign,
  chainSign: sign,
  // Behind dead units the penalty is all there is of a gradient: it is then missing altogether, or there twice.
  missingPenalty: [...penalty, "cause.zero"],
  doublePenalty: [...penalty, "factor.extra"],
  penaltyWithoutM: [...penalty, ...factor, "pattern.range", "part.factor"],
  penaltySign: [...penalty, ...sign],
  penaltyOnBias: [...penalty, "cause.ignored"],
  biasOverUnits: ["cause.ofAll", "cause.sameNumber"],
  transposed: [...transposed, ...order],
  zeroBlock: ["cause.zero"],
  zeroRow: ["part.zero", "cause.zero"],
  swappedRows: [...order, ...part, ...transposed],
  rolledColumns: [...order, ...transposed, "cause.shifted"],
  absoluteValues: sign,
  clipped: ["cause.clippedEntries"],
  missingDerivative: ["cause.maskMissing"],
  wrongDerivative: ["cause.maskMissing"],
  missingMask: ["cause.maskMissing"],
  "entry1e-1": part,
  "entry1e-3": part,
  constantAdded: ["cause.offset"],
};

/** Factors that a kind of bug alone may have. */
export const factors: Partial<Record<BugKind, number>> = { doublePenalty: 2 };

/** Sentences that only say what the numbers are, and claim no cause: one factor in all entries is one, whatever made it. */
export const patterns: readonly Id[] = [
  "cause.factor",
  "cause.part",
  "cause.sameNumber",
  "cause.zero",
  "cause.ignored",
  "cause.signs",
  "cause.absolute",
];

/** What shows in the numbers only by chance, as a sum over the wrong axis in those of db, is right if it is told, but not asked for. */
const byChance: ReadonlySet<BugKind> = new Set([
  "biasOverUnits",
  "clipped",
  "missingDerivative",
  "wrongDerivative",
  "missingMask",
]);

/** Whether the cause can be told from the numbers of a block. */
export function isInCatalogue(kind: BugKind): boolean {
  return kind in explanations && !byChance.has(kind);
}

/** A gradient with one bug. */
export interface Mutant {
  readonly kind: BugKind;
  /** Layer of the bug. */
  readonly layer: number;
  readonly gradients: (parameters: Parameters) => Parameters;
  /** Name and index of the one entry that is wrong, where it is one. */
  readonly entry?: { readonly block: string; readonly index: readonly [row: number, column: number] };
}

/** Plants a bug of a kind somewhere in a network; undefined where the network has no place for it. */
export function plant(
  net: StudentNetwork,
  parameters: Parameters,
  kind: BugKind,
  random: RandomStream,
): Mutant | undefined {
  const L = net.sizes.length - 1;
  const layer = 1 + random.below(L);
  if ((inFormulas as readonly string[]).includes(kind)) return inFormula(net, parameters, kind as Bug, layer, random);
  const name = kind === "biasFactor" || kind === "biasMean" ? `b${layer}` : `W${layer}`;
  const block =
    kind === "weightFactor" || !/1e-|zeroBlock|clipped/.test(kind) || random.random() < 0.7 ? name : `b${layer}`;
  return inBlock(net, parameters, kind as ResultBug, layer, block, random);
}

function inFormula(
  net: StudentNetwork,
  parameters: Parameters,
  kind: Bug,
  layer: number,
  random: RandomStream,
): Mutant | undefined {
  const L = net.sizes.length - 1;
  let at = layer;
  if (/^loss|^shifted/.test(kind)) at = L;
  if (/Mask|Keep|Derivative$/.test(kind) && kind !== "lossDerivativeTwice" && at === L) at = L - 1;
  if (kind === "wrongDerivative" && at === L) at = L - 1;
  if (/^chain|^updated/.test(kind) && at === 1) at = L;
  if (at < 1 || (/^chain|^updated/.test(kind) && at === 1)) return undefined;
  if (/Mask|Keep/.test(kind) && net.masks[at - 1] === undefined) return undefined;
  if (/enalty/.test(kind) && net.l2 === 0) return undefined;
  if (kind === "chainNotTransposed" && net.sizes[at] !== net.sizes[at - 1]) return undefined;
  if (kind === "leakySlope" && net.activations[at - 1] !== "leakyRelu") return undefined;
  if (kind === "lossDerivativeTwice" && (!isCrossEntropy(net.loss) || net.activations[L - 1] === "softmax"))
    return undefined;
  if (kind === "missingDerivative" && net.activations[at - 1] === "linear") return undefined;
  if (kind === "wrongDerivative" && net.activations[at - 1] === "linear") return undefined;
  const stale = Object.fromEntries(
    Object.entries(parameters).map(([name, { rows, columns, data }]) => {
      const other = Float64Array.from(data, (value) => value + 0.1 * random.normal());
      return [name, new Matrix(rows, columns, other)];
    }),
  );
  return { kind, layer: at, gradients: (p) => backward(net, p, kind, at, stale) };
}

function inBlock(
  net: StudentNetwork,
  parameters: Parameters,
  kind: ResultBug,
  layer: number,
  name: string,
  random: RandomStream,
): Mutant | undefined {
  const m = net.X.columns;
  const { rows, columns } = parameters[name];
  const count = rows * columns;
  const right = backward(net, parameters)[`d${name}`].data;
  const factor = [2, 4, 0.5, 3][random.below(4)];
  const [first, second] = [random.below(rows), random.below(rows)];
  // An entry that is not lost beside the others.
  const size = Math.max(...right.map(Math.abs));
  const candidates = Array.from(right.keys()).filter((i) => Math.abs(right[i]) >= 0.1 * size);
  const at = candidates[random.below(candidates.length)] ?? 0;
  const noise = Float64Array.from(right, () => random.normal());
  const limit = size / 2;
  const scaled = (k: number) => (dW: Float64Array) => dW.map((value) => value * k);
  const entry = (relative: number) => (dW: Float64Array) =>
    dW.map((value, i) => (i === at ? value * (1 + relative) : value));
  const changes: Record<ResultBug, ((dW: Float64Array) => Float64Array) | undefined> = {
    weightFactor: scaled(factor),
    biasFactor: scaled(factor),
    missingOneOverM: scaled(m),
    twiceOneOverM: scaled(1 / m),
    weightSign: scaled(-1),
    transposed:
      rows === columns ? (dW) => dW.map((_, i) => dW[(i % columns) * columns + Math.floor(i / columns)]) : undefined,
    zeroBlock: scaled(0),
    zeroRow: (dW) => dW.map((value, i) => (Math.floor(i / columns) === first ? 0 : value)),
    swappedRows: (dW) =>
      dW.map((value, i) => {
        const row = Math.floor(i / columns);
        const other = row === first ? second : row === second ? first : row;
        return other === row ? value : dW[other * columns + (i % columns)];
      }),
    rolledColumns: (dW) => dW.map((_, i) => dW[i - (i % columns) + ((i + 1) % columns)]),
    absoluteValues: (dW) => dW.map(Math.abs),
    clipped: (dW) => dW.map((value) => Math.max(-limit, Math.min(limit, value))),
    constantAdded: (dW) => dW.map((value) => value + 0.3 * size),
    biasMean: scaled(1 / rows),
    "entry1e-1": entry(0.1),
    "entry1e-3": entry(1e-3),
    "entry1e-5": entry(1e-5),
    "spread1e-5": (dW) => dW.map((value, i) => value + (1e-5 * size * noise[i]) / Math.sqrt(count)),
    neighbourCopied: (dW) => dW.map((value, i) => (i === at ? dW[(at + 1) % count] : value)),
    squared: (dW) => dW.map((value) => value * Math.abs(value)),
  };
  const change = changes[kind];
  if (change === undefined) return undefined;
  return {
    kind,
    layer,
    gradients: (p) => {
      const gradients = backward(net, p);
      const dW = gradients[`d${name}`];
      return { ...gradients, [`d${name}`]: new Matrix(rows, columns, change(Float64Array.from(dW.data))) };
    },
    ...(/^entry|^neighbour/.test(kind) && {
      entry: { block: name, index: [Math.floor(at / columns), at % columns] as const },
    }),
  };
}
