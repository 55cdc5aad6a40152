import { describe, expect, it, vi } from "vitest";
import { exportTypeScript } from "../../src/export/exportTypeScript.js";
import { network } from "../../src/network/network.js";
import { evaluate } from "../../src/training/evaluate.js";
import { train } from "../../src/training/train.js";
import { modulesOf, runExample } from "../house/examples.js";
import { pathOf, programOf, typeErrors } from "../house/program.js";
import { cases } from "./cases.js";
import { examplesOf } from "./expectSameRun.js";

const examples = cases.map(([, run], k) => ({ file: `export ${k}`, line: 1, text: exportTypeScript(run) }));

describe("exportTypeScript()", () => {
  it("writes what compiles", () => {
    const program = programOf([], new Map(examples.map((example) => [pathOf(example), example.text])));
    expect(typeErrors(program, examples)).toEqual([]);
  });

  it.each(cases.map(([name, run], k) => [name, run, examples[k]] as const))(
    "comes to the same numbers: %s",
    async (_, run, example) => {
      const printed: unknown[][] = [];
      const log = vi.spyOn(console, "log").mockImplementation((...words) => void printed.push(words));
      try {
        const modules = await Promise.all(modulesOf(example).map(async (name) => [name, await import(name)] as const));
        await runExample(example, new Map(modules));
      } finally {
        log.mockRestore();
      }
      const { data, validation } = examplesOf(run);
      const model = network(run.network);
      const { history, best } = await train(model, data, { ...run.training, validation });
      expect(printed).toEqual([
        ...history.map(({ iteration, cost }) => ["iteration", iteration, "cost", cost]),
        ...(best === undefined ? [] : [["best weights", best]]),
        ["training", evaluate(model, data)],
        ...(validation === undefined ? [] : [["validation", evaluate(model, validation)]]),
      ]);
    },
  );
});
