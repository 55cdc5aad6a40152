import type { RatePoint, RateSearch } from "gradproof";
import type { PointSource } from "gradproof/pipeline";
import type { RunSpec } from "../experiment/experiment.js";

/** From the page to the worker that searches a learning rate. */
export type ToRate =
  | { readonly type: "search"; readonly run: RunSpec; readonly data: PointSource }
  /** Ends the search; what was found so far is the answer. */
  | { readonly type: "stop" };

/** From that worker to the page. */
export type FromRate =
  /** The steps since the last such message. */
  | { readonly type: "points"; readonly points: readonly RatePoint[] }
  | { readonly type: "found"; readonly search: RateSearch }
  | { readonly type: "refused"; readonly message: string };
