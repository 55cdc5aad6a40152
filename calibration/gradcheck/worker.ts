import { parentPort } from "node:worker_threads";
import { type FamilyOutcome, judgeFamily } from "./families/judgeFamily.js";
import { type CorrectOutcome, judgeCorrect, judgeMutant, type MutantOutcome } from "./judge.js";
import { judgeOperations, type OperationsOutcome } from "./operations.js";

/** A stretch of indices to judge. */
export interface Task {
  readonly what: keyof typeof judges;
  readonly seed: number;
  readonly from: number;
  readonly to: number;
  /** Name of the family, where it is one of families. */
  readonly family?: string;
}

/** What came of a stretch. */
export type Done =
  | { readonly what: "correct"; readonly outcomes: readonly CorrectOutcome[] }
  | { readonly what: "mutants"; readonly outcomes: readonly (MutantOutcome | "equivalent" | undefined)[] }
  | { readonly what: "operations"; readonly outcomes: readonly OperationsOutcome[] }
  | { readonly what: "families"; readonly outcomes: readonly FamilyOutcome[] };

const judges = { correct: judgeCorrect, mutants: judgeMutant, operations: judgeOperations, families: judgeFamily };

parentPort?.on("message", async ({ what, seed, from, to, family = "" }: Task) => {
  const outcomes = [];
  for (let index = from; index < to; index++) outcomes.push(await judges[what](seed, index, family));
  parentPort?.postMessage({ what, outcomes });
});
