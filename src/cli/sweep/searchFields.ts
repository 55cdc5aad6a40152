import type { SearchField } from "../../sweep/parseSearch.js";
import type { Settings, SettingValue } from "../../sweep/space.js";
import { undashed } from "../options/changeText.js";
import { configured } from "../options/configured.js";
import type { Option, Plain } from "../options/option.js";
import { type OptionName, type OptionValues, optionNamed, optionRows, options } from "../options/options.js";
import type { RunConfiguration } from "../options/runConfiguration.js";
import { parseNumber } from "../parse.js";

/** Of which operation it is, and so its range, is known once the settings of a trial are. */
const numberField: SearchField = {
  fromText: (where, text) => parseNumber(where, text, { kind: "number" }),
  range: "any",
};

/** What `--search` can search, by the names of options; of a choice also its numbers, such as `optimizer.beta1`. */
export const searchFields: Readonly<Record<string, SearchField>> = Object.fromEntries(
  optionRows.flatMap(([name, option]) => [
    ...(option.search === undefined ? [] : [[name, fieldOf(option)] as const]),
    ...Object.keys(option.numbers?.options ?? {})
      // One way is enough: the gain of an initializer is an option of its own.
      .filter((key) => !Object.hasOwn(options, key))
      .map((key) => [`${name}.${key}`, numberField] as const),
  ]),
);

function fieldOf(option: Option<unknown>): SearchField {
  const { search } = option;
  return {
    fromText: (where, text) => settingOf(option.toPlain(option.fromText(where, typed(option, text)))),
    ...(search !== undefined && search !== "list" && { range: search }),
  };
}

/** A list that was written with dashes, as a flag takes it. */
function typed({ isList }: Option<unknown>, text: string): string {
  return isList ? undashed(text).join(",") : text;
}

/** Journals hold lists of numbers, and all other lists as the text that was typed. */
function settingOf(plain: Plain): SettingValue {
  if (typeof plain !== "object") return plain;
  const numbers = plain.filter((one) => typeof one === "number");
  return numbers.length === plain.length ? numbers : plain.join("-");
}

/** A setting as it is written after `--search`. */
export function settingText(value: SettingValue): string {
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.join("-");
  return String(value);
}

/**
 * The configuration of a trial.
 *
 * @param beside options that are given for all trials: where a setting takes the place of layers, they hold for the new ones
 * @throws OptionError for settings that do not fit each other
 */
export function withSettings(base: RunConfiguration, beside: OptionValues, settings: Settings): RunConfiguration {
  const entries = Object.entries(settings);
  const values = entries.flatMap(([name, setting]) =>
    Object.hasOwn(options, name) ? [[name, optionValue(name as OptionName, setting)]] : [],
  );
  const searched = new Set(Object.keys(settings));
  let configuration = configured(base, { ...beside, ...Object.fromEntries(values) });
  for (const [name, setting] of entries) {
    const [row, key] = name.split(".");
    const { numbers } = (Object.hasOwn(options, row) && optionNamed(row as OptionName)) || {};
    if (key !== undefined) configuration = numbers?.set(configuration, key, Number(setting), searched) ?? configuration;
  }
  return configuration;
}

function optionValue(name: OptionName, setting: SettingValue): unknown {
  const option = optionNamed(name);
  if (typeof setting === "string") return option.fromText(name, typed(option, setting));
  return option.fromPlain(name, setting);
}
