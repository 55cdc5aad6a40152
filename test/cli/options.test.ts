import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { flagName } from "../../src/cli/flags.js";
import { chosenBy, configFileIn, noFile, parseConfigFile } from "../../src/cli/options/configFile.js";
import { optionWords, plainOptions, unsaid } from "../../src/cli/options/configured.js";
import { textOfPlain } from "../../src/cli/options/kinds.js";
import { type OptionName, type OptionValues, optionNamed, options } from "../../src/cli/options/options.js";
import { fileOf, start } from "../../src/cli/options/runConfiguration.js";
import { OptionError } from "../../src/constraint/constraint.js";

/** Flags as the command line reads them. */
function valuesOf(words: readonly string[]): OptionValues {
  const values: Record<string, unknown> = {};
  for (let i = 0; i < words.length; i++) {
    const word = words[i].replace(/^--(no-)?/, "");
    const name = word.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase()) as OptionName;
    const option = optionNamed(name);
    values[name] = option.isSwitch ? !words[i].startsWith("--no-") : option.fromText(words[i], words[++i]);
  }
  return values;
}

const throughJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const positive = fc.double({ min: 1e-6, max: 10, noNaN: true });
const share = fc.double({ min: 0.01, max: 1, noNaN: true });
const whole = fc.integer({ min: 1, max: 1000 });
const seed = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const text = (...texts: string[]) => fc.constantFrom(...texts);
const listOf = (one: fc.Arbitrary<unknown>, length: number) =>
  fc.array(one, { minLength: length, maxLength: length }).map((all) => all.join(","));

/** Texts of flags that fit each other, one or none an option. What is of early stopping needs a patience. */
const flags = fc
  .integer({ min: 1, max: 3 })
  .chain((layers) => textsFor(layers))
  .map((given) => ({
    ...((given.metric !== undefined || given.minDelta !== undefined) && { patience: "5" }),
    ...given,
  }));

function textsFor(layers: number) {
  const activation = text("relu", "tanh", "leakyRelu:0.3", "elu:alpha=2", "gelu");
  const init = text("he", "xavier", "normal:10", "constant:value=0.5", "zeros", "heUniform");
  return fc.record(
    {
      target: text("y", "the kind", "y-z"),
      task: text("auto", "binary"),
      drop: text("none", "a", "a,b"),
      validation: fc.double({ min: 0.1, max: 0.9, noNaN: true }).map(String),
      normalize: text("robust", "standard", "none", "true", "false"),
      normalizeTarget: text("standard", "none", "true"),
      image: text("28x28", "4x5x3"),
      effort: text("quick", "normal", "best"),
      hidden: listOf(whole, layers),
      activation: fc.oneof(activation, listOf(activation, layers)),
      init: fc.oneof(init, listOf(init, layers), listOf(init, layers + 1)),
      loss: text("huber", "huber:2", "meanSquaredError"),
      dtype: text("float32", "float64"),
      optimizer: text("adam", "adam:0.5", "adam:beta2=0.9:weightDecay=0.01", "momentum:0.5", "gradientDescent"),
      learningRate: positive.map(String),
      iterations: whole.map(String),
      batchSize: text("all", "7"),
      l2: positive.map(String),
      clipNorm: fc.oneof(fc.constant("none"), positive.map(String)),
      clipValue: fc.oneof(fc.constant("none"), positive.map(String)),
      average: text("none", "ema", "ema:0.9", "swa:from=0.5"),
      keep: fc.oneof(share.map(String), listOf(share, layers)),
      inputKeep: share.map(String),
      dropoutReseed: seed.map(String),
      classWeight: text("none", "balanced", "1,2.5"),
      patience: whole.map(String),
      minDelta: positive.map(String),
      metric: text("f1", "cost"),
      changes: text("none", "100:l2=0.1:clipNorm=2", "5:keep=0.9-0.8:inputKeep=1,70:learningRate=0.001"),
      augment: text("none", "rotation", "shift=1.5,elastic=0.5:spacing=4"),
      recordEvery: whole.map(String),
      recordCleanCost: fc.boolean(),
      seed: seed.map(String),
      weightsSeed: seed.map(String),
      name: text("the first", "n-2"),
      threads: fc.integer({ min: 1, max: 256 }).map(String),
    },
    { requiredKeys: ["hidden"] },
  );
}

