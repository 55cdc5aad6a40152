import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { presets } from "../../lab/experiment/presets.js";
import { LabRun } from "../../lab/worker/labRun.js";
import { OptionError } from "../../src/constraint/constraint.js";
import { circles } from "../../src/data/generators/circles.js";
import { chooseEngine } from "../../src/engine/choose.js";
import { Predictor } from "../../src/engine/predict.js";
import { readableEngine } from "../../src/engine/readable/readableEngine.js";
import { dense } from "../../src/network/dense.js";
import { network } from "../../src/network/network.js";
import { train } from "../../src/training/train.js";

// Nothing has compiled the kernels yet: from here on they cannot be.
beforeAll(() => {
  vi.stubGlobal("WebAssembly", undefined);
});
afterAll(() => {
  vi.unstubAllGlobals();
});

const messageOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof OptionError) return error.message;
  }
  return "";
};

describe("without WebAssembly", () => {
  it("the engine readable is taken where none is asked for, and the console is told once", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const model = network({ inputs: 2, layers: [dense(3, "tanh"), dense(1, "sigmoid")], seed: 1 });
    const data = circles({ examples: 20, seed: 1 });
    expect(new Predictor(model, { engine: "readable" }).engine).toBe("readable");
    expect(warn).not.toHaveBeenCalled();
    expect(new Predictor(model).engine).toBe("readable");
    expect((await train(model, data, { iterations: 3 })).engine).toBe("readable");
    expect(warn.mock.calls).toEqual([
      [expect.stringMatching(/^gradproof: WebAssembly cannot be used, so the engine readable computes, slower/)],
    ]);
    warn.mockRestore();
  });

  it("an engine that was asked for is never replaced", () => {
    expect(messageOf(() => chooseEngine("train()", "wasm"))).toMatch(
      /^train\(\): engine wasm cannot be used: .+; the engine readable runs everywhere, slower$/,
    );
    expect(chooseEngine("train()", "readable")).toBe(readableEngine);
  });

  it("the lab's runs say which engine computes them", () => {
    const [{ experiment }] = presets;
    const run = new LabRun(experiment.runs[0], experiment.data);
    expect(run.look({ boundary: 0, layers: false, doctor: "nothing", known: 0 }).engine).toBe("readable");
    run.release();
  });
});

describe("the name of an engine", () => {
  it("that is gone is refused with the one to use", () => {
    // Such as a configuration of version 0.1 still says.
    const name: string = "plain";
    expect(messageOf(() => chooseEngine("train()", name as "wasm"))).toBe(
      "train(): engine: the engine plain of version 0.1 is gone; use readable, which needs no WebAssembly either " +
        "(it sums in another order, so the last digits differ)",
    );
    expect(messageOf(() => chooseEngine("train()", "wsm" as "wasm"))).toBe(
      'train(): engine must be one of wasm, readable, got "wsm" (did you mean wasm?)',
    );
  });
});
