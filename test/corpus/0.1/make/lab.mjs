import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { hash, put, putExpected, texts } from "./kit.mjs";

/** Steps after which a run of the lab is looked at. */
const steps = 30;

/**
 * Links of the lab, and the configurations it exports. Its sources are no part of the package: they are run from the clone.
 *
 * @returns the configurations, each with its table
 */
export async function makeLab({ clone }) {
  const { createJiti } = await import(pathToFileURL(createRequire(`${clone}/package.json`).resolve("jiti")).href);
  const jiti = createJiti(`${clone}/lab/main.tsx`, {
    alias: {
      "gradproof/csv": `${clone}/src/data/readers/csv.ts`,
      "gradproof/npy": `${clone}/src/data/readers/npy.ts`,
      gradproof: `${clone}/src/index.ts`,
    },
  });
  const load = (path) => jiti.import(join(clone, path));
  const { presets, presetOf } = await load("lab/experiment/presets.ts");
  const { linkOf, readLink } = await load("lab/experiment/shareLink.ts");
  const { LabRun } = await load("lab/worker/labRun.ts");
  const { commandLineConfig, csvOf } = await load("lab/state/files.ts");

  const [, dropout] = presetOf("penalties").experiment.runs;
  const points = [0.125, 1.5, -0.75, 2.25, 0.5, -1.125, 1.875, -0.25, 0.75, 1.25, -1.5, 0.0625];
  const own = {
    kind: "own",
    featureNames: ["a", "b"],
    features: [points, points.map((x) => 3 - x)],
    test: 0.25,
    seed: 2,
  };
  const small = {
    ...dropout.network,
    layers: [{ ...dropout.network.layers[0], units: 3 }, ...dropout.network.layers.slice(-1)],
  };
  const last = (activation, units) => [small.layers[0], { ...small.layers[1], activation, units }];
  const experiments = {
    ...Object.fromEntries(presets.map(({ id, experiment }) => [`preset-${id}`, experiment])),
    "own-classes": {
      data: { ...own, name: "größe.csv", classNames: ["no", "yes"], targets: points.map((x) => (x > 0.6 ? 1 : 0)) },
      runs: [{ ...dropout, network: small }],
    },
    "own-numbers": {
      data: { ...own, name: "numbers.csv", targets: points.map((x) => 2 * x) },
      runs: [
        {
          name: "linear",
          network: { ...small, layers: last("linear", 1) },
          training: { epochs: 20, batchSize: 4 },
          normalize: true,
        },
      ],
    },
    drawn: {
      data: {
        ...own,
        name: "drawn points",
        featureNames: ["x", "y"],
        classNames: ["A", "B", "C"],
        targets: points.map((_, j) => j % 3),
      },
      runs: [
        {
          name: "three",
          network: { ...small, layers: last("softmax", 3) },
          training: { iterations: 60 },
          normalize: false,
        },
      ],
    },
    "changed-on-the-way": {
      data: { ...presetOf("scales").experiment.data, rare: 0.5, shuffled: true, leaked: 0.1, offset: [1, -1] },
      runs: [
        {
          ...dropout,
          training: {
            ...dropout.training,
            batchSize: 16,
            changes: [
              { iteration: 7, learningRate: 0.1 },
              { iteration: 12, l2: 0.5, keep: 0.9 },
              { iteration: 20, keep: [0.8, 1], inputKeep: 0.9 },
            ],
          },
          normalize: true,
        },
      ],
    },
  };
  const expected = {};
  for (const [name, experiment] of Object.entries(experiments)) {
    const link = linkOf(experiment);
    put(`links/${name}.txt`, link);
    const read = readLink(link);
    const runs = [];
    for (const spec of read.runs) {
      const run = new LabRun(spec, read.data);
      await run.advance(steps, new AbortController().signal);
      const { iteration, curve, broken } = run.look({ boundary: 0, layers: false, doctor: "nothing", known: 0 });
      runs.push({
        theta: hash(run.weights()),
        iteration,
        costs: texts(curve.flatMap(({ cost, testCost }) => [cost, testCost])),
        ...(broken && { broken }),
      });
      run.release();
    }
    expected[`${name}.txt`] = { given: { steps }, said: { experiment: read, runs } };
  }
  putExpected("links.json", expected);

  // Runs as the page exports them, made shorter as its user can.
  const exported = {};
  const shorten = ({ training: { iterations: _, epochs: __, ...training }, ...run }, epochs) => ({
    ...run,
    training: { ...training, epochs },
  });
  for (const [id, r] of [
    ["starts", 3],
    ["stopping", 1],
    ["scales", 1],
    ["spiral", 0],
    ["images", 1],
  ]) {
    const { data, runs } = presetOf(id).experiment;
    const fewer = { ...data, examples: 40, test: 20 };
    put(`configurations/lab-${id}.json`, commandLineConfig(shorten(runs[r], 5), fewer));
    // 784 columns are too many for a corpus: this one is read, not trained.
    if (id !== "images") put(`data/lab-${id}.csv`, csvOf(fewer));
    exported[`lab-${id}.json`] = id === "images" ? {} : { table: `lab-${id}.csv` };
  }
  const { data, runs } = experiments["own-numbers"];
  put("configurations/lab-own.json", commandLineConfig(runs[0], data));
  put("data/lab-own.csv", csvOf(data));
  exported["lab-own.json"] = { table: "lab-own.csv" };
  return exported;
}
