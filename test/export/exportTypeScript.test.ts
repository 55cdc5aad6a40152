import { describe, expect, it, vi } from "vitest";
import { selectExamples } from "../../src/data/dataset.js";
import { foldIndices } from "../../src/data/folds.js";
import { exportNumpy } from "../../src/export/exportNumpy.js";
import { exportPytorch } from "../../src/export/exportPytorch.js";
import { exportTypeScript } from "../../src/export/exportTypeScript.js";
import type { RunToExport } from "../../src/export/runToExport.js";
import { dense } from "../../src/network/dense.js";
import { network } from "../../src/network/network.js";
import { evaluate } from "../../src/training/evaluate.js";
import { evaluateMembers } from "../../src/training/evaluateMembers.js";
import { temper } from "../../src/training/temperature.js";
import { train } from "../../src/training/train.js";
import { trainMembers } from "../../src/training/trainMembers.js";
import { modulesOf, runExample } from "../house/examples.js";
import { pathOf, programOf, typeErrors } from "../house/program.js";
import { cases } from "./cases.js";
import { atThreshold, examplesOf } from "./expectSameRun.js";

const ensemble: RunToExport = {
  network: { inputs: 2, layers: [dense(4, "tanh"), dense(1, "sigmoid")], seed: 2 ** 32 - 2 },
  training: { epochs: 6, batchSize: 16, keep: 0.9, seed: 3, earlyStopping: { patience: 2 } },
  data: { generator: "moons", options: { examples: 60, seed: 4 } },
  validation: { generator: "moons", options: { examples: 30, seed: 5 } },
  members: 3,
  temper: true,
};
const folds = foldIndices(60, 2, 1);
/** Members 1 and 3 hold out the first fold. */
const crossed: RunToExport = {
  ...ensemble,
  validation: undefined,
  heldOut: folds.map(({ validation }) => validation),
  threshold: 0.3,
};
const crossedExample = { file: "export of members with folds", line: 1, text: exportTypeScript(crossed) };
const ensembleExample = { file: "export of an ensemble", line: 1, text: exportTypeScript(ensemble) };
const examples = cases.map(([, run], k) => ({ file: `export ${k}`, line: 1, text: exportTypeScript(run) }));

/** What a program gives to the console. */
async function printedBy(example: (typeof examples)[number]): Promise<unknown[][]> {
  const printed: unknown[][] = [];
  const log = vi.spyOn(console, "log").mockImplementation((...words) => void printed.push(words));
  try {
    const modules = await Promise.all(modulesOf(example).map(async (name) => [name, await import(name)] as const));
    await runExample(example, new Map(modules));
  } finally {
    log.mockRestore();
  }
  return printed;
}

