import { requireRecord } from "../constraint/kinds.js";
import type { Model } from "../formats/model.js";
import { requireNetwork } from "../network/requireNetwork.js";
import type { Configuration } from "./configuration.js";
import { parseConfiguration } from "./parseConfiguration.js";
import { wholeTraining } from "./wholeTraining.js";

/**
 * The configuration that a model was trained by: the same data with it give the same model.
 *
 * @throws OptionError for a model whose file does not say how it was trained
 *
 * @example
 * import { parseCsv } from "gradproof/csv";
 * import { configurationOf, fit } from "gradproof/pipeline";
 * const rows = Array.from({ length: 20 }, (_, i) => `${i},${2 * i}`);
 * const { model } = await fit(parseCsv(["x,y", ...rows].join("\n")), { data: { target: "y" }, training: { epochs: 3 } });
 * configurationOf(model).training?.epochs; // => 3
 */
export function configurationOf(model: Model): Configuration {
  requireRecord("configurationOf(): model", model, "{ network, summary }");
  const { network, summary } = model;
  requireNetwork("configurationOf(): model.network", network);
  const { name, data, training } = summary ?? {};
  return parseConfiguration({
    ...(name !== undefined && { name }),
    ...(data !== undefined && { data }),
    network: network.spec,
    ...(training !== undefined && { training: wholeTraining(training) }),
  });
}
