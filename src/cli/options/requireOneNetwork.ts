import { OptionError } from "../../constraint/constraint.js";
import type { RunConfiguration } from "./runConfiguration.js";

/** Refuses the configuration of an ensemble where a command trains networks one by one. */
export function requireOneNetwork(command: string, { members = 1 }: RunConfiguration): void {
  if (members === 1) return;
  throw new OptionError(
    `${command} trains networks one by one, the configuration has members: ${members}; leave members out`,
  );
}
