import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { OptionError } from "../../src/constraint/constraint.js";
import type { ChoiceSpec, NumberOption, Registry } from "../../src/ops/choice.js";
import { choiceFromText, choiceText, shortChoice } from "../../src/ops/choiceText.js";
import { activations } from "../../src/ops/generated/activations.js";
import { initializers } from "../../src/ops/generated/initializers.js";
import { optimizers } from "../../src/ops/generated/optimizers.js";

const registries: Readonly<Record<string, Registry>> = { activations, initializers, optimizers };
const operations = Object.entries(registries).flatMap(([kind, registry]) =>
  Object.keys(registry).map((name) => [kind, name] as const),
);

/** Numbers that an option admits. */
function numberOf({ constraint: { min, max, above, below } }: NumberOption): fc.Arbitrary<number> {
  return fc
    .double({ min: above ?? min ?? -1e300, max: below ?? max ?? 1e300, noNaN: true })
    .filter((x) => !Object.is(x, -0) && x !== above && x !== below);
}

describe("a choice as text", () => {
  it.each(operations)("%s/%s: comes back as it was", (kind, name) => {
    const registry = registries[kind];
    const numbers = fc.record(
      Object.fromEntries(Object.entries(registry[name].options).map(([key, option]) => [key, numberOf(option)])),
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(numbers, (given) => {
        const spec = { type: name, ...given } as ChoiceSpec<Registry>;
        expect(choiceFromText("--it", choiceText(spec, registry), registry)).toEqual(shortChoice(spec));
      }),
      { numRuns: 30 },
    );
  });

  it("gives a number without a name to the first option", () => {
    expect(choiceFromText("--init", "normal:10", initializers)).toEqual({ type: "normal", scale: 10 });
    expect(choiceText({ type: "normal", scale: 10 }, initializers)).toBe("normal:10");
    expect(choiceFromText("--optimizer", "adam:0.5:weightDecay=0.1", optimizers)).toEqual({
      type: "adam",
      beta1: 0.5,
      weightDecay: 0.1,
    });
  });

  it.each([
    ["adm", /--optimizer must be one of .+, got "adm" \(did you mean adam\?\)/],
    ["adam:", /--optimizer: beta1 must be .+, got ""/],
    ["adam:2", /--optimizer: beta1 must be a finite number of at least 0 and below 1, got 2/],
    ["adam:beta3=1", /unknown option "beta3" \(did you mean beta/],
    ["adam:0.5:beta1=0.5", /--optimizer: beta1 is given twice in adam:0.5:beta1=0.5/],
    ["gradientDescent:1", /--optimizer: gradientDescent takes no number without a name, got gradientDescent:1/],
  ])("refuses %s", (text, message) => {
    expect(() => choiceFromText("--optimizer", text, optimizers)).toThrow(message);
  });

  it("is read or refused by name, whatever it is", () => {
    const parts = fc.array(fc.oneof(fc.string(), fc.constantFrom("adam", ":", "=", "beta1", "0.5", "__proto__")));
    fc.assert(
      fc.property(parts, (words) => {
        try {
          choiceFromText("--it", words.join(""), optimizers);
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(OptionError);
        }
      }),
    );
  });
});
