import { type LossFunctions, lossOf } from "../../../network/loss.js";
import { norm } from "../../norm.js";
import type { Backpropagation } from "../bugs/backpropagation.js";
import { outputFactor, transposeMissing, updatedTooEarly } from "../bugs/chainBugs.js";
import { derivativeMissing, derivativeOfLayerBelow } from "../bugs/derivativeBugs.js";
import { dWOf, rightFormulas } from "../bugs/formulas.js";
import { mapped } from "../bugs/mapped.js";
import { keepMissing, maskMissing } from "../bugs/maskBugs.js";
import type { Names } from "../bugs/names.js";
import {
  lastExampleMissing,
  outputDerivativeMissing,
  outputDerivativeTwice,
  targetsMissing,
} from "../bugs/outputBugs.js";
import { dbFactor, dbOverUnits, dWFactor, dWFromZ, dWTransposed } from "../bugs/parameterBugs.js";
import { penaltyOf, penaltyOnBiases } from "../bugs/penaltyBugs.js";
import { say } from "../say.js";
import { dZ, highest, known, knownWith, type Plantable } from "./plantable.js";
import { plantedDerivatives } from "./plantedDerivatives.js";

/** What the planted single entry is off by. */
const offset = 1e-3;
/** α of the update that comes too early. */
const learningRate = 0.1;

const penalty = say("needs.penalty");
const dropout = say("needs.dropout");
const several = say("needs.examples");
const units = say("needs.units");
const curved = say("needs.curved");

const penalized = ({ step }: Backpropagation): boolean => step.l2 > 0;

const plainDW = ({ l, input }: Names): string => `dW${l} = (1/m) dZ${l} ${input}ᵀ`;
const dW = (names: Names, { step }: Backpropagation): string =>
  `${plainDW(names)}${step.l2 > 0 ? ` + (λ/m) W${names.l}` : ""}`;
const db = ({ l }: Names): string => `db${l} = (1/m) Σ dZ${l}`;
const dA = ({ l, above }: Names): string => `dA${l} = W${above}ᵀ dZ${above}`;
const dropped = (names: Names): string => `${dA(names).replace("= ", "= (")}) ∘ D${names.l} / keep`;
const derivative = ({ l }: Names): string => `g'(Z${l})`;

/** dZ[L] as it should be. */
function output({ l }: Names, { network, layers }: Backpropagation): string {
  const { loss } = network;
  const { identity } = network.layers[layers - 1].activation.traits;
  return `dZ${l} = ${lossDerivative(l, lossOf(network))}${loss.by === "logits" || identity ? "" : ` ∘ g'(Z${l})`}`;
}

/** The loss's own derivative. */
function lossDerivative(l: string, { formula }: LossFunctions): string {
  return formula.replaceAll("A", `A${l}`);
}

/** `dZ2 = A2 − Y` with the other sign. */
function negated(l: string, formula: string): string {
  const turned = formula.replace(`A${l} − Y`, `Y − A${l}`);
  return turned === formula ? `${formula.replace("= ", "= −(")})` : turned;
}

