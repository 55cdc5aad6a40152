import { requireRecord } from "../constraint/kinds.js";
import { EngineChoice } from "../engine/engineChoice.js";
import { EnginePredictor } from "../engine/enginePredictor.js";
import type { NetworkModel } from "../engine/networkModel.js";
import type { ForwardEngine } from "../engine/plan.js";
import { readableForwardEngine } from "../engine/readable/readableForward.js";
import { forwardEngine } from "../engine/wasm/forwardEngine.js";
import type { Network } from "../network/network.js";

/** An engine by name: the kernels, or the readable pass. */
export type EngineName = "wasm" | "readable";

const engines = new EngineChoice<ForwardEngine>(forwardEngine, readableForwardEngine);

/** What a `Predictor` is made for. */
export interface PredictorOptions {
  /** Examples a call, as far as known: a larger workspace is of no use. Default 4,096, the most there is. */
  readonly examples?: number;
  /** Default `wasm`; where WebAssembly cannot be used `readable`, which the console is told once. */
  readonly engine?: EngineName | undefined;
}

/**
 * Predictions of a network or a model with a workspace made once, for calls that come again and again: `one` takes a fifth of
 * a microsecond on a small network. A network takes features as it was trained on them, a model takes raw ones. To the bits of the `Predictor` of `gradproof`.
 *
 * @throws OptionError for an engine that cannot run here
 *
 * @example
 * import { dense, network, serializeModel } from "gradproof";
 * import { parseModel, Predictor } from "gradproof/predict";
 * const trained = network({ inputs: 2, layers: [dense(1, "sigmoid")], initializer: "zeros" });
 * const model = parseModel(serializeModel({ network: trained }));
 * const predictor = new Predictor(model.network, { examples: 1 });
 * predictor.one([3, 3])[0]; // => 0.5
 */
export class Predictor extends EnginePredictor {
  constructor(predicts: Network | NetworkModel, options: PredictorOptions = {}) {
    requireRecord("Predictor(): options", options);
    super(predicts, engines.choose("Predictor()", options.engine), options.examples);
  }
}
