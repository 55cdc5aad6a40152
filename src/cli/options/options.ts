import { efforts } from "../../pipeline/configuration.js";
import { ensembleConstraints } from "../../pipeline/constraints.js";
import { requireRunName } from "../../pipeline/parseConfiguration.js";
import { flagName } from "../flags.js";
import { dataOptions } from "./dataOptions.js";
import { engineOptions } from "./engineOptions.js";
import { name, number, text } from "./kinds.js";
import { networkOptions } from "./networkOptions.js";
import type { Option } from "./option.js";
import { seedOptions } from "./seedOptions.js";
import { trainingOptions } from "./trainingOptions.js";

/**
 * Every option that commands share, in the order of their help: flags, the keys of a sweep and what a configuration says in
 * flags follow from these rows.
 */
export const options = {
  ...dataOptions,
  ...networkOptions,
  // Before members and epochs: what a file says of an earlier run's is not asked for, what flags say is set after it.
  effort: name(
    "How much work the training may be: sets members and epochs, those that are not given",
    efforts,
    {
      get: ({ effort }) => effort,
      set: ({ members: _, training: { epochs, iterations, ...training }, ...configuration }, effort) => ({
        ...configuration,
        effort,
        training,
      }),
    },
    { byDefault: "normal" },
  ),
  ...trainingOptions,
  ...seedOptions,
  members: number(
    ensembleConstraints.members,
    {
      get: ({ members }) => members,
      set: (configuration, members) => ({ ...configuration, members }),
    },
    { byDefault: "by --effort: 1, 4, 8; of images and points 1, a network alone", search: undefined },
  ),
  name: text(
    "What the run is called, in its files and reports",
    "TEXT",
    {
      get: ({ name }) => name,
      set: (configuration, name) => ({ ...configuration, name }),
    },
    requireRunName,
  ),
  ...engineOptions,
} as const;

export type OptionName = keyof typeof options;

type ValueOf<Row> = Row extends { toPlain(value: infer Value): unknown } ? Value : never;

/** Values of options by name. */
export type OptionValues = { readonly [Name in OptionName]?: ValueOf<(typeof options)[Name]> | undefined };

/** The rows, for what treats all of them alike. */
export const optionRows = Object.entries(options) as readonly [OptionName, Option<unknown>][];

/** The row of a name. */
export function optionNamed(name: OptionName): Option<unknown> {
  return options[name];
}

/** An option by its flag; what no option says by its path in the configuration. */
export function labelOf(path: string): string {
  return Object.hasOwn(options, path) ? flagName(path) : path;
}

/** What of the flags of a command is an option and given. */
export function optionsOf(flags: OptionValues): OptionValues {
  return Object.fromEntries(
    optionRows.flatMap(([name]) => (flags[name] === undefined ? [] : [[name, flags[name]] as const])),
  );
}