/** Every bug that can be planted. Those of the catalogue are planted as it has them, which is how they are recognized. */
export const plantables = {
  dWTwice: knownWith(dWFactor, () => 2, {
    usual: 2,
    formulas: (names, pass) => [dW(names, pass), dW(names, pass).replace("1/m", "2/m")],
  }),
  dbFourTimes: knownWith(dbFactor, () => 4, {
    usual: 1,
    formulas: (names) => [db(names), db(names).replace("1/m", "4/m")],
  }),
  dWSum: knownWith(dWFactor, ({ m }) => m, {
    possible: ({ m }) => m > 1,
    needs: several,
    usual: "all",
    formulas: (names, pass) => [dW(names, pass), dW(names, pass).replace("(1/m) ", "")],
  }),
  dbSum: knownWith(dbFactor, ({ m }) => m, {
    possible: ({ m }) => m > 1,
    needs: several,
    usual: "all",
    formulas: (names) => [db(names), db(names).replace("(1/m) ", "")],
  }),
  dbOverUnits: known(dbOverUnits, {
    needs: units,
    usual: 1,
    formulas: (names) => [db(names), db(names)],
    sentences: ["formula.overExamples", "formula.overUnits"],
  }),
  dWTransposed: known(dWTransposed, {
    needs: say("needs.square"),
    usual: highest,
    formulas: (names, pass) => {
      const right = dW(names, pass);
      return [right, right.replace(`dZ${names.l} ${names.input}ᵀ`, `${names.input} dZ${names.l}ᵀ`)];
    },
  }),
  dWFromZ: known(dWFromZ, {
    needs: curved,
    usual: 2,
    formulas: (names, pass) => [dW(names, pass), dW({ ...names, input: names.input.replace("A", "Z") }, pass)],
  }),
  dWRowZero: {
    at: "all",
    possible: (pass, l) => pass.layer(l).units > 1,
    needs: units,
    usual: 1,
    formulas: (names, pass) => [dW(names, pass), `dW${names.l}[i, :] = 0`],
    sentences: ["formula.is", "formula.ofOneUnit"],
    wrong: (planted, at) => {
      const row = largestRow(planted, at);
      return {
        // What the penalty adds is taken away here, so that nothing is left.
        dW: (pass, l, delta) => {
          const { W } = pass.layer(l);
          const inRow = (k: number): boolean => Math.floor(k / W.columns) === row;
          return mapped(dWOf(pass, l, delta), (a, k) => (inRow(k) ? -rightFormulas.penalty(pass, W.data[k]) : a));
        },
      };
    },
  },
  dWEntryOff: {
    at: "all",
    usual: 2,
    formulas: (names, pass) => [dW(names, pass), `dW${names.l}[i, k] + ${offset}`],
    sentences: ["formula.is", "formula.ofOneWeight"],
    wrong: (planted, at) => {
      const entry = largestEntry(planted.dW[at].data);
      return { dW: (pass, l, delta) => mapped(dWOf(pass, l, delta), (a, k) => (k === entry ? a + offset : a)) };
    },
  },
  penaltyMissing: knownWith(penaltyOf, () => 0, {
    possible: penalized,
    needs: penalty,
    usual: "all",
    formulas: (names, pass) => [dW(names, pass), plainDW(names)],
  }),
  penaltyTwice: knownWith(penaltyOf, ({ decay }) => 2 * decay, {
    possible: penalized,
    needs: penalty,
    usual: "all",
    formulas: (names, pass) => [dW(names, pass), `${plainDW(names)} + (2λ/m) W${names.l}`],
  }),
  penaltyWithoutMean: knownWith(penaltyOf, ({ step }) => step.l2, {
    possible: ({ step }) => step.l2 > 0 && step.trainingExamples > 1,
    needs: say("needs.penaltyAndExamples"),
    usual: "all",
    formulas: (names, pass) => [dW(names, pass), `${plainDW(names)} + λ W${names.l}`],
  }),
  penaltyOnBiases: knownWith(penaltyOnBiases, ({ decay }) => decay, {
    possible: penalized,
    needs: penalty,
    usual: "all",
    formulas: (names) => [db(names), `${db(names)} + (λ/m) b${names.l}`],
  }),
  maskMissing: known(maskMissing, {
    needs: dropout,
    usual: "all",
    formulas: (names) => [dropped(names), dA(names)],
  }),
  keepMissing: known(keepMissing, {
    needs: dropout,
    usual: "all",
    formulas: (names) => [dropped(names), dropped(names).replace(" / keep", "")],
  }),
  derivativeMissing: known(derivativeMissing, {
    needs: curved,
    usual: highest,
    formulas: (names) => [dZ(names, derivative(names)), `dZ${names.l} = dA${names.l}`],
  }),
  derivativeOfLayerBelow: known(derivativeOfLayerBelow, {
    needs: say("needs.squareHidden"),
    usual: highest,
    formulas: (names) => [dZ(names, derivative(names)), dZ(names, `g'(${names.input.replace("A", "Z")})`)],
  }),
  ...plantedDerivatives,
  transposeMissing: known(transposeMissing, {
    needs: say("needs.squareAbove"),
    usual: highest,
    formulas: (names) => [dA(names), dA(names).replace("ᵀ", "")],
  }),
  updatedTooEarly: knownWith(updatedTooEarly, () => learningRate, {
    needs: say("needs.hidden"),
    usual: highest,
    formulas: (names) => [dA(names), dA(names).replace(/= (W\S+)ᵀ/, (_, W) => `= (${W} − ${learningRate} d${W})ᵀ`)],
  }),
  signFlipped: knownWith(outputFactor, () => -1, {
    usual: highest,
    formulas: (names, pass) => [output(names, pass), negated(names.l, output(names, pass))],
  }),
  targetsMissing: known(targetsMissing, {
    needs: say("needs.crossEntropy"),
    usual: highest,
    formulas: (names, pass) => [output(names, pass), `dZ${names.l} = A${names.l}`],
  }),
  outputDerivativeTwice: known(outputDerivativeTwice, {
    needs: say("needs.binaryCrossEntropy"),
    usual: highest,
    formulas: (names, pass) => [output(names, pass), `dZ${names.l} = (A${names.l} − Y) ∘ σ'(Z${names.l})`],
  }),
  outputDerivativeMissing: {
    ...known(outputDerivativeMissing, {
      needs: say("needs.outputLoss"),
      usual: highest,
      formulas: (names, pass) => [
        output(names, pass),
        `dZ${names.l} = ${lossDerivative(names.l, lossOf(pass.network))}`,
      ],
    }),
    possible: (pass, l) => pass.network.loss.by === "output" && !pass.layer(l).activation.traits.identity,
  },
  lastExampleMissing: known(lastExampleMissing, {
    needs: several,
    usual: highest,
    formulas: (names, pass) => [output(names, pass), output(names, pass)],
    sentences: ["formula.is", "formula.lastColumnZero"],
  }),
} as const satisfies Readonly<Record<string, Plantable>>;

/** The row that shows most where the bug is planted: that of a dead unit would show nothing. */
function largestRow({ dW }: Backpropagation, l: number): number {
  const { data, rows, columns } = dW[l];
  return largestEntry(Array.from({ length: rows }, (_, i) => norm(data, i * columns, (i + 1) * columns)));
}

function largestEntry(values: ArrayLike<number>): number {
  let largest = 0;
  for (let k = 1; k < values.length; k++) if (Math.abs(values[k]) > Math.abs(values[largest])) largest = k;
  return largest;
}
