import { readFile } from "node:fs/promises";
import { OptionError, requireNumber, requireObject, show } from "../../constraint/constraint.js";
import { withFileErrors } from "../../node/fileError.js";
import { nameOf } from "../../ops/choice.js";
import { configurationVersion, defaultsByVersion, defaultsOf } from "../../pipeline/defaults.js";
import { parseConfiguration } from "../../pipeline/parseConfiguration.js";
import { requireEffort } from "../../pipeline/requireEffort.js";
import { learningRateOf } from "../../pipeline/resolve.js";
import { configured } from "./configured.js";
import { engineFromFile, threadsConstraint } from "./engineOptions.js";
import { type OptionName, type OptionValues, optionNamed } from "./options.js";
import { overlaid, type RunConfiguration, type Said, saysScaled, startOf } from "./runConfiguration.js";

/** What a file of a configuration says: nothing is filled in. */
export interface ConfigFile {
  /** Whose defaults fill in the rest. */
  readonly version: number;
  /** Of a file in parts. */
  readonly said: Said;
  /** Of a flat one, as versions before wrote: options by name. */
  readonly values: OptionValues;
}

/** The first version whose files are in parts. Those before hold options by name, and have the same defaults. */
const firstInParts = 3;

/** The options that flat files know. Files of version 0.1 never change, so neither does this list. */
const flatNames = [
  ...(["target", "task", "drop", "hidden", "activation", "init", "gain", "optimizer", "learningRate"] as const),
  ...(["epochs", "batchSize", "l2", "keep", "validation", "patience", "classWeight", "seed", "normalize"] as const),
  ...(["image", "augment", "dtype", "engine", "threads"] as const),
] satisfies OptionName[];

/** No file: nothing is said, of the version that is written now. */
export const noFile: ConfigFile = { version: configurationVersion, said: {}, values: {} };

/** Reads a configuration. */
export async function readConfigFile(path: string): Promise<ConfigFile> {
  return configFileIn(path, await withFileErrors("read", path, () => readFile(path, "utf8")));
}

/** The same, where the file is read already. */
export function configFileIn(path: string, text: string): ConfigFile {
  let value: unknown;
  try {
    // Editors of Windows begin UTF-8 with a byte order mark.
    value = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (thrown) {
    throw new OptionError(`${path} is not JSON: ${thrown instanceof Error ? thrown.message : thrown}`);
  }
  return parseConfigFile(path, value);
}

/**
 * Checks a configuration that comes from a file.
 *
 * @param where the file, for messages
 * @throws OptionError naming the key that is unknown or out of its range
 */
export function parseConfigFile(where: string, value: unknown): ConfigFile {
  // A later version may know options that this one does not: it is told of first.
  const version = versionOf(where, value);
  if (version >= firstInParts) return { version, said: parseSaid(where, value), values: {} };
  if (isObject(value) && ["data", "network", "training"].some((part) => Object.hasOwn(value, part))) {
    throw new OptionError(
      `${where}: data, network and training are parts of a file of version ${configurationVersion}; add "version": ${configurationVersion}`,
    );
  }
  const given = requireObject(where, value, ["version", ...flatNames]);
  const values = flatNames
    .filter((name) => given[name] !== undefined)
    .map((name) => [name, optionNamed(name).fromPlain(`${where}: ${name}`, given[name])]);
  return { version: firstInParts, said: {}, values: Object.fromEntries(values) };
}

/** The version that a file names; 1 where it names none, as those of 0.1. */
function versionOf(where: string, value: unknown): number {
  const version = isObject(value) && "version" in value ? value.version : undefined;
  if (version === undefined) return 1;
  if (typeof version === "number" && Object.hasOwn(defaultsByVersion, version)) return version;
  const hint =
    typeof version === "number" && version > configurationVersion ? "; it was written by a later gradproof" : "";
  throw new OptionError(
    `${where}: version must be a whole number from 1 to ${configurationVersion}, got ${show(version)}${hint}`,
  );
}

function parseSaid(where: string, value: unknown): Said {
  const known = ["version", "name", "members", "effort", "data", "network", "training", "engine", "threads"];
  const { version: _, engine, threads, ...configuration } = requireObject(where, value, known);
  return {
    ...parseConfiguration(configuration, where),
    ...(engine !== undefined && { engine: engineFromFile(`${where}: engine`, engine) }),
    ...(threads !== undefined && { threads: requireNumber(`${where}: threads`, threads, threadsConstraint) }),
  };
}

/** What a file and flags say together. */
export function chosenBy(file: ConfigFile, flags: OptionValues = {}): RunConfiguration {
  const chosen = configuredBy(startOf(file.version), ofOtherOptimizer(file, flags), flags);
  if (flags.normalizeTarget !== undefined && !saysScaled(chosen)) {
    throw new OptionError("--normalize-target: the loss learns counts, which stay as they are; leave it out");
  }
  requireEffort("--", chosen);
  return chosen;
}

/** Runs write the learning rate that their optimizer has by default: another that flags name has one of its own. */
function ofOtherOptimizer(file: ConfigFile, flags: OptionValues): ConfigFile {
  const { training } = file.said;
  if (flags.optimizer === undefined || training?.learningRate === undefined) return file;
  const { version } = file;
  const { learningRate, ...others } = training;
  const before = training.optimizer ?? defaultsOf({ version }).training.optimizer;
  const isDefault = learningRate === learningRateOf(before, defaultsOf({ version }));
  if (!isDefault || nameOf(flags.optimizer) === nameOf(before)) return file;
  return { ...file, said: { ...file.said, training: others } };
}

/** The configuration with what a file and flags say; flags go before the file. */
export function configuredBy(
  base: RunConfiguration,
  { said, values }: ConfigFile,
  flags: OptionValues,
): RunConfiguration {
  const left = Object.entries(values).filter(([name]) => {
    const { instead } = optionNamed(name as OptionName);
    return instead === undefined || flags[instead as OptionName] === undefined;
  });
  return configured(overlaid(base, said), { ...Object.fromEntries(left), ...flags });
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
