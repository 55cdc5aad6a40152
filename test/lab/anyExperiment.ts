import fc from "fast-check";
import {
  type ActivationSpec,
  type AverageSpec,
  type InitializerSpec,
  type LayerSpec,
  type LossSpec,
  type OptimizerSpec,
  OptionError,
  type ScheduleSpec,
  type TrainingSpec,
} from "gradproof";
import type { NumberRange } from "gradproof/constraint";
import { parameterCount, programOf } from "gradproof/network";
import {
  activationVocabulary,
  averageVocabulary,
  hiddenActivations,
  initializerVocabulary,
  layerVocabulary,
  lossVocabulary,
  namesOf,
  optimizerVocabulary,
  outputActivationFor,
  type Registry,
  scheduleVocabulary,
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

/** Of schedules: a run has steps left after its warm-up, and a learning rate to its end, however short it is. */
const lasting: Readonly<Record<string, fc.Arbitrary<number>>> = {
  warmup: between(0, 0.4),
  factor: between(0.6, 0.99),
  end: between(0.01, 1),
};

/** Any numbers for some of the options. */
function numbersFor(options: Registry[string]["options"]): fc.Arbitrary<object> {
  const numbers = Object.entries(options).map(([key, { constraint }]) => [key, lasting[key] ?? anyNumber(constraint)]);
  return some(Object.fromEntries(numbers));
}

/** An operation: its name alone, or with any of its numbers. */
function anyOf<Operations extends Registry>(
  operations: Operations,
  names: readonly string[] = namesOf(operations),
): fc.Arbitrary<unknown> {
  return fc.constantFrom(...names).chain((type) => {
    return fc.oneof(
      fc.constant(type),
      numbersFor(operations[type].options).map((numbers) => ({ type, ...numbers })),
    );
  });
}

const activation = anyOf(activationVocabulary.operations, hiddenActivations) as fc.Arbitrary<ActivationSpec>;
const initializer = anyOf(initializerVocabulary.operations) as fc.Arbitrary<InitializerSpec>;
const optimizer = anyOf(optimizerVocabulary.operations) as fc.Arbitrary<OptimizerSpec>;
const average = anyOf(averageVocabulary.operations) as fc.Arbitrary<AverageSpec>;
/** Only the learning rate goes by what the run does. */
const scheduleOf = (names: readonly string[]): fc.Arbitrary<ScheduleSpec> =>
  anyOf(scheduleVocabulary.operations, names) as fc.Arbitrary<ScheduleSpec>;
const anySchedule = scheduleOf(namesOf(scheduleVocabulary.operations));
const stepwise = scheduleOf(
  Object.entries(scheduleVocabulary.operations).flatMap(([name, definition]) =>
    "remembers" in definition ? [] : [name],
  ),
);
const ofLayer = some({ initializer, bias: between(-1, 1) });
const units = fc
  .tuple(fc.record({ type: fc.constant("dense" as const), units: fc.integer({ min: 1, max: 3 }), activation }), ofLayer)
  .map(([layer, own]): LayerSpec => ({ ...layer, ...own }));

/** The types of layers whose numbers may all be left out. */
const plain = Object.entries(layerVocabulary.operations).flatMap(([type, { example, options = {} }]) =>
  Object.keys(example.spec).every((key) => key === "type" || key in options) ? [{ type, options }] : [],
);

/** A layer of any type but those of codes; edges are for one feature, and repeated for those there are. */
const anyLayer = (depth: number): fc.Arbitrary<LayerSpec> => {
  const inner = fc.array(fc.oneof(units, anyLayerAt(depth + 1)), { minLength: 1, maxLength: 2 });
  return fc.oneof(
    fc
      .constantFrom(...plain)
      .chain(({ type, options }) => numbersFor(options).map((numbers) => ({ type, ...numbers }) as LayerSpec)),
    fc.record({ type: fc.constant("activation" as const), activation }),
    fc.record(
      {
        type: fc.constant("piecewiseLinear" as const),
        edges: fc.constantFrom([[-1, 0.5]], [[-1, 0, 2]]),
        dimension: fc.integer({ min: 1, max: 2 }),
      },
      { requiredKeys: ["type", "edges"] },
    ),
    ...(depth > 1
      ? []
      : [
          fc.record({ type: fc.constant("residual" as const), layers: inner }),
          fc.record({
            type: fc.constant("concatenation" as const),
            branches: fc.array(
              fc.record(
                {
                  name: fc.constant("one"),
                  rows: fc.constantFrom("all" as const, [0, 1] as const, [[0, 1] as const]),
                  layers: inner,
                },
                { requiredKeys: [] },
              ),
              { minLength: 1, maxLength: 1 },
            ),
          }),
        ]),
  );
};
const anyLayerAt = (depth: number): fc.Arbitrary<LayerSpec> => fc.constant(depth).chain(anyLayer);

/** Parameters that make a network of a test slow. */
const MANY = 5000;

/** Of the layers those that fit what is before them, and leave the network small. */
function fitting(inputs: number, layers: readonly LayerSpec[]): readonly LayerSpec[] {
  const taken: LayerSpec[] = [];
  for (const layer of layers) {
    const { values, output } = programOf(inputs, taken);
    const { rows } = values[output];
    const fitted =
      layer.type === "piecewiseLinear"
        ? { ...layer, edges: Array.from({ length: rows }, () => layer.edges[0]) }
        : layer;
    try {
      const { layout } = programOf(inputs, [...taken, fitted]);
      if (parameterCount(layout) < MANY) taken.push(fitted);
    } catch (error) {
      if (!(error instanceof OptionError)) throw error;
    }
  }
  return taken;
}

/** A loss for the task, with the activation of the outputs that it is made for; counts are not what the points have. */
function anyLoss(task: string): fc.Arbitrary<{ loss: LossSpec; activation: ActivationSpec }> {
  const fits = Object.entries(lossVocabulary.operations).filter(
    ([, traits]) => traits.task === task && !("targets" in traits),
  );
  const names = fits.map(([name]) => name);
  return (anyOf(lossVocabulary.operations, names) as fc.Arbitrary<LossSpec>).map((loss) => {
    const traits = lossVocabulary.operations[typeof loss === "string" ? loss : loss.type];
    return { loss, activation: "activation" in traits ? traits.activation : outputActivationFor(traits.task) };
  });
}

function anyNetwork(points: PointSource): fc.Arbitrary<RunSpec["network"]> {
  const { features, classes, outputs } = shapeOf(points);
  const task = classes === undefined ? "regression" : classes === 2 ? "binary" : "multiclass";
  return fc
    .record({
      hidden: fc.array(fc.oneof(units, anyLayer(0)), { maxLength: 4 }),
      last: ofLayer,
      apart: fc.boolean(),
      members: fc.boolean(),
      chosen: anyLoss(task),
      rest: some({
        initializer,
        seed,
        dtype: fc.constantFrom("float64" as const, "float32" as const),
        loss: fc.constant(true),
      }),
    })
    .map(({ hidden, last, apart, members, chosen: { loss, activation }, rest: { loss: named, ...rest } }) => {
      const own = named === undefined ? outputActivationFor(task) : activation;
      const sums = { type: "dense" as const, units: outputs, ...last };
      const output = { ...sums, activation: own };
      const before = fitting(features, hidden);
      const shared = { type: "members" as const, members: 2, layers: [...before, output] };
      return {
        inputs: features,
        layers:
          members && before.length > 0 && fitting(features, [shared]).length > 0
            ? [shared]
            : apart
              ? [...before, { ...sums, activation: "linear" }, { type: "activation", activation: own }]
              : [...before, output],
        ...rest,
        ...(named !== undefined && { loss }),
      };
    });
}

/** What is dropped, by hidden layer or in all alike. */
const anyKeep = (hidden: number): fc.Arbitrary<number | number[]> =>
  fc.oneof(keep, fc.array(keep, { minLength: hidden, maxLength: hidden }));

function anyTraining(points: PointSource, { inputs, layers }: RunSpec["network"]): fc.Arbitrary<TrainingSpec> {
  const { classes } = shapeOf(points);
  const { sites, steps, layout } = programOf(inputs, layers);
  const hidden = sites.filter((site, k) => k > 0 && site.keep === undefined).length;
  const matrices = layout.filter(({ decays }) => decays).length;
  // The last batch of an epoch may be smaller than the others.
  const anyBatch = steps.every(({ operation }) => operation.leastExamples === undefined);
  const lambda = fc.oneof(between(0, 1), fc.array(between(0, 1), { minLength: matrices, maxLength: matrices }));
  const settings = {
    learningRate: between(0.001, 0.1),
    l1: lambda,
    l2: lambda,
    keep: anyKeep(hidden),
    inputKeep: keep,
    clipNorm: between(0.1, 2),
    clipValue: between(0.1, 2),
  };
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
    schedule: anySchedule,
    l2Schedule: stepwise,
    weightDecaySchedule: stepwise,
    keepSchedule: stepwise,
    average,
    ...(anyBatch && { batchSize: fc.integer({ min: 1, max: 3 }) }),
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
        training: anyTraining(data, network),
        normalize: fc.boolean(),
      }),
    )
    .map((run) => parseExperiment(JSON.parse(JSON.stringify(plainExperiment({ data, runs: [run] }))))),
);
