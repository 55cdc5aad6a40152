import { Matrix } from "../../../array/matrix.js";
import { productWithTransposed, transpose } from "../../../array/product.js";
import { sum } from "../../../array/reduce.js";
import { isPenalized } from "../../../network/penalty.js";
import { say } from "../say.js";
import type { Backpropagation } from "./backpropagation.js";
import { type Bug, type FixedBug, named, type TunedBug } from "./bug.js";
import { causesOf } from "./factorCauses.js";
import { dbOf, dWOf } from "./formulas.js";
import { mapped } from "./mapped.js";

/** Whether A[l] and Z[l], and dA[l] and dZ[l], are two things. */
const bends = (pass: Backpropagation, l: number): boolean => !pass.layer(l).activation.traits.identity;
const square = (pass: Backpropagation, l: number): boolean => pass.layer(l).inputs === pass.layer(l).units;

/** dW[l], penalty apart, times a number. */
export const dWFactor: TunedBug = {
  at: "all",
  fitOn: "W",
  tuned: (factor) => ({ dW: (pass, l, dZ) => mapped(dWOf(pass, l, dZ), (a) => factor * a) }),
  says: (names, pass, factor, layer) => {
    const causes = causesOf(pass, factor, layer);
    // Without a penalty the numbers of the block say as much.
    const penalized = isPenalized(pass.step);
    if (causes === undefined || (!causes.known && !penalized)) return undefined;
    return !penalized
      ? say("bug.factor", { gradient: `dW${names.l}`, factor }, { causes: causes.messages })
      : say("bug.factorBesidePenalty", { ...names, factor }, { causes: causes.messages });
  },
};

/** db[l] times a number. */
export const dbFactor: TunedBug = {
  at: "all",
  fitOn: "b",
  tuned: (factor) => ({ db: (pass, l, dZ) => mapped(dbOf(pass, l, dZ), (a) => factor * a) }),
  says: ({ l }, pass, factor, layer) => {
    const causes = causesOf(pass, factor, layer);
    return causes?.known ? say("bug.factor", { gradient: `db${l}`, factor }, { causes: causes.messages }) : undefined;
  },
};

export const dWTransposed: FixedBug = {
  at: "all",
  possible: square,
  wrong: { dW: (pass, l, dZ) => transpose(dWOf(pass, l, dZ)) },
  says: named("bug.dWTransposed"),
};

export const dWFromZ: FixedBug = {
  at: "all",
  possible: (pass, l) => l > 1 && bends(pass, l - 1),
  wrong: { dW: ({ Z, m }, l, dZ) => mapped(productWithTransposed(dZ, Z[l - 1]), (a) => a / m) },
  says: named("bug.dWFromZ"),
};

export const dbOverUnits: FixedBug = {
  at: "all",
  possible: (pass, l) => pass.layer(l).units > 1,
  wrong: {
    db: (pass, l, dZ) => {
      const db = dbOf(pass, l, dZ);
      const total = totalOf(db);
      return mapped(db, () => total);
    },
  },
  says: named("bug.dbOverUnits"),
};

/** Bugs in dW[l] = (1/m) dZ[l] A[l−1]ᵀ and db[l] = (1/m) Σ dZ[l], which stay where they are. */
export const parameterBugs: readonly Bug[] = [
  dWFactor,
  dbFactor,
  dWTransposed,
  dWFromZ,
  {
    at: "all",
    possible: square,
    wrong: { dW: ({ A, m }, l, dZ) => mapped(productWithTransposed(dZ, A[l]), (a) => a / m) },
    says: named("bug.dWFromOwnLayer"),
  },
  {
    at: "hidden",
    possible: bends,
    wrong: { dW: ({ A, dA, m }, l) => mapped(productWithTransposed(dA[l], A[l - 1]), (a) => a / m) },
    says: named("bug.dWFromdA"),
  },
  {
    at: "hidden",
    possible: bends,
    wrong: { db: ({ dA, m }, l) => mapped(sum(dA[l], "columns"), (a) => a / m) },
    says: named("bug.dbFromdA"),
  },
  dbOverUnits,
  {
    at: "all",
    possible: (pass, l) => pass.layer(l).units > 1,
    wrong: {
      db: (pass, l) => {
        const total = totalOf(pass.db[l]);
        return mapped(pass.db[l], () => total / pass.layer(l).units);
      },
    },
    says: named("bug.dbMeanOverUnits"),
  },
  {
    at: "all",
    possible: (pass, l) => pass.layer(l).units === pass.m && pass.m > 1,
    wrong: { db: ({ m }, _l, dZ) => mapped(transpose(sum(dZ, "rows")), (a) => a / m) },
    says: named("bug.dbOfUnits"),
  },
  {
    at: "all",
    possible: ({ m }) => m > 1,
    wrong: { db: (_pass, _l, dZ) => Matrix.column(Array.from({ length: dZ.rows }, (_, i) => dZ.data[i * dZ.columns])) },
    says: named("bug.dbOfFirstExample"),
  },
];

function totalOf({ data }: Matrix): number {
  let total = 0;
  for (const value of data) total += value;
  return total;
}
