import { OptionError } from "../../constraint/constraint.js";
import { requireRecord } from "../../constraint/kinds.js";
import { TableEncoder } from "../../data/tableEncoder.js";
import type { Model } from "../../formats/model.js";
import { requireNetwork } from "../../network/requireNetwork.js";

/** The encoder of a model that was trained on a table. */
export function encoderOf(where: string, model: Model): TableEncoder {
  requireRecord(`${where}: model`, model, "a model, such as { network, encoder }");
  requireNetwork(`${where}: model.network`, model.network);
  if (model.encoder instanceof TableEncoder) return model.encoder;
  throw new OptionError(
    `${where}: the model has no encoder, which turns tables into features; give one trained on a table`,
  );
}
