import { requireObject } from "../constraint/constraint.js";
import { requireRecord } from "../constraint/kinds.js";
import type { Configuration } from "./configuration.js";
import { dataKeys } from "./parseConfiguration.js";

/** Throws where a configuration is none at all; what stands in it is for `parseConfiguration` to check. */
export function requireConfiguration(where: string, configuration: Configuration): void {
  const given = requireRecord(`${where}: configuration`, configuration, "{ data, network, training }");
  for (const part of ["data", "network", "training"]) {
    if (given[part] !== undefined) requireRecord(`${where}: configuration.${part}`, given[part]);
  }
  if (given.data !== undefined) requireObject(`${where}: configuration.data`, given.data, dataKeys);
}
