import { requireRecord } from "../constraint/kinds.js";
import type { FittedEncoder } from "../data/fittedEncoder.js";
import type { FittedNormalizer } from "../data/fittedNormalizer.js";
import type { Table } from "../data/table.js";
import type { EnginePredictor } from "../engine/enginePredictor.js";
import type { PredictiveModel, TableOptions, TablePredictions } from "../formats/model.js";
import { PredictingModel } from "../formats/predictingModel.js";
import type { Network } from "../network/network.js";
import { requireNetwork } from "../network/requireNetwork.js";
import { predictTable } from "./predictModel.js";
import { Predictor } from "./predictor.js";

/**
 * A model that predicts records of plain data, as `parseModel` gives it.
 *
 * @example
 * import { dense, networkWith, serializeModel, TableEncoder } from "gradproof";
 * import { parseCsv } from "gradproof/csv";
 * import { parseModel } from "gradproof/predict";
 * const encoder = TableEncoder.fit(parseCsv("x,y\n-1,no\n1,yes\n"), { target: "y" });
 * const network = networkWith({ inputs: 1, layers: [dense(1, "sigmoid")] }, Float64Array.of(0, 0));
 * const model = parseModel(serializeModel({ network, encoder }));
 * model.predict({ x: 3 }); // => { label: "no", probabilities: { no: 0.5, yes: 0.5 } }
 */
export class TrainedModel extends PredictingModel {
  readonly network: Network;
  readonly members: readonly Network[] | undefined;
  readonly normalizer: FittedNormalizer | undefined;
  readonly targetNormalizer: FittedNormalizer | undefined;
  readonly encoder: FittedEncoder | undefined;
  readonly threshold: number | undefined;

  /** @param model whose parts it takes as they are */
  constructor(model: PredictiveModel) {
    super();
    requireRecord("new TrainedModel(): model", model, "a model, such as { network, encoder }");
    requireNetwork("model: network", model.network);
    const { network, members, normalizer, targetNormalizer, encoder, threshold } = model;
    this.network = network;
    this.members = members;
    this.normalizer = normalizer;
    this.targetNormalizer = targetNormalizer;
    this.encoder = encoder;
    this.threshold = threshold;
  }

  protected predictorOfOne(): EnginePredictor {
    return new Predictor(this, { examples: 1 });
  }

  protected rowsOf(table: Table, options: TableOptions): TablePredictions {
    return predictTable(this, table, options);
  }
}
