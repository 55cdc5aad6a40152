/** Lines of a program one below the other; those that are false or undefined are left out. */
export function lines(...parts: readonly (string | false | undefined)[]): string {
  return parts.filter((part) => typeof part === "string").join("\n");
}

/** A text with every line that is not empty moved right by so many spaces. */
export function indented(text: string, spaces = 4): string {
  return text.replace(/^(?=.)/gm, " ".repeat(spaces));
}

/** A number so that Python and JavaScript read the same float64 back: the shortest digits that do. */
export function literal(value: number): string {
  return Object.is(value, -0) ? "-0.0" : String(value);
}

/**
 * A text from outside as a string literal of Python and of TypeScript, also fit for a comment: quoted, everything but
 * plain letters, signs and spaces escaped, so that no line ends in it, no lone surrogate stops the file from being
 * UTF-8, and no mark that turns the direction of writing shows a reader other code than runs.
 */
export function stringLiteral(text: string): string {
  // What JSON escapes, `\"`, `\\`, `\n`, `\u001f` and lone surrogates, both languages read alike.
  return JSON.stringify(text).replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (mark) =>
      [...Array(mark.length).keys()]
        .map((k) => `\\u${mark.charCodeAt(k).toString(16).padStart(4, "0")}`)
        .join(""),
  );
}

/** Items of a list, comma-separated, on as many lines as they need. */
export function wrapped(items: readonly string[], width = 116): string {
  const rows: string[] = [];
  let row = "";
  for (const item of items) {
    const next = row === "" ? `${item},` : `${row} ${item},`;
    if (next.length > width && row !== "") {
      rows.push(row);
      row = `${item},`;
    } else {
      row = next;
    }
  }
  if (row !== "") rows.push(row);
  return rows.join("\n");
}
