import { parentPort } from "node:worker_threads";
import { judgeCorrect, judgeMutant } from "./judge.js";

/** A stretch of indices to judge. */
export interface Task {
  readonly what: "correct" | "mutants";
  readonly seed: number;
  readonly from: number;
  readonly to: number;
}

parentPort?.on("message", ({ what, seed, from, to }: Task) => {
  const judge = what === "correct" ? judgeCorrect : judgeMutant;
  const outcomes = Array.from({ length: to - from }, (_, k) => judge(seed, from + k));
  parentPort?.postMessage({ what, outcomes });
});
