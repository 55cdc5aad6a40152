import { describe, expect, it } from "vitest";
import { backward } from "../../src/network/backward.js";
import { cost } from "../../src/network/cost.js";
import { type Forward, forward } from "../../src/network/forward.js";
import { network } from "../../src/network/network.js";
import { parseLayer, parseNetworkSpec } from "../../src/network/parseSpec.js";
import { RandomState } from "../../src/random/randomState.js";
import { examplesFor, layerDefinitions, layerProblems, masksFor } from "../problems.js";

describe.each(layerDefinitions)("the specification of the layer %s", (type, { example }) => {
  it("comes back from JSON as it was, and is read alike", () => {
    const written = JSON.parse(JSON.stringify(example.spec));
    expect(written).toEqual(example.spec);
    expect(example.spec.type).toBe(type);
    const parsed = parseLayer("layer", written);
    expect(parsed).toMatchObject(example.spec);
    expect(parseLayer("layer", parsed)).toEqual(parsed);
  });

  it("has no other keys, and says where", () => {
    expect(() => parseLayer("layer 3", { ...example.spec, oops: 1 })).toThrow(/^layer 3: unknown option "oops"/);
  });
});

describe.each(layerProblems)("the layer %s", (_name, problem) => {
  it("has the gradient of its difference quotients", () => {
    const random = new RandomState(7);
    const model = network(problem.spec);
    for (let k = 0; k < model.theta.length; k++) model.theta[k] += 0.3 * random.randn(1, 1).data[0];
    const { X, Y } = examplesFor(problem, 9, random);
    const masks = masksFor(model.program, 9, 0.8, random);
    const step = (): Forward => forward(model, X, { training: true, masks });
    const { dTheta } = backward(model, step().cache, Y);
    const h = 1e-5;
    const costAt = (k: number, value: number): number => {
      model.theta[k] = value;
      return cost(model, step(), Y).cost;
    };
    for (let k = 0; k < dTheta.length; k++) {
      const value = model.theta[k];
      const slope = (costAt(k, value + h) - costAt(k, value - h)) / (2 * h);
      model.theta[k] = value;
      expect(Math.abs(slope - dTheta[k])).toBeLessThan(1e-7);
    }
  });

  it("is in a network that is read as it was written", () => {
    const parsed = parseNetworkSpec(JSON.parse(JSON.stringify(problem.spec)));
    expect(parseNetworkSpec(JSON.parse(JSON.stringify(parsed)))).toEqual(parsed);
    expect(network(parsed).layout).toEqual(network(problem.spec).layout);
  });
});
