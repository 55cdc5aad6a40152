/** Brackets within brackets; an array has at most 64 dimensions, and lies in objects. */
const deepest = 80;

/**
 * A line of JSON as a value, and beside it the NaN, Infinity and -Infinity of Python.
 *
 * @throws SyntaxError for any other line, RangeError for one whose nesting no answer needs
 */
export function parseAnswer(line: string): unknown {
  if (depthOf(line) > deepest) throw new RangeError(`brackets nested more than ${deepest} deep`);
  try {
    return JSON.parse(line);
  } catch (error) {
    if (!/NaN|Infinity/.test(line)) throw error;
    const mark = "\uE000";
    const marked = line.replace(/"(?:[^"\\]|\\.)*"|-?\bInfinity\b|\bNaN\b/g, (token) =>
      token.startsWith('"') ? token : `"${mark}${token}"`,
    );
    return JSON.parse(marked, (_, value) =>
      typeof value === "string" && value.startsWith(mark) ? Number(value.slice(1)) : value,
    );
  }
}

function depthOf(line: string): number {
  let depth = 0;
  let most = 0;
  for (let i = 0; i < line.length; i++) {
    const character = line.charCodeAt(i);
    // A text may be 100 MB of base64: its end is looked for at once.
    if (character === 0x22) i = endOfText(line, i);
    else if (character === 0x5b || character === 0x7b) most = Math.max(most, ++depth);
    else if (character === 0x5d || character === 0x7d) depth--;
  }
  return most;
}

/** Where the quote stands that ends a text, or the end of the line. */
function endOfText(line: string, start: number): number {
  let end = line.indexOf('"', start + 1);
  while (end >= 0) {
    let backslashes = 0;
    while (line.charCodeAt(end - 1 - backslashes) === 0x5c) backslashes++;
    if (backslashes % 2 === 0) return end;
    end = line.indexOf('"', end + 1);
  }
  return line.length;
}
