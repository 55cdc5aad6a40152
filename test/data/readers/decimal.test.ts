import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseDecimal as parseBytes } from "../../../src/data/readers/decimal.js";

/** Of a text, undefined where it is no number. */
function parseDecimal(text: string, mark = "."): number | undefined {
  const around = new TextEncoder().encode(`9${text}9`);
  const number = parseBytes(around, 1, around.length - 1, mark.charCodeAt(0));
  return Number.isNaN(number) ? undefined : number;
}

/** The same by the language's own means. */
const decimal = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
const byPattern = (text: string): number | undefined => (decimal.test(text) ? Number(text) : undefined);

describe("parseDecimal", () => {
  it.each([
    ["0", 0],
    ["-0", -0],
    ["+1", 1],
    [".5", 0.5],
    ["-.5", -0.5],
    ["5.", 5],
    ["007", 7],
    ["1e3", 1000],
    ["1E-3", 0.001],
    ["9007199254740991", 9007199254740991],
    ["9007199254740993", 9007199254740992], // a tie between two float64, to even
    ["0.1", 0.1],
    ["179769313486231580793e289", Number.POSITIVE_INFINITY],
    ["4.9e-324", 5e-324],
    ["0.0000000000000000000000123", 1.23e-23],
  ])("%s", (text, number) => {
    expect(parseDecimal(text)).toBe(number);
  });

  it.each(["", " ", "+", "-", ".", "+.", "e3", ".e3", "1e", "1e+", "1e3.5", "1 ", " 1", "0x10", "1,000", "1_0", "--1"])(
    "no number: %j",
    (text) => {
      expect(parseDecimal(text)).toBeUndefined();
    },
  );

  it("says of any text what the pattern and Number say", () => {
    const characters = fc.string({ unit: fc.constantFrom(..."0123456789..++--eE "), maxLength: 24 });
    fc.assert(
      fc.property(characters, (text) => {
        expect(parseDecimal(text)).toBe(byPattern(text));
      }),
      { numRuns: 5000 },
    );
  });

  it("rounds every number as the language does, in every notation", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer({ min: 0, max: 30 }), (x, places) => {
        for (const text of [String(x), x.toExponential(), x.toFixed(places), x.toPrecision(17)]) {
          expect(parseDecimal(text)).toBe(Number(text));
        }
      }),
      { numRuns: 3000 },
    );
    // Digits with a point anywhere: most go by one division.
    const digits = fc.tuple(
      fc.string({ unit: fc.constantFrom(..."0123456789"), minLength: 1, maxLength: 20 }),
      fc.nat(20),
    );
    fc.assert(
      fc.property(digits, ([text, at]) => {
        const pointed = `${text.slice(0, at)}.${text.slice(at)}`;
        expect(parseDecimal(pointed)).toBe(Number(pointed));
      }),
      { numRuns: 5000 },
    );
  });
});