describe("exportTypeScript()", () => {
  it("writes what compiles", () => {
    const all = [...examples, ensembleExample, crossedExample];
    const program = programOf([], new Map(all.map((example) => [pathOf(example), example.text])));
    expect(typeErrors(program, all)).toEqual([]);
  });

  it("trains and judges all members of an ensemble to the same numbers, and languages of one network refuse it", async () => {
    const printed = await printedBy(ensembleExample);
    const { data, validation } = examplesOf(ensemble);
    const seeds = [2 ** 32 - 2, 2 ** 32 - 1, 0];
    const networks = seeds.map((seed) => network({ ...ensemble.network, seed }));
    const runs = await trainMembers(
      networks.map((model, k) => ({
        network: model,
        data,
        options: { ...ensemble.training, seed: 3 + k, validation },
      })),
    );
    expect(printed).toEqual([
      ...runs.flatMap(({ run: { history, best } }, k) => [
        ...history.map(({ iteration, cost }) => ["member", k + 1, "iteration", iteration, "cost", cost]),
        ["member", k + 1, "best weights", best],
      ]),
      ...networks.map((model) => ["temperature", temper(model, validation ?? data)]),
      ["training", evaluateMembers(networks, data)],
      ["validation", evaluateMembers(networks, validation ?? data)],
    ]);
    expect(exportTypeScript({ ...ensemble, members: 1 })).toBe(exportTypeScript({ ...ensemble, members: undefined }));
    for (const write of [exportNumpy, exportPytorch]) {
      expect(() => write(ensemble)).toThrow("a program trains one network, the run has members: 3");
    }
    expect(() => exportTypeScript({ ...ensemble, members: 0 })).toThrow(
      "exportTypeScript(): members must be a whole number",
    );
  });

  it("trains each member on what it does not hold out, and judges it there", async () => {
    const printed = await printedBy(crossedExample);
    const { data } = examplesOf(crossed);
    const networks = [2 ** 32 - 2, 2 ** 32 - 1, 0].map((seed) => network({ ...crossed.network, seed }));
    const parts = [0, 1, 0].map((fold) => ({
      data: selectExamples(data, folds[fold].train),
      validation: selectExamples(data, folds[fold].validation),
    }));
    const runs = await trainMembers(
      networks.map((model, k) => ({
        network: model,
        data: parts[k].data,
        options: { ...crossed.training, seed: 3 + k, validation: parts[k].validation },
      })),
    );
    const threshold = 0.3;
    expect(printed).toEqual([
      ...runs.flatMap(({ run: { history, best } }, k) => [
        ...history.map(({ iteration, cost }) => ["member", k + 1, "iteration", iteration, "cost", cost]),
        ["member", k + 1, "best weights", best],
      ]),
      ...networks.flatMap((model, k) => [
        ["member", k + 1, "temperature", temper(model, parts[k].validation)],
        ["member", k + 1, "held out", evaluate(model, parts[k].validation, { threshold })],
      ]),
      ["training", evaluateMembers(networks, data, { threshold })],
    ]);
  });

  it("refuses held-out examples that are none, and a threshold of no classes", () => {
    const refused =
      (more: Partial<RunToExport>): (() => string) =>
      () =>
        exportTypeScript({ ...crossed, ...more });
    expect(refused({ members: 1 })).toThrow("heldOut is of members, and there is one");
    expect(refused({ validation: ensemble.validation })).toThrow("heldOut takes the place of validation");
    expect(refused({ heldOut: [] })).toThrow("heldOut is empty");
    expect(refused({ heldOut: [[0], []] })).toThrow("heldOut[1] is 0 of 60 examples");
    expect(refused({ heldOut: [[60]] })).toThrow("heldOut[0][0] must be a whole number");
    expect(refused({ threshold: 1.5 })).toThrow("threshold must be a finite number");
    expect(refused({ heldOut: undefined })).toThrow("earlyStopping watches a validation set");
    const several = { inputs: 2, layers: [dense(3, "softmax")] };
    const data = { generator: "blobs", options: { examples: 20, centers: 3 } } as const;
    expect(() => exportTypeScript({ network: several, data, threshold: 0.5 })).toThrow("threshold is for two classes");
  });

  it.each(cases.map(([name, run], k) => [name, run, examples[k]] as const))(
    "comes to the same numbers: %s",
    async (_, run, example) => {
      const printed = await printedBy(example);
      const { data, validation } = examplesOf(run);
      const model = network(run.network);
      const { history, best } = await train(model, data, { ...run.training, validation });
      const temperature = run.temper && validation ? temper(model, validation) : undefined;
      expect(printed).toEqual([
        ...history.map(({ iteration, cost }) => ["iteration", iteration, "cost", cost]),
        ...(best === undefined ? [] : [["best weights", best]]),
        ...(temperature === undefined ? [] : [["temperature", temperature]]),
        ["training", evaluate(model, data, atThreshold(run))],
        ...(validation === undefined ? [] : [["validation", evaluate(model, validation, atThreshold(run))]]),
      ]);
    },
  );
});