/** What was typed, as values of options. */
const typed = (given: Readonly<Record<string, string | boolean | undefined>>): OptionValues =>
  Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) =>
      value === undefined
        ? []
        : [[name, typeof value === "boolean" ? value : optionNamed(name as OptionName).fromText(`--${name}`, value)]],
    ),
  );

describe("the options of a run", () => {
  it("go into a configuration, its file, and back into flags", () => {
    fc.assert(
      fc.property(flags, (given) => {
        const chosen = chosenBy(noFile, typed(given));
        const words = optionWords(chosen, { file: "config.json" });
        expect(words).not.toContain("--config");
        expect(chosenBy(noFile, valuesOf(words))).toEqual(chosen);
        const file = parseConfigFile("config.json", throughJson(fileOf(chosen)));
        expect(throughJson(chosenBy(file))).toEqual(throughJson(chosen));
      }),
    );
  });

  it("are said by the file where flags cannot say them", () => {
    const hidden = { type: "dense", units: 3, activation: "relu", bias: 0.1 };
    const layers = [{ type: "features", scale: 0.3 }, hidden, { type: "output" }];
    const file = parseConfigFile("lab.json", { version: 4, network: { layers }, training: { l2: 0.5 } });
    const chosen = chosenBy(file, { epochs: 7 });
    expect(unsaid(chosen)).toEqual({ "network.layers[1].bias": 0.1 });
    expect(optionWords(chosen, { file: "lab.json", flags: { epochs: 7 } })).toEqual([
      ...["--config", "lab.json", "--epochs", "7"],
    ]);
    // A column of this name would be two.
    expect(unsaid(chosenBy(noFile, { drop: ["a,b"] }))).toEqual({ "data.drop": ["a,b"] });
  });

  it("have a text that comes back from their value in every row", () => {
    for (const name of Object.keys(options) as OptionName[]) {
      const option = optionNamed(name);
      const value = option.get(chosenBy(noFile));
      if (value === undefined) continue;
      expect(option.fromPlain(name, option.toPlain(value)), name).toEqual(value);
    }
  });

  it("stand in the documentation with their defaults", () => {
    const guide = readFileSync(new URL("../../docs/configuration.md", import.meta.url), "utf8");
    const rows = [...guide.matchAll(/^\| `--([a-z0-9-]+)`[^|]*\|[^|]+\| ([^|]*?) ?\|$/gm)];
    const documented = rows.map(([, flag, byDefault]) => [flagName(flag), byDefault.replaceAll("`", "")]);
    expect(documented.map(([flag]) => flag)).toEqual(Object.keys(options).map(flagName));
    const plain = plainOptions(start);
    for (const name of Object.keys(options)) {
      const [, byDefault] = documented.find(([flag]) => flag === flagName(name)) ?? [];
      if (!(name in plain)) continue;
      const value = plain[name];
      const shown = value === true ? "on" : textOfPlain(value);
      expect([name, byDefault]).toEqual([name, shown]);
    }
  });

  it("set one seed for all, or one of each", () => {
    const chosen = chosenBy(noFile, { seed: 4, splitSeed: 5 });
    expect([chosen.data.seed, chosen.network.seed, chosen.training.seed]).toEqual([5, 4, 4]);
    expect(optionWords(chosen, undefined)).toEqual([
      ...["--split-seed", "5", "--weights-seed", "4", "--training-seed", "4"],
    ]);
  });

  it("keep the gain as an option of its own", () => {
    const { network } = chosenBy(noFile, typed({ init: "xavier", gain: "2" }));
    expect(network.initializer).toEqual({ type: "xavier", gain: 2 });
    // As in 0.1, where the file said one and a flag the other.
    const flat = parseConfigFile("of-0.1.json", { gain: 2 });
    expect(chosenBy(flat, typed({ init: "lecun" })).network.initializer).toEqual({ type: "lecun", gain: 2 });
    const now = parseConfigFile("config.json", { version: 3, network: { initializer: { type: "he", gain: 2 } } });
    expect(chosenBy(now, typed({ init: "lecun" })).network.initializer).toEqual({ type: "lecun", gain: 2 });
  });

  it.each<[Readonly<Record<string, string>>, string]>([
    [{ epochs: "3", iterations: "5" }, "give --iterations or --epochs, not both"],
    [{ init: "zeros", gain: "2" }, "--gain multiplies initializers such as he or xavier; zeros takes none"],
    [{ init: "he:2", gain: "2" }, "--gain and --init both give the gain; leave it out of one of them"],
    [{ patience: "none", metric: "f1" }, "--metric is of early stopping, which is switched off; give --patience N too"],
    [{ hidden: "3,3", activation: "relu,tanh,relu" }, "--activation gives 3 for 2 hidden layers; give one for all, or"],
    [{ hidden: "3", init: "he,he,he" }, "--init gives 3 for 1 hidden layer and the output; give"],
    [{ activation: "softmax" }, "softmax"],
    [{ optimizer: "rmsprop:beta=0.9" }, '--optimizer: unknown option "beta" (known: type, '],
    [{ changes: "5:l2" }, "--changes must be a step and what changes there, such as 500:l2=0.1, got"],
    [{ changes: "5:l2=1:l2=2" }, "--changes: l2 is given twice in 5:l2=1:l2=2"],
    [{ changes: "5:l2=1,5:l2=2" }, "--changes: changes must be in the order of their steps"],
  ])("refuse %j", (given, message) => {
    expect(() => chosenBy(noFile, typed(given))).toThrow(OptionError);
    expect(() => chosenBy(noFile, typed(given))).toThrow(message);
  });

  it("say what is open where layers that differ become more", () => {
    const file = chosenBy(noFile, typed({ hidden: "3,3", activation: "relu,tanh" }));
    const again = parseConfigFile("config.json", throughJson(fileOf(file)));
    expect(() => chosenBy(again, typed({ hidden: "4,4,4" }))).toThrow(
      "--hidden: the 2 hidden layers differ, so what 3 are to be is open; give --activation and --init too",
    );
    expect(chosenBy(again, typed({ hidden: "4,4,4", activation: "gelu" })).network.layers).toHaveLength(5);
    expect(chosenBy(again, typed({ hidden: "9,8" })).network.layers).toMatchObject([
      { type: "features" },
      { units: 9, activation: "relu" },
      { units: 8, activation: "tanh" },
      { type: "output" },
    ]);
  });
});

