import { describe, expect, it } from "vitest";
import { decayCondition, parametersInWords } from "../../src/export/python/parameters.js";
import type { ParameterWindow } from "../../src/ops/parameterWindow.js";

/** Parameters of these roles, one layer each; those with a star decay. */
function layoutOf(...roles: readonly string[]): ParameterWindow[] {
  return roles.map((text, k) => {
    const role = text.replace("*", "");
    const decays = text.endsWith("*");
    return { name: `${role}${k + 1}`, role, layer: k + 1, rows: 1, columns: 1, offset: k, decays };
  });
}

describe("parameters in a Python program", () => {
  it("decay by the beginning of their names", () => {
    expect(decayCondition(layoutOf("W*", "b", "slope"))).toBe('name.startswith("W")');
    expect(decayCondition(layoutOf("W*", "b", "K*"))).toBe('name.startswith(("W", "K"))');
  });

  it("decay one by one where another begins alike", () => {
    expect(decayCondition(layoutOf("W*", "Wide", "W*"))).toBe('name in ["W1", "W3"]');
  });

  it("are weights and biases, or more than these", () => {
    expect(parametersInWords(layoutOf("W*", "b")).all).toBe("weights and biases");
    expect(parametersInWords(layoutOf("W*", "b", "slope")).all).toBe("parameters");
  });
});
