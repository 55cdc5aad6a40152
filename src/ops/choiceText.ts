import { OptionError, requireName } from "../constraint/constraint.js";
import { type ChoiceSpec, namesOf, parseChoice, type Registry } from "./choice.js";

/**
 * A choice as it is typed: the name, and behind colons its numbers. One without a name belongs to the first option, of those
 * that not all operations have: `relu`, `normal:10`, `adam:beta1=0.5:weightDecay=0.1`.
 *
 * @param where what messages begin with
 * @throws OptionError for an unknown name or option, one given twice, and for what is no number or out of range
 */
export function choiceFromText<Operations extends Registry>(
  where: string,
  text: string,
  operations: Operations,
): ChoiceSpec<Operations> {
  const [word, ...parts] = text.split(":");
  const name = requireName(where, word, namesOf(operations));
  if (parts.length === 0) return name as ChoiceSpec<Operations>;
  const first = firstOption(name, operations);
  const numbers = new Map<string, unknown>();
  for (const part of parts) {
    const sign = part.indexOf("=");
    const [key, number] = sign < 0 ? [first, part] : [part.slice(0, sign), part.slice(sign + 1)];
    if (key === undefined) throw new OptionError(`${where}: ${name} takes no number without a name, got ${text}`);
    if (numbers.has(key)) throw new OptionError(`${where}: ${key} is given twice in ${text}`);
    // Where it is no number, the message should show the text.
    numbers.set(key, number.trim() === "" || Number.isNaN(Number(number)) ? number : Number(number));
  }
  return parseChoice(where, { type: name, ...Object.fromEntries(numbers) }, operations);
}

/** The text of a choice, as {@link choiceFromText} reads it. */
export function choiceText<Operations extends Registry>(spec: ChoiceSpec<Operations>, operations: Operations): string {
  if (typeof spec === "string") return spec;
  const { type, ...numbers }: { readonly type: string } = spec;
  const given = Object.entries(numbers).filter(([, value]) => value !== undefined);
  const first = firstOption(type, operations);
  return [type, ...given.map(([key, value], i) => (i === 0 && key === first ? value : `${key}=${value}`))].join(":");
}

/** The option that needs no name: what all operations have, as weight decay, is never meant without one. */
function firstOption(name: string, operations: Registry): string | undefined {
  const others = Object.keys(operations).filter((other) => other !== name);
  return Object.keys(operations[name].options).find(
    (key) => others.length === 0 || others.some((other) => !Object.hasOwn(operations[other].options, key)),
  );
}

/** A choice without numbers by its bare name, so that what means the same is the same. */
export function shortChoice<Operations extends Registry>(spec: ChoiceSpec<Operations>): ChoiceSpec<Operations> {
  if (typeof spec === "string") return spec;
  const { type, ...numbers }: { readonly type: string } = spec;
  return (Object.values(numbers).every((value) => value === undefined) ? type : spec) as ChoiceSpec<Operations>;
}
