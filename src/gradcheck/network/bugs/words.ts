import { significant } from "../../../numeric/significant.js";
import { factorText } from "../../explain/words.js";
import type { Names } from "./names.js";

/** In English, what a known bug of a backward pass is. */
export const bugWords = {
  "bug.penaltyMissing": ({ l, decay }: Names & { decay: number }) =>
    `dW${l} differs by (λ/m) W${l} = ${short(decay)} W${l}: the penalty is missing from the gradient`,
  "bug.penaltyWithoutNeed": ({ l, factor }: Names & { factor: number }) =>
    `dW${l} contains ${short(factor)} W${l}, as of a penalty, but λ is 0`,
  "bug.penaltyForm": ({ l, forms }: Names & { forms: readonly string[] }) => `dW${l} contains ${forms.join(", or ")}`,
  "bug.penaltyTwice": ({ l }: Names) =>
    `(2λ/m) W${l}: the penalty counts twice; the derivative of λ/(2m) ‖W‖² is (λ/m) W`,
  "bug.penaltyHalf": ({ l }: Names) => `(λ/(2m)) W${l}: the derivative of λ/(2m) ‖W‖² is (λ/m) W, without the 2`,
  "bug.penaltySign": ({ l }: Names) => `−(λ/m) W${l}: the penalty has the wrong sign`,
  "bug.penaltyWithoutMean": ({ l, m }: Names & { m: number }) => `λ W${l}: the penalty is not divided by m = ${m}`,
  "bug.penaltyMeanTwice": ({ l }: Names) => `(λ/m²) W${l}: the penalty is divided by m twice`,
  "bug.penaltyOfBatch": ({ l, batch, m }: Names & { batch: number; m: number }) =>
    `(λ/${batch}) W${l}: m of the penalty is that of the training set, ${m}, not of the batch`,
  "bug.penaltyFactor": ({ l, factor, decay }: Names & { factor: number; decay: number }) =>
    `dW${l} contains ${short(factor)} W${l} where (λ/m) W${l} = ${short(decay)} W${l} belongs`,
  "bug.penaltyOnBiases": ({ l }: Names) => onBiases(l, "(λ/m)"),
  "bug.penaltyFactorOnBiases": ({ l, factor }: Names & { factor: number }) => onBiases(l, short(factor)),
  "bug.absoluteMissing": ({ l, decay }: Names & { decay: number }) =>
    `dW${l} differs by (λ₁/m) sign(W${l}) = ${short(decay)} sign(W${l}): the L1 penalty is missing from the gradient`,
  "bug.absoluteFactor": ({ l, factor, decay }: Names & { factor: number; decay: number }) =>
    `dW${l} contains ${short(factor)} sign(W${l}) where (λ₁/m) sign(W${l}) = ${short(decay)} sign(W${l}) belongs`,
  "bug.penaltyOfAbsolute": ({ l }: Names) =>
    `dW${l} contains (λ/m) sign(W${l}), the derivative of Σ|W|; that of λ/(2m) Σ‖W‖² is (λ/m) W${l}`,

  "bug.maskMissing": ({ l }: Names) => `dA${l} was not multiplied by the dropout mask: ${masked(l)}`,
  "bug.keepMissing": ({ l }: Names) =>
    `dA${l} was multiplied by the dropout mask, but not divided by keep: ${masked(l)}`,
  "bug.keepWithoutMask": ({ l }: Names) =>
    `dA${l} was divided by keep, but not multiplied by the dropout mask: ${masked(l)}`,
  "bug.timesKeep": ({ l }: Names) => `dA${l} was multiplied by keep where it should be divided: ${masked(l)}`,
  "bug.overDropped": ({ l }: Names) => `dA${l} was divided by 1 − keep: ${masked(l)}`,
  "bug.keepTwice": ({ l }: Names) => `dA${l} was divided by keep twice`,
  "bug.oppositeMask": ({ l }: Names) =>
    `dA${l} was multiplied by the opposite of the dropout mask: D${l} is 1 where a unit is kept`,
  "bug.dWBeforeMask": ({ l, input }: Names) => `dW${l} uses ${input} as it was before its dropout mask`,
  "bug.derivativeAfterMask": ({ l }: Names) =>
    `g'(Z${l}) is computed from A${l} after its dropout mask, which is no longer g(Z${l})`,

  "bug.derivativeMissing": ({ l }: Names) => `g'(Z${l}) is missing: ${dZ(l)}`,
  "bug.derivativeOfLayerBelow": ({ l, input }: Names) =>
    `g' is taken at ${input === "X" ? "X" : input.replace("A", "Z")}, of the layer below: ${dZ(l)}`,
  "bug.derivativeOfLayerAbove": ({ l, above }: Names) => `g' is taken at Z${above}, of the layer above: ${dZ(l)}`,
  "bug.derivativeTwice": ({ l }: Names) => `dA${l} is multiplied by g'(Z${l}) twice`,
  "bug.derivativeOfOther": ({ l, activation }: Names & { activation: string }) =>
    `g'(Z${l}) is the derivative of ${activation}, which is not the activation of that layer`,

  "bug.outputDerivativeTwice": ({ l }: Names) =>
    `dZ${l} of the cross-entropy is A${l} − Y as it is; here it is multiplied by σ'(Z${l}) once more`,
  "bug.targetsMissing": ({ l }: Names) => `Y is not subtracted: dZ${l} = A${l} − Y`,
  "bug.outputDerivativeMissing": ({ l }: Names) => `dZ${l} is not multiplied by g'(Z${l}): ${dZ(l)}`,
  "bug.weightsMissing": ({ l }: Names) => `the weights of the examples are missing from dZ${l}`,
  "bug.weightsTwice": ({ l }: Names) => `dZ${l} is multiplied by the weights of the examples twice`,
  "bug.firstExampleMissing": ({ l }: Names) => exampleMissing("first", l),
  "bug.lastExampleMissing": ({ l }: Names) => exampleMissing("last", l),
  "bug.firstExampleUncounted": ({ l }: Names) => `${exampleMissing("first", l)}, and 1/m is 1/(m − 1)`,
  "bug.lastExampleUncounted": ({ l }: Names) => `${exampleMissing("last", l)}, and 1/m is 1/(m − 1)`,

  "bug.factor": ({ gradient, factor, causes }: { gradient: string; factor: number; causes: readonly string[] }) =>
    `${gradient} is ${factorText(factor)} × what it should be: ${causes.join(", or ")}`,
  "bug.factorBesidePenalty": ({ l, factor, causes }: Names & { factor: number; causes: readonly string[] }) =>
    `dW${l} is, apart from the penalty, ${factorText(factor)} × what it should be: ${causes.join(", or ")}`,
  "bug.meanMissing": ({ m }: { m: number }) => `1/m is missing (m = ${m})`,
  "bug.meanTwice": ({ m }: { m: number }) => `it is divided by m twice (m = ${m})`,
  "bug.meanOfOneLess": ({ m }: { m: number }) => `it is divided by m − 1 = ${m - 1}, not by m`,
  "bug.meanOfUnits": ({ units, layer, m }: { units: number; layer: number; m: number }) =>
    `it is divided by the ${units} units of layer ${layer}, not by m = ${m}`,
  "bug.meanOfOutputsMissing": ({ outputs }: { outputs: number }) =>
    `1/K of the mean over the K = ${outputs} outputs is missing`,
  "bug.meanOfOutputsTwice": ({ outputs }: { outputs: number }) => `it is divided by the K = ${outputs} outputs twice`,
  "bug.anyFactor": ({ factor }: { factor: number }) => `an extra factor ${factorText(factor)}`,

  "bug.transposeMissing": ({ l, above }: Names) =>
    `dA${l} is W${above} dZ${above}, without the transpose: dA${l} = W${above}ᵀ dZ${above}`,
  "bug.updatedTooEarly": ({ l, above, rate }: Names & { rate: number }) =>
    `W${above} is already updated (α = ${short(rate)}) when dA${l} = W${above}ᵀ dZ${above} is computed: update after the ` +
    "whole backward pass",

  "bug.dWTransposed": (names: Names) => `dW${names.l} is transposed: ${dW(names)}`,
  "bug.dWFromZ": (names: Names) => uses(names, names.input.replace("A", "Z"), names.input),
  "bug.dWFromOwnLayer": (names: Names) => uses(names, `A${names.l}`, names.input),
  "bug.dWFromdA": (names: Names) => uses(names, `dA${names.l}`, `dZ${names.l}`),
  "bug.dbFromdA": ({ l }: Names) => `db${l} uses dA${l} in the place of dZ${l}: ${db(l)}`,
  "bug.dbOverUnits": ({ l }: Names) =>
    `db${l} is summed over units and examples: ${db(l)} over the examples (the columns) alone`,
  "bug.dbMeanOverUnits": ({ l }: Names) =>
    `db${l} is a mean over units and examples: ${db(l)} over the examples (the columns) alone`,
  "bug.dbOfUnits": ({ l }: Names) =>
    `db${l} is summed over the units, not over the examples: ${db(l)} over the columns`,
  "bug.dbOfFirstExample": ({ l }: Names) => `db${l} is dZ${l} of the first example alone: ${db(l)} over the examples`,
};

function short(value: number): string {
  return significant(value, 4);
}

function onBiases(l: string, factor: string): string {
  return `db${l} contains ${factor} b${l}: the penalty is on the weights alone, never on the biases`;
}

function exampleMissing(which: string, l: string): string {
  return `the ${which} example is left out: dZ${l} has a column for each`;
}

function uses(names: Names, wrong: string, right: string): string {
  return `dW${names.l} uses ${wrong} in the place of ${right}: ${dW(names)}`;
}

function masked(l: string): string {
  return `dA${l} := dA${l} ∘ D${l} / keep`;
}

function dZ(l: string): string {
  return `dZ${l} = dA${l} ∘ g'(Z${l})`;
}

function dW({ l, input }: Names): string {
  return `dW${l} = (1/m) dZ${l} ${input}ᵀ`;
}

function db(l: string): string {
  return `db${l} = (1/m) Σ dZ${l}`;
}
