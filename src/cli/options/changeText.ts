import { OptionError, show } from "../../constraint/constraint.js";
import { parseChanges } from "../../training/changes.js";
import type { TrainingChange } from "../../training/spec.js";

/** Reads changes such as `500:learningRate=1e-4:keep=0.9-0.8`: the step, and behind colons what is new from then on. */
export function changesFromTexts(where: string, texts: unknown): readonly TrainingChange[] {
  if (!Array.isArray(texts)) throw new OptionError(`${where} must be an array of changes, got ${show(texts)}`);
  return parseChanges(
    where,
    texts.map((text) => changeFromText(where, text)),
  );
}

function changeFromText(where: string, text: unknown): object {
  const [step, ...settings] = typeof text === "string" ? text.split(":") : [];
  const parts = settings.map((setting) => setting.split("="));
  if (step === undefined || parts.length === 0 || parts.some((part) => part.length !== 2)) {
    throw new OptionError(`${where} must be a step and what changes there, such as 500:l2=0.1, got ${show(text)}`);
  }
  const names = parts.map(([name]) => name);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) throw new OptionError(`${where}: ${twice} is given twice in ${text}`);
  return { iteration: numberIn(step), ...Object.fromEntries(parts.map(([name, value]) => [name, valueIn(value)])) };
}

/** Where it is no number, the message should show the text. */
function numberIn(text: string): unknown {
  return text.trim() === "" || Number.isNaN(Number(text)) ? text : Number(text);
}

/** One number, or one a layer between dashes. */
function valueIn(text: string): unknown {
  const parts = undashed(text);
  return parts.length === 1 ? numberIn(text) : parts.map(numberIn);
}

/** Splits at dashes, but for those of numbers such as `-1` and `1e-3`. */
export function undashed(text: string): string[] {
  return text.split(/(?<=[^:=])(?<!\d[eE])-(?=.)/);
}

/** The text of a change, as {@link changesFromTexts} reads it. */
export function changeText({ iteration, ...settings }: TrainingChange): string {
  const parts = Object.entries(settings).map(
    ([name, value]) => `${name}=${Array.isArray(value) ? value.join("-") : value}`,
  );
  return [iteration, ...parts].join(":");
}
