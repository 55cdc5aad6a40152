import type { DType } from "../array/floatArray.js";
import type { Configuration } from "./configuration.js";
import { configurationVersion, defaultsOf } from "./defaults.js";

/** How many networks a configuration trains. */
export function memberCount(configuration: Configuration): number {
  const { members, effort = "normal", data } = configuration;
  return members ?? ((data?.image ?? data?.points) ? 1 : defaultsOf(configuration).effort(effort).members);
}

/** What a configuration holds out of its table: a fold for each of several members, of a network alone a fifth. */
export function validationOf(configuration: Configuration): number | "folds" {
  const { version = configurationVersion, data } = configuration;
  return data?.validation ?? (version > 3 && memberCount(configuration) > 1 ? "folds" : 0.2);
}

/** The precision of a configuration. */
export function precisionOf(configuration: Configuration): DType {
  const { data, network } = configuration;
  return network?.dtype ?? (data?.points ? "float64" : defaultsOf(configuration).dtype);
}
