import fc from "fast-check";
import { type GeneratedPoints, generatorNames, type OwnPoints, type PointSource } from "gradproof/pipeline";

const count = fc.integer({ min: 10, max: 24 });
const seed = fc.integer({ min: 0, max: 2 ** 32 - 2 });
const real = (min: number, max: number) => fc.double({ min, max, noNaN: true }).map((x) => x + 0); // no −0, as JSON

/** Images of digits, few of them. */
export const anyDigits: fc.Arbitrary<GeneratedPoints> = fc.record({
  kind: fc.constant("digits" as const),
  examples: count,
  test: count,
  noise: real(0, 0.1),
  seed,
});

/** Points in the plane, few of them, with anything that can be done to them. */
export const anyPlanePoints: fc.Arbitrary<GeneratedPoints> = fc.record(
  {
    kind: fc.constantFrom(...generatorNames.filter((name) => name !== "digits")),
    examples: count,
    test: count,
    noise: real(0, 2),
    seed,
    classes: fc.integer({ min: 2, max: 6 }),
    scale: fc.tuple(real(0.01, 100), real(0.01, 100)),
    offset: fc.tuple(real(-10, 10), real(-10, 10)),
    rare: real(0, 1),
    shuffled: fc.constant(true as const),
    leaked: real(0, 1),
  },
  { requiredKeys: ["kind", "examples", "test", "noise", "seed"] },
);

/** Points of one's own: classes or numbers, of one to three features. */
export const anyOwnPoints: fc.Arbitrary<OwnPoints> = fc
  .record({ features: fc.integer({ min: 1, max: 3 }), classes: fc.integer({ min: 1, max: 4 }), m: count })
  .chain(({ features, classes, m }) =>
    fc.record({
      kind: fc.constant("own" as const),
      name: fc.string(),
      featureNames: fc.array(fc.string(), { minLength: features, maxLength: features }),
      ...(classes > 1 && { classNames: fc.constant(Array.from({ length: classes }, (_, k) => `class ${k}`)) }),
      features: fc.array(fc.array(real(-5, 5), { minLength: m, maxLength: m }), {
        minLength: features,
        maxLength: features,
      }),
      targets: fc.array(classes > 1 ? fc.nat(classes - 1) : real(-5, 5), { minLength: m, maxLength: m }),
      test: real(0.2, 0.6),
      seed,
    }),
  );

export const anySource: fc.Arbitrary<PointSource> = fc.oneof(
  { weight: 4, arbitrary: anyPlanePoints },
  { weight: 3, arbitrary: anyOwnPoints },
  { weight: 1, arbitrary: anyDigits },
);
