import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { numbersOf } from "../../src/ops/choice.js";
import { schedules } from "../../src/ops/generated/schedules.js";
import { names, type ScheduleName, type ScheduleSpec } from "../../src/ops/names.js";
import type { ScheduleDefinition, Seen } from "../../src/ops/schedule/schedule.js";

const definitionOf = (name: ScheduleName): ScheduleDefinition => schedules[name];

const startOf = ({ remembers = {} }: ScheduleDefinition): Seen =>
  Object.fromEntries(Object.entries(remembers).map(([key, { default: start }]) => [key, start]));

/** The factor of every step of a run. */
function factorsOf(spec: ScheduleSpec, steps: number): number[] {
  const definition = definitionOf(typeof spec === "string" ? spec : spec.type);
  const options = numbersOf(spec, schedules);
  return Array.from({ length: steps }, (_, step) => definition.factor({ step, steps, options }, startOf(definition)));
}

/** Made by test/fixtures/schedules.py with PyTorch 1.13. */
const golden = JSON.parse(readFileSync(new URL("../fixtures/schedules.json", import.meta.url), "utf8")) as {
  readonly values: readonly number[];
  readonly bySteps: readonly {
    readonly type: ScheduleName;
    readonly options: object;
    readonly steps: number;
    readonly factors: readonly number[];
  }[];
  readonly byChecks: readonly { readonly options: object; readonly factors: readonly number[] }[];
};

const expectClose = (obtained: readonly number[], expected: readonly number[]): void => {
  expect(obtained.length).toBe(expected.length);
  // PyTorch multiplies from step to step, and so rounds some dozen times.
  for (const [k, value] of expected.entries()) expect(Math.abs(obtained[k] - value), `${k}`).toBeLessThan(1e-14);
};

describe("schedules", () => {
  it.each(golden.bySteps)(
    "have PyTorch's factors: $type $options over $steps steps",
    ({ type, options, steps, factors }) => {
      expectClose(factorsOf({ type, ...options } as ScheduleSpec, steps), factors);
    },
  );

  it("have golden numbers, each that goes by the step", () => {
    const known = new Set(golden.bySteps.map(({ type }) => type));
    expect(names.schedules.filter((name) => definitionOf(name).remembers === undefined && !known.has(name))).toEqual(
      [],
    );
  });

  it.each(golden.byChecks)("reduce on a plateau as PyTorch's does: $options", ({ options: given, factors }) => {
    const definition: ScheduleDefinition = schedules.reduceOnPlateau;
    const options = numbersOf({ type: "reduceOnPlateau", ...given }, schedules);
    const at = { step: 5, steps: 10, options };
    let seen = startOf(definition);
    const found = golden.values.map((value) => {
      seen = definition.follow?.(at, seen, value) ?? seen;
      return definition.factor(at, seen);
    });
    expectClose(found, factors);
  });

  it("by hand: a cosine of four steps, and one after a warm-up of two", () => {
    // (1 + cos(π t / 4)) / 2, with cos(π/4) = √½
    expectClose(factorsOf("cosine", 4), [1, (1 + Math.SQRT1_2) / 2, 1 / 2, (1 - Math.SQRT1_2) / 2]);
    // 1/3, 2/3, then (1 + cos(π t / 2)) / 2
    expectClose(factorsOf({ type: "cosine", warmup: 0.5 }, 4), [1 / 3, 2 / 3, 1, 1 / 2]);
  });

  it.each(names.schedules)("stay between 0 and 1, reach 1, and are finite in runs of any length: %s", (name) => {
    const { options } = definitionOf(name);
    const numbers = Object.entries(options).map(([key, { constraint, default: usual }]) => {
      const { min = 0, max = 1, whole } = constraint;
      const most = Math.min(max, 0.999);
      return [key, whole ? fc.constant(usual) : fc.double({ min: Math.max(min, 1e-6), max: most, noNaN: true })];
    });
    fc.assert(
      fc.property(
        fc.record(Object.fromEntries(numbers) as Record<string, fc.Arbitrary<number>>),
        fc.integer({ min: 1, max: 300 }),
        (given, steps) => {
          fc.pre(Math.round(Number(given.warmup) * steps) < steps);
          const factors = factorsOf({ type: name, ...given } as ScheduleSpec, steps);
          expect(factors.every((factor) => factor >= 0 && factor <= 1 + 1e-12)).toBe(true);
          // The top of one cycle may lie between two steps.
          if (steps > 20 && name !== "oneCycle") expect(Math.max(...factors)).toBeCloseTo(1, 12);
        },
      ),
      { numRuns: 100 },
    );
  });

  it("make no step of one cycle NaN in the shortest runs", () => {
    expect(factorsOf("oneCycle", 1)).toEqual([1]);
    expect(factorsOf({ type: "oneCycle", warmup: 0.5 }, 2)).toEqual([1, 4e-6]);
  });
});
