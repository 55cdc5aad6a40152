import { requireRecord } from "../constraint/kinds.js";
import type { Normalizer } from "../data/normalizer.js";
import type { Table } from "../data/table.js";
import type { TableEncoder } from "../data/tableEncoder.js";
import type { EnginePredictor } from "../engine/enginePredictor.js";
import { Predictor } from "../engine/predict.js";
import type { Network } from "../network/network.js";
import { requireNetwork } from "../network/requireNetwork.js";
import type { Model, TableOptions, TablePredictions } from "./model.js";
import { PredictingModel } from "./predictingModel.js";
import { predictTable } from "./predictModel.js";
import type { TrainingSummary } from "./trainingSummary.js";

/**
 * A model that predicts records of plain data: what `fit`, `parseModel` and `loadModel` give. `new TrainedModel(model)` makes one
 * of a model put together by hand.
 *
 * @example
 * import { dense, networkWith, TableEncoder, TrainedModel } from "gradproof";
 * import { parseCsv } from "gradproof/csv";
 * const encoder = TableEncoder.fit(parseCsv("x,y\n-1,no\n1,yes\n"), { target: "y" });
 * const network = networkWith({ inputs: 1, layers: [dense(1, "sigmoid")] }, Float64Array.of(0, 0));
 * const model = new TrainedModel({ network, encoder });
 * model.predict({ x: 3 }, { threshold: 0.4 }); // => { label: "yes", probabilities: { no: 0.5, yes: 0.5 } }
 * model.predict([{ x: 3 }, { x: null }]).length; // => 2
 */
export class TrainedModel<E extends TableEncoder | undefined = TableEncoder | undefined>
  extends PredictingModel
  implements Model
{
  readonly network: Network;
  readonly members: readonly Network[] | undefined;
  readonly normalizer: Normalizer | undefined;
  readonly targetNormalizer: Normalizer | undefined;
  readonly encoder: E;
  readonly threshold: number | undefined;
  readonly summary: TrainingSummary | undefined;

  /** @param model whose parts it takes as they are */
  constructor(model: Model & { readonly encoder?: E }) {
    super();
    requireRecord("new TrainedModel(): model", model, "a model, such as { network, encoder }");
    requireNetwork("model: network", model.network);
    this.network = model.network;
    this.members = model.members;
    this.normalizer = model.normalizer;
    this.targetNormalizer = model.targetNormalizer;
    this.encoder = model.encoder as E;
    this.threshold = model.threshold;
    this.summary = model.summary;
  }

  protected predictorOfOne(): EnginePredictor {
    return new Predictor(this, { examples: 1 });
  }

  protected rowsOf(table: Table, options: TableOptions): TablePredictions {
    return predictTable(this, table, options);
  }
}
