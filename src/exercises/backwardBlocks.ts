import { add, map, multiply } from "../array/broadcast.js";
import type { Matrix } from "../array/matrix.js";
import { productWithTransposed } from "../array/product.js";
import { sum } from "../array/reduce.js";
import type { BackwardCase } from "./backwardChain.js";
import { gradientNames, type Named } from "./course.js";

/** A block of the gradient where it is computed: dZ[l], and what stands below it. */
interface Block {
  readonly at: BackwardCase;
  readonly dZ: Matrix;
  /** A[l−1], or X. */
  readonly A: Matrix;
  readonly l: number;
  readonly m: number;
}

/** A formula of dW[l] or db[l] that people write in the place of the right one: the id of its cause, and its value. */
export interface BlockFormula {
  readonly id:
    | "mistake.noMean"
    | "mistake.meanTwice"
    | "mistake.meanOfFeatures"
    | "mistake.penalty"
    | "mistake.biasPenalty"
    | "mistake.fromZ"
    | "mistake.beforeDropout"
    | "mistake.zero";
  /** The penalty as it is written, where that is wrong: `(λ/2m) W`. */
  readonly written?: string;
  readonly value: (block: Block) => Matrix;
}

/** All blocks of a right gradient, of dZ3, dZ2 and dZ1. */
export function rightBlocks(at: BackwardCase, dZ: Named): Named {
  return Object.fromEntries(gradientNames.map((name) => [name, rightBlock(name, blockOf(name, at, dZ))]));
}

/** What a formula gives in the place of a block. */
export function formulaValue(formula: BlockFormula, name: string, at: BackwardCase, dZ: Named): Matrix {
  return formula.value(blockOf(name, at, dZ));
}

/** Formulas that may stand in the place of a block's. */
export function formulasOf(name: string): readonly BlockFormula[] {
  return name.startsWith("dW") ? wrongWeights : wrongBiases;
}

/** The right formula of a block, as the course writes it. */
export function rightFormula(name: string, penalty: boolean): string {
  const l = Number(name.slice(2));
  if (name.startsWith("db")) return `${name} = (1/m) Σ dZ${l}`;
  return `${name} = (1/m) dZ${l} ${l === 1 ? "X" : `A${l - 1}`}ᵀ${penalty ? ` + (λ/m) W${l}` : ""}`;
}

function blockOf(name: string, at: BackwardCase, dZ: Named): Block {
  const l = Number(name.slice(2));
  return { at, dZ: dZ[`dZ${l}`], A: l === 1 ? at.X : at.values[`A${l - 1}`], l, m: at.X.columns };
}

function rightBlock(name: string, block: Block): Matrix {
  return name.startsWith("dW") ? weights(1 / block.m, block.at.lambda / block.m)(block) : biases(1 / block.m)(block);
}

function weights(mean: number, penalty: number, below?: Matrix): (block: Block) => Matrix {
  return ({ at, dZ, A, l }) =>
    add(multiply(productWithTransposed(dZ, below ?? A), mean), multiply(at.values[`W${l}`], penalty));
}

function biases(mean: number): (block: Block) => Matrix {
  return ({ dZ }) => multiply(sum(dZ, "columns"), mean);
}

function penalty(written: string, factor: (lambda: number, m: number) => number): BlockFormula {
  return {
    id: "mistake.penalty",
    written,
    value: (block) => weights(1 / block.m, factor(block.at.lambda, block.m))(block),
  };
}

const wrongWeights: readonly BlockFormula[] = [
  { id: "mistake.noMean", value: (block) => weights(1, block.at.lambda / block.m)(block) },
  { id: "mistake.noMean", value: (block) => weights(1, block.at.lambda)(block) },
  { id: "mistake.meanTwice", value: (block) => weights(1 / block.m ** 2, block.at.lambda / block.m)(block) },
  { id: "mistake.meanTwice", value: (block) => weights(1 / block.m ** 2, block.at.lambda / block.m ** 2)(block) },
  {
    id: "mistake.meanOfFeatures",
    value: (block) => weights(1 / block.at.X.rows, block.at.lambda / block.at.X.rows)(block),
  },
  penalty("", () => 0),
  penalty("(λ/2m) W", (lambda, m) => lambda / (2 * m)),
  penalty("(2λ/m) W", (lambda, m) => (2 * lambda) / m),
  penalty("λ W", (lambda) => lambda),
  penalty("(λ/2) W", (lambda) => lambda / 2),
  penalty("(1/m) W", (_, m) => 1 / m),
  penalty("−(λ/m) W", (lambda, m) => -lambda / m),
  penalty("(λ/m²) W", (lambda, m) => lambda / m ** 2),
  {
    id: "mistake.penalty",
    written: "(λ/m) W²",
    value: (block) => withPenalty(block, (w) => w * w),
  },
  {
    id: "mistake.penalty",
    written: "(λ/m) sign(W)",
    value: (block) => withPenalty(block, Math.sign),
  },
  {
    id: "mistake.fromZ",
    value: (block) =>
      weights(
        1 / block.m,
        block.at.lambda / block.m,
        block.l === 1 ? block.A : block.at.values[`Z${block.l - 1}`],
      )(block),
  },
  {
    id: "mistake.beforeDropout",
    value: (block) => {
      const below = block.l === 1 ? block.A : map(block.at.values[`Z${block.l - 1}`], (z) => Math.max(0, z));
      return weights(1 / block.m, block.at.lambda / block.m, below)(block);
    },
  },
  { id: "mistake.zero", value: (block) => multiply(weights(0, 0)(block), 0) },
];

const wrongBiases: readonly BlockFormula[] = [
  { id: "mistake.noMean", value: biases(1) },
  { id: "mistake.meanTwice", value: (block) => biases(1 / block.m ** 2)(block) },
  { id: "mistake.meanOfFeatures", value: (block) => biases(1 / block.at.X.rows)(block) },
  {
    id: "mistake.biasPenalty",
    value: (block) =>
      add(biases(1 / block.m)(block), multiply(block.at.values[`b${block.l}`], block.at.lambda / block.m)),
  },
  { id: "mistake.zero", value: (block) => multiply(biases(1)(block), 0) },
];

function withPenalty(block: Block, of: (w: number) => number): Matrix {
  const { at, l, m } = block;
  return add(weights(1 / m, 0)(block), multiply(map(at.values[`W${l}`], of), at.lambda / m));
}
