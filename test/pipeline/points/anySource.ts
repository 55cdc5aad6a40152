import fc from "fast-check";
import { type GeneratedPoints, generatorNames, type OwnPoints, type PointSource } from "gradproof/pipeline";

/** Points of one's own, whose names need more than ASCII. */
export const own: OwnPoints = {
  kind: "own",
  name: "größe.csv",
  featureNames: ["a", "b"],
  classNames: ["no", "yes"],
  features: [
    [0, 1, 2, 3, 4, 5],
    [5, 4, 3, 2, 1, 0.1],
  ],
  targets: [0, 1, 0, 1, 0, 1],
  test: 0.25,
  seed: 0,
};

const count = fc.integer({ min: 12, max: 24 });
const seed = fc.integer({ min: 0, max: 2 ** 32 - 2 });
/** In thousandths: features that differ by next to nothing do not fit float32 once they are normalized. */
const real = (min: number, max: number): fc.Arbitrary<number> =>
  fc.integer({ min: Math.ceil(1000 * min), max: Math.floor(1000 * max) }).map((k) => k / 1000);

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
    rare: real(0.5, 1),
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
      featureNames: fc.uniqueArray(fc.string(), { minLength: features, maxLength: features }),
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
