import fc from "fast-check";
import type { ActivationSpec, InitializerSpec, OptimizerSpec, TrainingSpec } from "gradproof";
import type { NumberRange } from "gradproof/constraint";
import {
  activationVocabulary,
  hiddenActivations,
  initializerVocabulary,
  namesOf,
  optimizerVocabulary,
  outputActivationFor,
  type Registry,
} from "gradproof/ops";
import { DIGIT_SIDE, type PointSource, shapeOf } from "gradproof/pipeline";
import type { Experiment, RunSpec } from "../../lab/experiment/experiment.js";
import { parseExperiment, plainExperiment } from "../../lab/experiment/parseExperiment.js";
import { anySource } from "../pipeline/points/anySource.js";

const seed = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const between = (min: number, max: number): fc.Arbitrary<number> => fc.double({ min, max, noNaN: true });
const keep = between(0.3, 1);
/** Of a list, any that are there. */
const some = <T>(record: { [K in keyof T]: fc.Arbitrary<T[K]> }) => fc.record<T, never>(record, { requiredKeys: [] });

/** A number in a range, moderate, so that few runs break. */
function anyNumber({ min, max, above, below, whole }: NumberRange): fc.Arbitrary<number> {
  const low = Math.max(min ?? -1, above === undefined ? -1 : above + 0.01);
  const high = Math.min(max ?? low + 1, below === undefined ? low + 1 : below - 0.01);
  return whole ? fc.integer({ min: Math.ceil(low), max: Math.floor(high) }) : between(low, high);
}

/** An operation: its name alone, or with any of its numbers. */
function anyOf<Operations extends Registry>(
  operations: Operations,
  names: readonly string[] = namesOf(operations),
): fc.Arbitrary<unknown> {
  return fc.constantFrom(...names).chain((type) => {
    const options = Object.entries(operations[type].options).map(([key, { constraint }]) => [
      key,
      anyNumber(constraint),
    ]);
    return fc.oneof(
      fc.constant(type),
      some(Object.fromEntries(options)).map((numbers) => ({ type, ...numbers })),
    );
  });
}

const activation = anyOf(activationVocabulary.operations, hiddenActivations) as fc.Arbitrary<ActivationSpec>;
const initializer = anyOf(initializerVocabulary.operations) as fc.Arbitrary<InitializerSpec>;
const optimizer = anyOf(optimizerVocabulary.operations) as fc.Arbitrary<OptimizerSpec>;
const ofLayer = some({ initializer, bias: between(-1, 1) });

function anyNetwork(points: PointSource): fc.Arbitrary<RunSpec["network"]> {
  const { features, classes, outputs } = shapeOf(points);
  const task = classes === undefined ? "regression" : classes === 2 ? "binary" : "multiclass";
  const hidden = fc.record({ type: fc.constant("dense" as const), units: fc.integer({ min: 1, max: 3 }), activation });
  return fc
    .record({
      inputs: fc.constant(features),
      hidden: fc.array(fc.tuple(hidden, ofLayer), { maxLength: 3 }),
      last: ofLayer,
      rest: some({
        initializer,
        seed,
        dtype: fc.constantFrom("float64" as const, "float32" as const),
        ...(task === "regression" && { loss: fc.constantFrom("meanSquaredError" as const, "huber" as const) }),
      }),
    })
    .map(({ inputs, hidden, last, rest }) => ({
      inputs,
      layers: [
        ...hidden.map(([layer, own]) => ({ ...layer, ...own })),
        { type: "dense" as const, units: outputs, activation: outputActivationFor(task), ...last },
      ],
      ...rest,
    }));
}

/** What is dropped, by hidden layer or in all alike. */
const anyKeep = (hidden: number): fc.Arbitrary<number | number[]> =>
  fc.oneof(keep, fc.array(keep, { minLength: hidden, maxLength: hidden }));

function anyTraining(points: PointSource, hidden: number): fc.Arbitrary<TrainingSpec> {
  const { classes } = shapeOf(points);
  const settings = { learningRate: between(0.001, 0.1), l2: between(0, 1), keep: anyKeep(hidden), inputKeep: keep };
  const metric = fc.constantFrom(
    "cost" as const,
    ...(classes === undefined ? (["mse"] as const) : (["accuracy"] as const)),
  );
  const length = fc.oneof(
    fc.record({ iterations: fc.integer({ min: 1, max: 12 }) }),
    fc.record({ epochs: fc.integer({ min: 1, max: 4 }) }),
  );
  const changes = fc
    .uniqueArray(fc.tuple(fc.nat(12), some(settings)), { selector: ([iteration]) => iteration, maxLength: 2 })
    .map((all) => all.sort(([a], [b]) => a - b).map(([iteration, change]) => ({ iteration, ...change })));
  const step = fc.constantFrom("rotation" as const, "shift" as const, { type: "elastic", pixels: 1 } as const);
  const rest = some({
    ...settings,
    optimizer,
    batchSize: fc.integer({ min: 1, max: 3 }),
    dropoutReseed: seed,
    ...(classes !== undefined && {
      classWeight: fc.oneof(
        fc.constant("balanced" as const),
        fc.array(between(0.1, 3), { minLength: classes, maxLength: classes }),
      ),
    }),
    earlyStopping: fc.record(
      { patience: fc.integer({ min: 1, max: 3 }), metric, minDelta: between(0, 0.1) },
      { requiredKeys: ["patience"] },
    ),
    changes,
    ...(points.kind === "digits" && {
      augmentation: fc.record({
        height: fc.constant(DIGIT_SIDE),
        width: fc.constant(DIGIT_SIDE),
        steps: fc.array(step, { maxLength: 2 }),
      }),
    }),
    seed,
    recordEvery: fc.integer({ min: 1, max: 5 }),
    recordCleanCost: fc.boolean(),
  });
  return fc.tuple(length, rest).map(([length, rest]) => ({ ...length, ...rest }));
}

/** A small experiment of one run, of anything that the lab can hold, as it comes from a link. */
export const anyExperiment: fc.Arbitrary<Experiment> = anySource.chain((data) =>
  anyNetwork(data)
    .chain((network) =>
      fc.record({
        name: fc.string({ minLength: 1 }),
        network: fc.constant(network),
        training: anyTraining(data, network.layers.length - 1),
        normalize: fc.boolean(),
      }),
    )
    .map((run) => parseExperiment(JSON.parse(JSON.stringify(plainExperiment({ data, runs: [run] }))))),
);
