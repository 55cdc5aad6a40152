import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import { activationOf } from "../../src/network/activation.js";
import { activationNumpy } from "../../src/ops/generated/activationNumpy.js";
import { type ActivationName, type ActivationSpec, activationNamed } from "../../src/ops/names.js";
import { textOf } from "../../src/ops/text/lines.js";
import type { OperationNumpy } from "../../src/ops/text/numpy.js";
import { activations } from "./activationCases.js";
import { hasPython } from "./runPrograms.js";

const python = hasPython("python3", "numpy");
if (!python) console.log("skipped: computing activations in NumPy needs python3 with numpy");

/** Far out, beside kinks, in tails and in between. */
const z = [-1e30, -1e3, -40, -20, -5, -3, -1, -0.3, -1e-9, 0, 1e-9, 0.3, 1, 3, 5, 20, 40, 1e3, 1e30];

interface Computed {
  readonly A: number[];
  readonly dZ: number[];
  readonly gradients: Readonly<Record<string, number>>;
}

/** A, dZ for dA = 1 and the gradients of the parameters as NumPy computes them; an overflow is an error. */
function askNumpy(specs: readonly ActivationSpec[]): Computed[] {
  const program = specs.flatMap((spec) => {
    const { name, options } = activationOf(spec);
    const texts: Readonly<Record<string, OperationNumpy>> = activationNumpy;
    const text = texts[name];
    const n = Object.fromEntries(Object.entries({ ...options, ...startOf(name) }).map(([k, v]) => [k, String(v)]));
    const at = {
      input: "Z",
      inputs: ["Z"],
      rows: [1],
      output: "A",
      dOutput: "dA",
      dOutputs: ["dA"],
      training: "False",
      members: "1",
      n,
    };
    const gradients = Object.entries(text.parameters?.(at) ?? {}).map(([role, g]) => `"${role}": float((${g})[0, 0])`);
    return [
      ...(text.functions ?? []).flat(),
      `A = ${text.forward?.(at)}`,
      `dZ = ${text.backward(at)}`,
      `results.append({"A": A[0].tolist(), "dZ": dZ[0].tolist(), "gradients": {${gradients.join(", ")}}})`,
    ];
  });
  const all = textOf([
    "import json",
    "import numpy as np",
    'np.seterr(over="raise", invalid="raise", divide="raise")',
    `results, Z = [], np.array([[${z.join(", ")}]])`,
    "dA = np.ones_like(Z)",
    ...program,
    "print(json.dumps(results))",
  ]);
  const { status, stdout, stderr } = spawnSync("python3", ["-W", "error", "-"], { input: all, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** What an activation learns, at its start. */
function startOf(name: ActivationName): Record<string, number> {
  const parameters = activationNamed(name).parameters?.([{ rows: 1 }], {}) ?? [];
  return Object.fromEntries(parameters.map(({ role, start }) => [role, Number(start)]));
}

describe.runIf(python)("an activation in NumPy", () => {
  const computed = python ? askNumpy(activations) : [];

  it.each(activations.map((spec, k) => [JSON.stringify(spec), spec, computed[k]] as const))(
    "has the values and derivatives of the run, and never overflows: %s",
    (_, spec, { A, dZ, gradients }) => {
      const { name, options } = activationOf(spec);
      const start = startOf(name);
      const parameters = Object.values(start).map((value) => Matrix.filled(1, 1, value));
      const Z = Matrix.row(z);
      const passed = activationNamed(name).forward([Z], {
        options,
        parameters,
        state: [],
        training: true,
        mask: undefined,
        members: 1,
      });
      const back = activationNamed(name).backward([Matrix.filled(1, z.length, 1)], {
        options,
        parameters,
        state: [],
        training: true,
        mask: undefined,
        members: 1,
        inputs: [Z],
        outputs: passed.outputs,
        cache: [],
      });
      expectClose(A, passed.outputs[0]);
      expectClose(dZ, back.inputs[0]);
      expect(Object.keys(gradients)).toEqual(Object.keys(start));
      for (const [p, gradient] of Object.values(gradients).entries()) expectClose([gradient], back.parameters[p]);
    },
  );
});

/** A few roundings of a number of the size of what is computed, or of 1, of which the formulas take differences. */
function expectClose(actual: readonly number[], expected: Matrix): void {
  expect(actual.length).toBe(expected.data.length);
  for (const [k, value] of actual.entries()) {
    const tolerance = 4 * Number.EPSILON * Math.max(1, Math.abs(expected.data[k]));
    expect(Math.abs(value - expected.data[k]), `entry ${k}: ${value} for ${expected.data[k]}`).toBeLessThanOrEqual(
      tolerance,
    );
  }
}
