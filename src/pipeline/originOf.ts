import type { Origin } from "../formats/trainingSummary.js";
import type { Configuration } from "./configuration.js";
import { configurationVersion } from "./defaults.js";

/** What a model's file says of the configuration it was trained by; before version 4 it did not say which version that was. */
export function originOf({ version = configurationVersion, name, data }: Configuration): Origin {
  return { ...(version > 3 && { version }), ...(name !== undefined && { name }), ...(data !== undefined && { data }) };
}
