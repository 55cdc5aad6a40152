import { parentPort } from "node:worker_threads";
import { type CorrectOutcome, judgeCorrect, judgeMutant, type MutantOutcome } from "./judge.js";
import { judgeOperations, type OperationsOutcome } from "./operations.js";

/** A stretch of indices to judge. */
export interface Task {
  readonly what: keyof typeof judges;
  readonly seed: number;
  readonly from: number;
  readonly to: number;
}

/** What came of a stretch. */
export type Done =
  | { readonly what: "correct"; readonly outcomes: readonly CorrectOutcome[] }
  | { readonly what: "mutants"; readonly outcomes: readonly (MutantOutcome | "equivalent" | undefined)[] }
  | { readonly what: "operations"; readonly outcomes: readonly OperationsOutcome[] };

const judges = { correct: judgeCorrect, mutants: judgeMutant, operations: judgeOperations };

parentPort?.on("message", async ({ what, seed, from, to }: Task) => {
  const outcomes = [];
  for (let index = from; index < to; index++) outcomes.push(await judges[what](seed, index));
  parentPort?.postMessage({ what, outcomes });
});
