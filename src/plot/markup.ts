/** Text that is markup already and goes into a document as it is. */
export class Markup {
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }
}

/** What may stand in a `markup` template. Text is escaped; numbers are coordinates; lists are joined, nothing is nothing. */
export type Part = string | number | Markup | undefined | false | readonly Part[];

/**
 * Builds SVG or HTML from a template. Whatever is put in is escaped unless it is Markup itself, so that a name from a file
 * can never become an element or an attribute, wherever it lands.
 */
export function markup(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(strings.reduce((built, string, i) => built + render(parts[i - 1]) + string));
}

function render(part: Part): string {
  if (part === undefined || part === false) return "";
  if (part instanceof Markup) return part.source;
  if (typeof part === "number") return String(coordinate(part));
  if (typeof part === "string") return escapeMarkup(part);
  return part.map(render).join("");
}

/** A number of pixels, to a hundredth: finer than any screen, and half the bytes. */
export function coordinate(value: number): number {
  if (!Number.isFinite(value)) throw new RangeError(`chart: a coordinate came out as ${value}`);
  // Adding 0 turns −0 into 0.
  return Math.round(value * 100) / 100 + 0;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text made safe inside elements and quoted attributes; characters that XML forbids become the replacement character. */
export function escapeMarkup(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "\uFFFD")
    .replace(/[&<>"']/g, (character) => ENTITIES[character]);
}
