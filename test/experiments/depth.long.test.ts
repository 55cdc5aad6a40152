import { expect, it } from "vitest";
import { depthExperiment } from "../../src/experiments/depth.js";

it("stops a 30-layer ReLU network that starts from Xavier, and not one from He", async () => {
  const { runs } = await depthExperiment();
  const outcome = (activation: string, name: string): string | undefined =>
    runs.find((run) => run.activation === activation && run.name === name)?.outcome;
  expect(outcome("relu", "xavier")).toBe("stalls");
  expect(outcome("relu", "he")).toBe("learns");
  expect(outcome("relu", "zeros")).toBe("stalls");
  expect(outcome("relu", "small")).toBe("stalls");
  expect(outcome("relu", "large")).toBe("diverges");
  expect(outcome("tanh", "zeros")).toBe("stalls");
  expect(outcome("tanh", "small")).toBe("stalls");
  expect(outcome("tanh", "xavier")).toBe("learns");
});
