import { type Checkpoint, dense, NonFiniteCostError, OptionError, predictTable } from "gradproof";
import { parseCsv } from "gradproof/csv";
import { configurationOf, fit as fitModel, parseConfiguration, prepare, resolve } from "gradproof/pipeline";
import { describe, expect, it } from "vitest";

const table = parseCsv(["x,y", ...Array.from({ length: 40 }, (_, i) => `${i},${i < 20 ? "low" : "high"}`)].join("\n"));
const data = { target: "y" };
const points = { kind: "circles", examples: 20, test: 10, noise: 0.1, seed: 1 } as const;

describe("a configuration", () => {
  it("comes back as it was given: nothing is filled in", () => {
    const given = {
      name: "run",
      data: { ...data, normalize: false, image: { height: 1, width: 1 } },
      network: { layers: [{ type: "dense", units: 3, activation: "tanh", initializer: "zeros" }, { type: "output" }] },
      training: { batchSize: "all", earlyStopping: { metric: "f1" }, augmentation: { steps: ["shift"] } },
    };
    expect(parseConfiguration(JSON.parse(JSON.stringify(given)))).toEqual(given);
  });

  it.each([
    [{ netwrok: {} }, 'configuration: unknown option "netwrok" (did you mean network?)'],
    [{ data: { normalize: 1 } }, "configuration: data: normalize must be one of robust, standard, none, got 1"],
    [{ data: { validation: 1 } }, "configuration: data: validation must be a finite number above 0 and below 1, got 1"],
    [{ training: { l2: -1 } }, "configuration: training: l2 must be a finite number of at least 0, got -1"],
    [
      { training: { batchSize: "some" } },
      'configuration: training: batchSize must be a whole number of at least 1, got "some"',
    ],
    [
      { network: { layers: [{ type: "output" }, { type: "output" }] } },
      "configuration: network: layer 1 is the output, which only the last layer can be",
    ],
    [
      { network: { layers: [{ type: "dense", units: 3 }] } },
      "configuration: network: layer 1: activation is missing; expected one of elu",
    ],
    [
      { data: { points: { ...points, examples: undefined } } },
      "examples is missing; expected a whole number of at least 10",
    ],
    [{ data: { points: { knd: "xor" } } }, 'points: unknown option "knd" (did you mean kind?)'],
    [{ network: { layers: [{ type: "output", units: 3 }] } }, "configuration: network: layer 1: unknown option"],
    [
      { data: { points, target: "y" } },
      "configuration: data: target is for tables, and there are points; leave it out",
    ],
    [{ data: { points: { ...points, noise: -1 } } }, "configuration: data: points: noise must be"],
  ])("%j is refused", (given, message) => {
    expect(() => parseConfiguration(given)).toThrow(OptionError);
    expect(() => parseConfiguration(given)).toThrow(message);
  });

  it("has at most 10,000 layers", () => {
    const layers = new Array(10_001).fill({ type: "dense", units: 1, activation: "relu" });
    expect(() => parseConfiguration({ network: { layers } })).toThrow(
      "configuration: network: layers must be at most 10000 in number, got 10001",
    );
    expect(parseConfiguration({ network: { layers: layers.slice(1) } }).network?.layers).toHaveLength(10_000);
  });

  it("takes from the data what it leaves out", () => {
    const { network, training } = resolve({ data }, prepare(table, { data }));
    expect(network).toMatchObject({ inputs: 1, loss: "binaryCrossEntropy", initializer: "he", dtype: "float32" });
    expect(network.layers.map((layer) => [layer.type, "units" in layer && layer.units])).toEqual([
      ["concatenation", false],
      ["dense", 128],
      ["dense", 128],
      ["dense", 1],
    ]);
    expect(training).toMatchObject({ epochs: 10, batchSize: 40, keep: 0.9, learningRate: 0.004 });
    expect(training).not.toHaveProperty("earlyStopping");
  });

  it("takes other numbers for other tasks and few rows, and those of version 3 as they were", () => {
    const numbers = (rows: number) =>
      parseCsv(["x,y", ...Array.from({ length: rows }, (_, i) => `${i},${i * 0.5}`)].join("\n"));
    const regression = { data: { target: "y" } };
    const { training } = resolve(regression, prepare(numbers(40), regression));
    expect(training).toMatchObject({ epochs: 20, keep: 1, optimizer: { type: "adam", beta2: 0.95, weightDecay: 0.3 } });
    expect(resolve(regression, prepare(numbers(12), regression)).training.epochs).toBe(1000);
    const old = { version: 3, data };
    const before = resolve(old, prepare(table, old));
    expect(before.network).toMatchObject({ dtype: "float64", layers: [{ units: 32 }, { units: 16 }, { units: 1 }] });
    expect(before.training).toMatchObject({
      ...{ epochs: 200, batchSize: 16, keep: 1, optimizer: { type: "adam", beta2: 0.999 }, learningRate: 0.001 },
      earlyStopping: { patience: 20, metric: "cost" },
    });
    expect(before.training).not.toHaveProperty("schedule");
  });

  it("watches the cost where early stopping is asked for, also of uneven classes", () => {
    const rare = parseCsv(["x,y", ...Array.from({ length: 60 }, (_, i) => `${i},${i < 4 ? 1 : 0}`)].join("\n"));
    const asked = { data: { target: "y" }, training: { earlyStopping: { patience: 3 } } };
    expect(resolve(asked, prepare(rare, asked)).training.earlyStopping).toMatchObject({ patience: 3, metric: "cost" });
  });

  it("leaves out the columns that are to be dropped, and so does what a model says of its training", async () => {
    const wide = parseCsv(["x,id,y", ...Array.from({ length: 20 }, (_, i) => `${i},${i * 7},${i % 2}`)].join("\n"));
    const { model } = await fitModel(wide, { data: { target: "y", drop: ["id"] }, training: { epochs: 1 } });
    expect(model.encoder.featureNames).toEqual(["x"]);
    const again = await fitModel(wide, configurationOf(model));
    expect(again.model.network.theta).toEqual(model.network.theta);
    expect(() => prepare(wide, { data: { target: "y", drop: ["idd"] } })).toThrow('no column "idd" to drop');
  });

  it.each([
    [{ data, trainng: { epochs: 1 } }, 'fit(): unknown option "trainng" (did you mean training?)'],
    [{ data: { ...data, validatoin: 0.5 } }, 'fit(): data: unknown option "validatoin" (did you mean validation?)'],
    [
      { data: { ...data, normalize: "false" } },
      'fit(): data: normalize must be one of robust, standard, none, got "false"',
    ],
    [{ data: { ...data, drop: "x" } }, "fit(): data: drop must be an array of column names"],
    [undefined, "fit() must be an object, got undefined"],
  ])("fit(table, %j) is refused", async (given, message) => {
    await expect(fitModel(table, given as never)).rejects.toThrow(message);
  });

  it.each([
    [{ data, trainng: { epochs: 1 } }, 'prepare(): unknown option "trainng" (did you mean training?)'],
    [
      { data: { ...data, normalize: "false" } },
      'prepare(): data: normalize must be one of robust, standard, none, got "false"',
    ],
    [{ data: { ...data, image: {} } }, "prepare(): data: image: height is missing; expected a whole number"],
    [undefined, "prepare(): configuration must be { data, network, training }, got undefined"],
  ])("prepare(table, %j) is refused", (given, message) => {
    expect(() => prepare(table, given as never)).toThrow(OptionError);
    expect(() => prepare(table, given as never)).toThrow(message);
  });

  it.each([
    [{ data: { tagret: "y" } }, 'resolve(): configuration.data: unknown option "tagret" (did you mean target?)'],
    [{ network: { layers: 3 } }, "network: layers must be an array of at least one layer"],
    [{ network: { laers: [] } }, 'network: unknown option "laers" (did you mean layers?)'],
  ])("resolve(%j, prepared) is refused", (given, message) => {
    const prepared = prepare(table, { data });
    expect(() => resolve(given as never, prepared)).toThrow(OptionError);
    expect(() => resolve(given as never, prepared)).toThrow(message);
  });

  it("refuses a loss of another task by its name", () => {
    const wrong = { data, network: { loss: "meanSquaredError" } } as const;
    expect(() => resolve(wrong, prepare(table, wrong))).toThrow(
      "network: the loss meanSquaredError is for the task regression, the data is binary; leave the loss out",
    );
  });

  it("gives the output the activation of the loss, and leaves counts as they are", () => {
    const rows = Array.from({ length: 40 }, (_, i) => `${i % 7},${(i * 5) % 23}`);
    const visits = parseCsv(["x,visits", ...rows].join("\n"));
    const counted = { data: { target: "visits", task: "regression" }, network: { loss: "poisson" } } as const;
    const prepared = prepare(visits, counted);
    expect(prepared.targetNormalizer).toBeUndefined();
    expect(prepared.train.Y.as("float64")).toEqual(prepared.raw.train.Y);
    // The output starts from the mean of the training rows.
    const counts = Array.from(prepared.train.Y.data);
    const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
    expect(resolve(counted, prepared).network.layers.at(-1)).toEqual(
      dense(1, "exponential", { bias: expect.closeTo(Math.log(mean), 12) }),
    );
    // No count, which training then says.
    const below = parseCsv(["x,visits", ...rows.map((row) => row.replace(",", ",-1"))].join("\n"));
    expect(resolve(counted, prepare(below, counted)).network.layers.at(-1)).toEqual(dense(1, "exponential"));
    const middle = { ...counted, network: { loss: { type: "quantile", tau: 0.9 } } } as const;
    expect(prepare(visits, middle).targetNormalizer).toBeDefined();
    expect(resolve(middle, prepare(visits, middle)).network).toMatchObject({
      loss: { type: "quantile", tau: 0.9 },
      layers: [{}, {}, {}, dense(1, "linear")],
    });
    const focal = { data, network: { loss: { type: "binaryFocal", gamma: 1 } } } as const;
    expect(resolve(focal, prepare(table, focal)).network.layers.at(-1)).toEqual(dense(1, "sigmoid"));
  });

  it("says by a word what is absent", () => {
    const whole = { data, training: { iterations: 5, batchSize: "all", earlyStopping: "none" } } as const;
    const { training } = resolve(whole, prepare(table, whole));
    expect(training).toMatchObject({ iterations: 5 });
    expect([training.batchSize, training.earlyStopping, training.epochs]).toEqual([undefined, undefined, undefined]);
  });

  it.each([
    [{ network: { inputs: 2 } }, "network: inputs is 2, the data has 1 feature"],
    [
      { network: { layers: [{ type: "dense", units: 3, activation: "softmax" }] } },
      "network: the last layer has 3 units for the task multiclass, the data needs 1 for binary",
    ],
    [{ training: { augmentation: { steps: ["shift"] } } }, "--augment needs the size of the images"],
  ] as const)("%j does not fit the data", (given, message) => {
    const configuration = { data, ...parseConfiguration(given) };
    expect(() => resolve(configuration, prepare(table, configuration))).toThrow(message);
  });
});

