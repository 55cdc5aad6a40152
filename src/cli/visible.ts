/** Control characters (C0, C1, DEL), and what turns the direction of a line or breaks it. */
const invisible = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

/**
 * A text from outside, such as the name of a column, as a terminal may show it: characters that the terminal would obey are
 * written as `\u001b`, in the way JSON has it.
 */
export function visible(text: string): string {
  return text.replace(invisible, escaped);
}

/** Whether {@link visible} writes any of it in another way. */
export function hasInvisible(text: string): boolean {
  return visible(text) !== text;
}

/** The same for a text of several lines. */
export function visibleLines(text: string): string {
  return text.replace(invisible, (character) => (character === "\n" ? character : escaped(character)));
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
