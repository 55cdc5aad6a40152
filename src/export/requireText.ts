import { OptionError } from "../constraint/constraint.js";

/**
 * How an operation is written in a language.
 *
 * @param texts of the operations of its kind, by name
 * @param facet what the file with the text is called after the operation's name
 * @throws OptionError where the operation has none
 */
export function requireText<Text>(
  where: string,
  facet: "numpy" | "pytorch",
  texts: Readonly<Record<string, Text>>,
  name: string,
): Text {
  if (Object.hasOwn(texts, name)) return texts[name];
  throw new OptionError(
    `${where}: ${name} has no text in this language, which ${Object.keys(texts).join(", ")} have; ` +
      `take one of these, write ${name}.${facet}.ts, or export as TypeScript`,
  );
}