describe("fit()", () => {
  it("keeps in the model how it was trained", async () => {
    const configuration = { name: "short", data, training: { epochs: 2, earlyStopping: "none" } } as const;
    const { model, run, metrics } = await fitModel(table, configuration);
    expect(run.epochs).toBe(2);
    expect(metrics.validation?.accuracy).toBeGreaterThanOrEqual(0);
    const found = configurationOf(model);
    expect(found).toMatchObject({
      name: "short",
      data,
      training: { epochs: 2, earlyStopping: "none", classWeight: "none" },
    });
    const again = await fitModel(table, found);
    expect(again.model.network.theta).toEqual(model.network.theta);
  });

  it("trains an ensemble where the configuration has members, each with seeds one higher", async () => {
    const shared = {
      data: { ...data, validation: 0.2 },
      network: { seed: 4, dtype: "float64" },
      training: { epochs: 3, seed: 7 },
    } as const;
    const seen: number[] = [];
    const options = { onRecord: (_: unknown, member: number) => void seen.push(member) };
    const { model, run, runs, metrics } = await fitModel(table, { ...shared, members: 3 }, options);
    expect([runs.length, new Set(seen)]).toEqual([3, new Set([0, 1, 2])]);
    expect(run).toBe(runs[0]);
    const alone = await Promise.all(
      [0, 1, 2].map((k) =>
        fitModel(table, {
          ...{ ...shared, members: 1 },
          network: { ...shared.network, seed: 4 + k },
          training: { ...shared.training, seed: 7 + k },
        }),
      ),
    );
    expect(alone.map((one) => one.runs.length)).toEqual([1, 1, 1]);
    expect(model.members?.map(({ theta }) => theta)).toEqual(alone.map((one) => one.model.network.theta));
    expect(runs.map(({ history }) => history)).toEqual(alone.map((one) => one.run.history));
    // It is judged by the mean of their predictions.
    const costs = alone.map((one) => one.metrics.validation?.cost ?? Number.NaN);
    expect(metrics.validation?.cost).toBeLessThan((costs[0] + costs[1] + costs[2]) / 3);
    const { outputs, spread } = predictTable(model, table);
    const single = alone.map((one) => predictTable(one.model, table).outputs.data[7]);
    expect(outputs.data[7]).toBeCloseTo((single[0] + single[1] + single[2]) / 3, 14);
    expect(spread?.data[7]).toBeGreaterThan(0);

    const found = configurationOf(model);
    expect(found.members).toBe(3);
    const again = await fitModel(table, found);
    expect(again.model.members?.map(({ theta }) => theta)).toEqual(model.members?.map(({ theta }) => theta));
    const [first, ...others] = model.members ?? [];
    const shuffled = { ...model, network: first, members: [first, ...others.reverse()] };
    expect(() => configurationOf(shuffled)).toThrow("the seeds of the members are 4, 6, 5");
  });

  it("saves and takes up one network, and refuses to save members", async () => {
    const configuration = { data, members: 1, training: { epochs: 4 } } as const;
    const saved: Checkpoint[] = [];
    const checkpoint = { every: 2, save: (point: Checkpoint) => void saved.push(point) };
    const whole = await fitModel(table, configuration, { checkpoint });
    const resumed = await fitModel(table, configuration, { resume: saved[0] });
    expect(resumed.model.network.theta).toEqual(whole.model.network.theta);
    for (const options of [{ checkpoint }, { resume: saved[0] }]) {
      await expect(fitModel(table, { ...configuration, members: 2 }, options)).rejects.toThrow(
        "fit() saves and takes up one network, the configuration has members: 2; use prepare() and trainMembers()",
      );
    }
  });

  it("ends with the error of a member whose cost is no longer finite", async () => {
    const training = { optimizer: "gradientDescent", learningRate: 1e300, epochs: 3 } as const;
    const numbers = parseCsv(["x,y", ...Array.from({ length: 20 }, (_, i) => `${i},${i * i}`)].join("\n"));
    await expect(fitModel(numbers, { members: 2, data, training })).rejects.toThrow(NonFiniteCostError);
  });
});
