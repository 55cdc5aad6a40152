import { OptionError } from "../constraint/constraint.js";
import { requireRecord } from "../constraint/kinds.js";
import type { Model } from "../formats/model.js";
import { requireNetwork } from "../network/requireNetwork.js";
import type { Configuration } from "./configuration.js";
import { memberSeed } from "./members.js";
import { parseConfiguration } from "./parseConfiguration.js";
import { wholeTraining } from "./wholeTraining.js";

/**
 * The configuration that a model was trained by: the same data with it give the same model.
 *
 * @throws OptionError for a model whose file does not say how it was trained, and for an ensemble whose seeds do not follow each
 *   other, as those of a configuration do
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
  const { network, members = [network], summary } = model;
  requireNetwork("configurationOf(): model.network", network);
  if (members.some(({ spec }, k) => spec.seed !== memberSeed(network.spec.seed, k))) {
    throw new OptionError(
      `configurationOf(): the seeds of the members are ${members.map(({ spec }) => spec.seed).join(", ")}; those of a configuration ` +
        "are each one higher than the one before",
    );
  }
  const { version = 3, name, data, training } = summary ?? {};
  return parseConfiguration({
    version,
    ...(name !== undefined && { name }),
    // Of version 4 one is no default.
    ...((version > 3 || members.length > 1) && { members: members.length }),
    ...(data !== undefined && { data }),
    network: network.spec,
    ...(training !== undefined && { training: wholeTraining(training) }),
  });
}
