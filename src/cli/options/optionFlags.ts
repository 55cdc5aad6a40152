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
  return flagsWhere((name) => !leftOut.some((one) => one === name)) as FlagParametersForType<
    OptionFlags<LeftOut>,
    CliContext
  >;
}

/** The descriptions of some of them. */
export function someOptionFlags<Name extends OptionName>(
  ...names: readonly Name[]
): FlagParametersForType<Pick<OptionValues, Name>, CliContext> {
  return flagsWhere((name) => names.some((one) => one === name)) as FlagParametersForType<
    Pick<OptionValues, Name>,
    CliContext
  >;
}

function flagsWhere(isMeant: (name: OptionName) => boolean): Readonly<Record<string, unknown>> {
  const rows = optionRows.filter(([name]) => isMeant(name));
  const flags = rows.map(([name, { brief, placeholder, fromText, isSwitch }]) => [
    name,
    isSwitch
      ? { kind: "boolean", brief, optional: true }
      : { kind: "parsed", parse: (text: string) => fromText(flagName(name), text), brief, placeholder, optional: true },
  ]);
  return Object.fromEntries(flags);
}
