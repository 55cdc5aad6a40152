import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Matrix } from "../../src/array/matrix.js";
import { activationOf } from "../../src/network/activation.js";
import { lossOf } from "../../src/network/loss.js";
import { lossIn } from "../../src/network/network.js";
import { type LossSpec, names, outputActivationOf } from "../../src/ops/names.js";

/** Made by test/fixtures/losses.py: cost of each example and derivative of their sum, by PyTorch. */
interface Case {
  readonly loss: LossSpec;
  /** outputs × examples */
  readonly Z: number[][];
  readonly Y: number[][];
  readonly losses: number[];
  readonly derivative: number[][];
}
const cases: readonly Case[] = JSON.parse(readFileSync(new URL("../fixtures/losses.json", import.meta.url), "utf8"));

describe("losses and PyTorch", () => {
  it.each(cases)("agree in cost and derivative: $loss", ({ loss: spec, Z: z, Y: y, losses, derivative }) => {
    const loss = lossIn(spec);
    const Z = Matrix.from(z);
    const Y = Matrix.from(y);
    const A = activationOf(outputActivationOf(loss.name)).forward(Z);
    const { perExample, derivative: derive } = lossOf({ loss });
    expect(distance(perExample(Z, A, Y), [losses])).toBeLessThan(1e-14);
    expect(distance(derive(Z, A, Y), derivative)).toBeLessThan(1e-14);
  });

  it("are compared for each loss", () => {
    expect(new Set(cases.map(({ loss }) => lossIn(loss).name))).toEqual(new Set(names.losses));
  });
});

/** Largest difference of an entry, relative to the largest number. */
function distance(found: Matrix, expected: readonly number[][]): number {
  const flat = expected.flat();
  const size = Math.max(...flat.map(Math.abs));
  return Math.max(...flat.map((value, k) => Math.abs(found.data[k] - value))) / size;
}
