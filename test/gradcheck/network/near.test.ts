import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pieceIndexAt } from "../../../src/ops/activation/activation.js";
import { numbersOf } from "../../../src/ops/choice.js";
import { activations } from "../../../src/ops/generated/activations.js";
import { type ActivationName, activationNamed, names } from "../../../src/ops/names.js";

/** Every piece with a shortcut of its own. */
const shortcuts = names.activations.flatMap((name: ActivationName) =>
  (activationNamed(name).pieces ?? []).flatMap((piece, p) =>
    piece.near === undefined ? [] : [{ name, p, value: piece.value, near: piece.near }],
  ),
);

describe("a value near a known one", () => {
  it("has shortcuts where exponentials are dear", () => {
    expect(shortcuts.map(({ name }) => name)).toEqual(expect.arrayContaining(["sigmoid", "tanh"]));
  });

  it.each(shortcuts)("is that of $name to a few roundings", ({ name, p, value, near }) => {
    const n = numbersOf(name, activations);
    const pieces = activationNamed(name).pieces ?? [];
    const exact = (z: number): number => value(z, n);
    fc.assert(
      fc.property(
        fc.double({ min: -40, max: 40, noNaN: true }).filter((at) => pieceIndexAt(pieces, at) === p),
        fc.double({ min: -0.05, max: 0.05, noNaN: true }),
        (at, d) => {
          const a = exact(at + d);
          // a and a quotient of two sums: each is rounded once or twice.
          const roundings = 1e-15 * Math.max(1, Math.abs(a));
          expect(Math.abs(near(at + d, at, exact(at), n) - a)).toBeLessThanOrEqual(roundings);
          // −0 may come out as 0.
          expect(near(at, at, exact(at), n) + 0).toBe(exact(at) + 0);
        },
      ),
    );
  });
});
