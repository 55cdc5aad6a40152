import type { Normalizer } from "../data/normalizer.js";
import type { NormalizerJson } from "../data/normalizerJson.js";
import type { NetworkSpec } from "../network/spec.js";
import type { TrainingSpec } from "../training/spec.js";
import type { DataToExport } from "./dataToExport.js";

/** A run as plain data, to be written as a program. */
export interface RunToExport {
  readonly network: NetworkSpec;
  /** Default: Adam, α = 0.001, 1,000 full-batch iterations, as of `train`. */
  readonly training?: TrainingSpec;
  readonly data: DataToExport;
  /**
   * Networks of an ensemble, each with seeds one higher than the one before. 1 … 1,000, default 1. Programs in TypeScript train several,
   * those in Python one.
   */
  readonly members?: number | undefined;
  /**
   * Of two classes: what is printed of the trained network counts the second where its probability is greater, 0 … 1. Default 0.5, at
   * which an early stop is watched always.
   */
  readonly threshold?: number | undefined;
  /** Watched during the run, never trained on. */
  readonly validation?: DataToExport | undefined;
  /**
   * Whether a classifier is made as sure, once it is trained, as `validation` shows that it may be: see `temper` of `gradproof/training`.
   * Default false.
   */
  readonly temper?: boolean | undefined;
  /** Applied to the features of both. */
  readonly normalizer?: Normalizer | NormalizerJson | undefined;
}
