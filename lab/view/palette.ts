import { signal } from "@preact/signals";

/** Colours of classes after the two of the palette, as lines have them. */
const classColours = ["class-0", "class-1", "line-2", "line-3", "line-4", "line-5"];

const dark = matchMedia("(prefers-color-scheme: dark)");
/** Grows with each change between light and dark: what is drawn on canvas must be drawn again. */
export const schemeChanges = signal(0);
dark.addEventListener("change", () => schemeChanges.value++);

/** A colour of the palette as red, green and blue, 0 … 255. */
export function colourOf(name: string): [red: number, green: number, blue: number] {
  const text = getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  const value = Number.parseInt(text.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

/** Colour of class k. */
export function classColour(k: number): string {
  return classColours[k % classColours.length];
}

/** What was made of the palette in this scheme: asking the style sheet for it takes longer than drawing with it. */
const tables = new Map<string, { readonly scheme: number; readonly colours: Uint8ClampedArray }>();

function tableOf(name: string, make: () => Uint8ClampedArray): Uint8ClampedArray {
  const scheme = schemeChanges.peek();
  const made = tables.get(name);
  if (made?.scheme === scheme) return made.colours;
  const colours = make();
  tables.set(name, { scheme, colours });
  return colours;
}

/** Colours of a probability or a number, 0 … 255, in the eleven bands of the palette. */
export const fieldColours = (): Uint8ClampedArray => tableOf("field", makeFieldColours);

/** Colours of classes under their points: paler than the points. */
export const classColours256 = (): Uint8ClampedArray => tableOf("classes", makeClassColours);

function makeFieldColours(): Uint8ClampedArray {
  const bands = Array.from({ length: 11 }, (_, k) => colourOf(`field-${k}`));
  return table((byte) => bands[Math.min(10, Math.floor((byte / 256) * 11))]);
}

function makeClassColours(): Uint8ClampedArray {
  const paper = colourOf("paper");
  const pale = classColours.map((name) => {
    const colour = colourOf(name);
    return colour.map((channel, i) => 0.35 * channel + 0.65 * paper[i]);
  });
  return table((byte) => pale[byte % pale.length]);
}

function table(colour: (byte: number) => readonly number[]): Uint8ClampedArray {
  const colours = new Uint8ClampedArray(256 * 3);
  for (let byte = 0; byte < 256; byte++) colours.set(colour(byte), byte * 3);
  return colours;
}