it("drops the learning rate that a run wrote for its optimizer where flags name another", () => {
  const rateOf = (learningRate: number, ...flags: OptionValues[]) => {
    const file = parseConfigFile("config.json", { version: 3, training: { optimizer: "adam", learningRate } });
    return flags.map((given) => chosenBy(file, given).training.learningRate);
  };
  const others: OptionValues[] = [{ optimizer: "momentum" }, { optimizer: "momentum", learningRate: 0.3 }];
  expect(rateOf(0.001, {}, { optimizer: "adam" }, ...others)).toEqual([0.001, 0.001, undefined, 0.3]);
  // One that was chosen stays.
  expect(rateOf(0.002, ...others)).toEqual([0.002, 0.3]);
});

it("reads a configuration that begins with a byte order mark, as editors of Windows write it", () => {
  const text = '{\r\n  "version": 3,\r\n  "training": { "epochs": 5 }\r\n}\r\n';
  expect(configFileIn("config.json", `\uFEFF${text}`)).toEqual(configFileIn("config.json", text));
});

it("shows how a last layer of its own starts", () => {
  const layers = [
    { type: "dense", units: 3, activation: "relu" },
    { type: "dense", units: 1, activation: "sigmoid", initializer: "zeros" },
  ];
  const configuration = chosenBy(parseConfigFile("c.json", { version: 3, network: { layers } }));
  expect(optionNamed("init").get(configuration)).toEqual(["he", "zeros"]);
  expect(() => chosenBy(parseConfigFile("c.json", { version: 3, network: { layers } }), { gain: 2 })).toThrow(
    "zeros takes none",
  );
});

it("keeps a value that begins with a dash in the word of its flag", () => {
  expect(optionWords(chosenBy(noFile, { target: "y", drop: ["-a"] }), undefined)).toContain("--drop=-a");
});
