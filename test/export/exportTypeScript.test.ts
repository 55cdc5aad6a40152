import { describe, expect, it, vi } from "vitest";
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
import { examplesOf } from "./expectSameRun.js";

const ensemble: RunToExport = {
  network: { inputs: 2, layers: [dense(4, "tanh"), dense(1, "sigmoid")], seed: 2 ** 32 - 2 },
  training: { epochs: 6, batchSize: 16, keep: 0.9, seed: 3, earlyStopping: { patience: 2 } },
  data: { generator: "moons", options: { examples: 60, seed: 4 } },
  validation: { generator: "moons", options: { examples: 30, seed: 5 } },
  members: 3,
  temper: true,
};
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
    const all = [...examples, ensembleExample];
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
    expect(exportTypeScript({ ...ensemble, threshold: 0.25 })).toContain(
      "evaluateMembers(networks, validation, { threshold: 0.25 })",
    );
  });

  it("takes a threshold of two classes alone, as the Python programs do", () => {
    const [, several] =
      cases.find(
        ([
          ,
          {
            network: { layers },
          },
        ]) => JSON.stringify(layers).includes("softmax"),
      ) ?? [];
    expect(several).toBeDefined();
    for (const write of [exportTypeScript, exportNumpy, exportPytorch]) {
      expect(() => write({ ...several, threshold: 0.25 } as RunToExport)).toThrow("threshold is for two classes");
      expect(() => write({ ...ensemble, members: 1, threshold: 2 })).toThrow("threshold must be a finite number");
    }
  });

  it.each(cases.map(([name, run], k) => [name, run, examples[k]] as const))(
    "comes to the same numbers: %s",
    async (_, run, example) => {
      const printed = await printedBy(example);
      const { data, validation } = examplesOf(run);
      const model = network(run.network);
      const { history, best } = await train(model, data, { ...run.training, validation });
      const at = run.threshold === undefined ? {} : { threshold: run.threshold };
      const temperature = run.temper && validation ? temper(model, validation) : undefined;
      expect(printed).toEqual([
        ...history.map(({ iteration, cost }) => ["iteration", iteration, "cost", cost]),
        ...(best === undefined ? [] : [["best weights", best]]),
        ...(temperature === undefined ? [] : [["temperature", temperature]]),
        ["training", evaluate(model, data, at)],
        ...(validation === undefined ? [] : [["validation", evaluate(model, validation, at)]]),
      ]);
    },
  );
});
