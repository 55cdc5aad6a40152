/** A text from outside as it may stand in a message: quoted, control characters escaped, cut to a readable length. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 39)}…` : text);
}

/** Several of them, comma-separated; after the first 12 only their number. */
export function quotedList(texts: readonly string[]): string {
  const shown = texts.slice(0, 12).map(quoted).join(", ");
  return texts.length > 12 ? `${shown} and ${texts.length - 12} more` : shown;
}
