import type { FlagParametersForType } from "@stricli/core";
import type { CliContext } from "../context.js";
import { flagName } from "../flags.js";
import { type OptionName, type OptionValues, optionRows } from "./options.js";

/** The flags of all options but those that a command leaves out. */
export type OptionFlags<LeftOut extends OptionName = never> = Omit<OptionValues, LeftOut>;

/** Their descriptions for the parser of the command line. */
export function optionFlags<LeftOut extends OptionName = never>(
  ...leftOut: readonly LeftOut[]
): FlagParametersForType<OptionFlags<LeftOut>, CliContext> {
  const rows = optionRows.filter(([name]) => !leftOut.some((one) => one === name));
  const flags = rows.map(([name, { brief, placeholder, fromText, isSwitch }]) => [
    name,
    isSwitch
      ? { kind: "boolean", brief, optional: true }
      : { kind: "parsed", parse: (text: string) => fromText(flagName(name), text), brief, placeholder, optional: true },
  ]);
  return Object.fromEntries(flags) as FlagParametersForType<OptionFlags<LeftOut>, CliContext>;
}
