import { describe, expect, it } from "vitest";
import { CHART_STYLE, lineStyle } from "../../src/plot/theme.js";

/** The colours of a scheme, by name. */
function coloursOf(style: string): Map<string, string> {
  return new Map([...style.matchAll(/--([\w-]+):(#[0-9a-f]{6})/g)].map(([, name, colour]) => [name, colour]));
}

const [light, dark] = CHART_STYLE.split("@media").map(coloursOf);

/** Contrast of two colours, 1 … 21, as WCAG 2.1 defines it. */
function contrast(a: string, b: string): number {
  const luminance = (colour: string): number => {
    const [r, g, b] = [1, 3, 5].map((at) => {
      const c = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
      return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

describe.each([
  ["light", light],
  ["dark", dark],
])("the %s scheme", (_, colours) => {
  const colour = (name: string): string => colours.get(name) ?? "";

  it("has every colour of the other", () => expect([...colours.keys()]).toEqual([...light.keys()]));

  it.each(["ink", "muted", "accent", "line-0", "line-1", "line-2", "line-3", "line-4", "line-5"])(
    "has text in %s that is easy to read on paper and on tiles",
    (name) => {
      expect(contrast(colour(name), colour("paper"))).toBeGreaterThan(4.5);
      expect(contrast(colour(name), colour("raised"))).toBeGreaterThan(4.5);
    },
  );

  it("has numbers that are easy to read on every shade of a heat map", () => {
    for (let k = 0; k <= 5; k++) expect(contrast(colour("ink"), colour(`heat-${k}`))).toBeGreaterThan(4.5);
  });

  it("has examples and the line between classes that stand out from every band of the field", () => {
    for (let k = 0; k <= 10; k++) {
      expect(contrast(colour("ink"), colour(`field-${k}`))).toBeGreaterThan(4.5);
      expect(contrast(colour("class-0"), colour(`field-${k}`))).toBeGreaterThan(2);
      expect(contrast(colour("class-1"), colour(`field-${k}`))).toBeGreaterThan(2);
    }
  });
});

it("42 lines can be told apart by colour and dash", () => {
  expect(new Set(Array.from({ length: 42 }, (_, i) => JSON.stringify(lineStyle(i)))).size).toBe(42);
});
