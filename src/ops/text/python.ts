/**
 * A Python string literal. Names come from outside: what is no visible character (controls, line ends, marks that turn
 * the direction of text, halves of pairs) is escaped, so that it can neither end the literal nor hide what it says.
 */
export function pythonString(text: string): string {
  let result = '"';
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (character === '"' || character === "\\") result += `\\${character}`;
    else if (character === "\n") result += "\\n";
    else if (character === " " || !/[\p{C}\p{Z}]/u.test(character)) result += character;
    else if (code > 0xffff) result += `\\U${code.toString(16).padStart(8, "0")}`;
    else result += `\\u${code.toString(16).padStart(4, "0")}`;
  }
  return `${result}"`;
}

/** A number as a Python literal that reads back as the same double. */
export function pythonNumber(value: number): string {
  return Object.is(value, -0) ? "-0.0" : String(value);
}
