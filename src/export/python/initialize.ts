import type { CompleteNetworkSpec } from "../../network/parseSpec.js";
import type { InitializerSpec } from "../../ops/names.js";
import { indented, type Line } from "../lines.js";
import { pythonNumber } from "./literals.js";

/** `initialize()`: the weights the run starts from, drawn by NumPy as the library draws them. */
export function initializeFunction(network: CompleteNetworkSpec): Line[] {
  const weights = network.layers.map(({ units, initializer }, index) =>
    weightsOf(initializer ?? network.initializer, units, inputsOf(network, index)),
  );
  const drawn = weights.some((text) => text.includes("rng."));
  const entries = network.layers.flatMap(({ units, bias = 0 }, index): Line[] => {
    const inputs = inputsOf(network, index);
    const b = bias === 0 ? `np.zeros((${units}, 1))` : `np.full((${units}, 1), ${pythonNumber(bias)}, dtype=float)`;
    return [
      [`"W${index + 1}": ${weights[index]},`, `(${units} × ${inputs})`],
      [`"b${index + 1}": ${b},`, `(${units} × 1)`],
    ];
  });
  const float32 = network.dtype === "float32";
  return [
    "def initialize():",
    ...indented([
      '"""The weights and biases to start from, by name."""',
      ...(drawn ? [`rng = np.random.RandomState(${network.seed})`] : []),
      float32 ? "p = {" : "return {",
      ...indented(entries),
      "}",
      ...(float32 ? ["return {name: value.astype(np.float32) for name, value in p.items()}"] : []),
    ]),
  ];
}

/** Units of the layer below. */
export function inputsOf({ inputs, layers }: CompleteNetworkSpec, index: number): number {
  return index === 0 ? inputs : layers[index - 1].units;
}

function weightsOf(spec: InitializerSpec, units: number, inputs: number): string {
  const given = typeof spec === "string" ? { type: spec } : spec;
  switch (given.type) {
    case "zeros":
      return `np.zeros((${units}, ${inputs}))`;
    case "constant":
      return `np.full((${units}, ${inputs}), ${pythonNumber("value" in given ? given.value : 1)}, dtype=float)`;
    case "normal":
      return `rng.randn(${units}, ${inputs}) * ${pythonNumber("scale" in given ? given.scale : 0.01)}`;
    case "uniform": {
      const limit = pythonNumber("limit" in given ? given.limit : 0.01);
      return `rng.uniform(-${limit}, ${limit}, (${units}, ${inputs}))`;
    }
    default: {
      const gain = "gain" in given && given.gain !== 1 ? `${pythonNumber(given.gain)} * ` : "";
      const variance = `${given.type.startsWith("he") || given.type.startsWith("glorot") ? 2 : 1} / ${
        given.type.startsWith("glorot") ? `(${inputs} + ${units})` : inputs
      }`;
      if (!given.type.endsWith("Uniform")) {
        const scale = `${gain}np.sqrt(${variance})`;
        return `rng.randn(${units}, ${inputs}) * ${gain === "" ? scale : `(${scale})`}`;
      }
      // U(−limit, limit) has variance limit²/3.
      const limit = `${gain}np.sqrt(3 * (${variance}))`;
      return `rng.uniform(-1, 1, (${units}, ${inputs})) * ${gain === "" ? limit : `(${limit})`}`;
    }
  }
}
