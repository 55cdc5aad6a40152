import { OptionError } from "../../constraint/constraint.js";
import { differences } from "../../constraint/differences.js";
import { flagName } from "../flags.js";
import { textOfPlain } from "./kinds.js";
import type { Plain } from "./option.js";
import { type OptionValues, optionRows } from "./options.js";
import { type RunConfiguration, start, startOf } from "./runConfiguration.js";
import { shortConfiguration } from "./shortConfiguration.js";

/**
 * The configuration with options set, in the order of their table.
 *
 * @throws OptionError for values that do not fit each other
 */
export function configured(base: RunConfiguration, values: OptionValues): RunConfiguration {
  const given = new Set<string>(optionRows.map(([name]) => name).filter((name) => values[name] !== undefined));
  let configuration = base;
  for (const [name, option] of optionRows) {
    if (!given.has(name)) continue;
    if (option.instead !== undefined && given.has(option.instead)) {
      throw new OptionError(`give ${flagName(option.instead)} or ${flagName(name)}, not both`);
    }
    configuration = option.set(configuration, values[name], given);
  }
  return configuration;
}

/** Of each option that the configuration has a value for, its value as plain data. */
export function plainOptions(configuration: RunConfiguration): Readonly<Record<string, Plain>> {
  const found: [string, Plain][] = [];
  for (const [name, option] of optionRows) {
    const value = option.get(configuration);
    if (value !== undefined) found.push([name, option.toPlain(value)]);
  }
  return Object.fromEntries(found);
}

/** What of a configuration no option says, by its path: a layer's bias, an image of another size. */
export function unsaid(configuration: RunConfiguration): Readonly<Record<string, unknown>> {
  const values = Object.fromEntries(
    optionRows.flatMap(([name, option]) => {
      const value = option.get(configuration);
      // By its text, as a flag has it: a name with a comma in it is two there.
      return value === undefined
        ? []
        : [[name, readAgain(() => option.fromText(name, textOfPlain(option.toPlain(value))))]];
    }),
  );
  const said = readAgain(() => configured(startOf(configuration.version), values));
  const left = differences(said === undefined ? {} : shortConfiguration(said), shortConfiguration(configuration));
  return Object.fromEntries(left.map(({ path, values: [, value] }) => [path, value]));
}

/** All that a configuration says, options by their names: to show two beside each other. */
export function viewOf(configuration: RunConfiguration): Readonly<Record<string, unknown>> {
  return { ...plainOptions(configuration), ...unsaid(configuration) };
}

/** What no flag can say cannot be read from one. */
function readAgain<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (thrown) {
    if (thrown instanceof OptionError) return undefined;
    throw thrown;
  }
}

/** A file that says what flags cannot, and the flags that go before it. */
export interface SaidByFile {
  readonly file: string;
  readonly flags?: OptionValues;
}

/** The configuration in the words of the command line: flags, or the file where flags cannot say all of it. */
export function optionWords(
  configuration: RunConfiguration,
  said: SaidByFile | undefined,
  leftOut: readonly string[] = [],
): string[] {
  // Defaults of a version before the newest, and its rules of encoding, are said by its file alone.
  const isOlder = configuration.version !== start.version;
  if (said !== undefined && (isOlder || Object.keys(unsaid(configuration)).length > 0)) {
    return ["--config", said.file, ...wordsOf(said.flags ?? {}, {}, leftOut)];
  }
  const values = Object.fromEntries(optionRows.map(([name, option]) => [name, option.get(configuration)]));
  return wordsOf(values, plainOptions(start), leftOut);
}

/** The flags of values, but for those that go without saying; those without a value come last. */
function wordsOf(
  values: Readonly<Record<string, unknown>>,
  without: Readonly<Record<string, Plain>>,
  leftOut: readonly string[],
): string[] {
  const valued: string[] = [];
  const switches: string[] = [];
  for (const [name, option] of optionRows) {
    const value = values[name];
    if (value === undefined || leftOut.includes(name)) continue;
    const text = textOfPlain(option.toPlain(value));
    if (name in without && text === textOfPlain(without[name])) continue;
    if (option.isSwitch) switches.push(text === "true" ? flagName(name) : flagName(name).replace("--", "--no-"));
    // Of two words, the second would be taken for a flag.
    else if (text.startsWith("-")) valued.push(`${flagName(name)}=${text}`);
    else valued.push(flagName(name), text);
  }
  return [...valued, ...switches];
}
