/** What a contributor writes to add an activation, a layer with parameters of its own, a loss and an optimizer: files by their paths. */
export const addedFiles: Readonly<Record<string, string>> = {
  "src/ops/activation/bentIdentity/bentIdentity.ts": `import { entrywise } from "../activation.js";

/** \`z + (√(z² + 1) − 1) / 2\`, with derivative \`1 + z / (2 √(z² + 1))\`. */
export const bentIdentity = entrywise({
  keeps: "input",
  traits: { range: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY], initializer: "xavier" },
  pieces: [
    {
      value: (z) => z + (Math.sqrt(z * z + 1) - 1) / 2,
      derivative: (z) => 1 + z / (2 * Math.sqrt(z * z + 1)),
    },
  ],
});
`,
  "src/ops/activation/bentIdentity/bentIdentity.kernel.ts": `import { constant } from "../../../../kernels/vector";

// @ts-ignore: decorator
@inline
function root<T>(z: v128): v128 {
  return v128.sqrt<T>(v128.add<T>(v128.mul<T>(z, z), constant<T>(1)));
}

// @ts-ignore: decorator
@inline
export function value<T>(z: v128): v128 {
  return v128.add<T>(z, v128.div<T>(v128.sub<T>(root<T>(z), constant<T>(1)), constant<T>(2)));
}

// @ts-ignore: decorator
@inline
export function gradient<T>(dA: v128, z: v128): v128 {
  const slope = v128.div<T>(z, v128.mul<T>(constant<T>(2), root<T>(z)));
  return v128.mul<T>(dA, v128.add<T>(constant<T>(1), slope));
}
`,
  "src/ops/activation/bentIdentity/bentIdentity.numpy.ts": `import type { OperationNumpy } from "../../text/numpy.js";

export const bentIdentity = {
  forward: ({ input: Z }) => \`\${Z} + (np.sqrt(\${Z} ** 2 + 1) - 1) / 2\`,
  backward: ({ dOutput: dA, input: Z }) => \`\${dA} * (1 + \${Z} / (2 * np.sqrt(\${Z} ** 2 + 1)))\`,
} as const satisfies OperationNumpy;
`,
  "src/ops/activation/bentIdentity/bentIdentity.words.ts": `import type { Words } from "../../words.js";

export const bentIdentity: Words = {
  label: "bent identity",
  formula: "z + (√(z² + 1) − 1) / 2",
  use: "A line that bends.",
};
`,
  "src/ops/layer/unitScale/unitScale.ts": `import { Matrix } from "../../../array/matrix.js";
import { requireName, requireObject } from "../../../constraint/constraint.js";
import type { Operation } from "../../op.js";
import type { LayerDefinition } from "../layer.js";

/** A layer that scales and shifts each unit. */
export interface UnitScaleSpec {
  readonly type: "unitScale";
}

/** \`A = gain ∘ X + shift\`; backward \`dX = gain ∘ dA\`, \`dgain = Σ_columns dA ∘ X\`, \`dshift = Σ_columns dA\`. */
const operation: Operation = {
  keeps: "input",
  shapes: (inputs) => inputs,
  parameters: ([{ rows }]) => [
    { role: "gain", rows, columns: 1, start: 1, decays: false },
    { role: "shift", rows, columns: 1, start: 0, decays: false },
  ],
  forward([X], { parameters: [gain, shift] }) {
    const A = Matrix.zeros(X.rows, X.columns, X.dtype); // (units × examples)
    for (let k = 0; k < A.data.length; k++) {
      const i = Math.floor(k / X.columns);
      A.data[k] = gain.data[i] * X.data[k] + shift.data[i];
    }
    return { outputs: [A] };
  },
  backward([dA], { inputs: [X], parameters: [gain] }) {
    const dX = Matrix.zeros(X.rows, X.columns, X.dtype); // (units × examples)
    const dGain = Matrix.zeros(X.rows, 1, X.dtype); // (units × 1)
    const dShift = Matrix.zeros(X.rows, 1, X.dtype); // (units × 1)
    for (let k = 0; k < dX.data.length; k++) {
      const i = Math.floor(k / X.columns);
      dX.data[k] = gain.data[i] * dA.data[k];
      dGain.data[i] += dA.data[k] * X.data[k];
      dShift.data[i] += dA.data[k];
    }
    return { inputs: [dX], parameters: [dGain, dShift] };
  },
};

export const unitScale: LayerDefinition<UnitScaleSpec> = {
  example: { spec: { type: "unitScale" }, inputs: 4 },
  parse(where, value) {
    const { type } = requireObject(where, value, ["type"]);
    return { type: requireName(\`\${where}: type\`, type, ["unitScale"]) };
  },
  lower: (_spec, input, builder) => builder.add({ op: "unitScale", operation, inputs: [input] })[0],
};
`,
  "src/ops/layer/unitScale/unitScale.kernel.ts": `import { Plan, Step } from "../../../../kernels/generated/shared";
import { endRow, firstRow, Tile, valueAt } from "../../../../kernels/tile";
import { constant, loadSplat, sumOfLanes } from "../../../../kernels/vector";

export const rows = "own";

export function forward<T>(p: Plan, s: Step): void {
  const end = endRow(s.rows);
  for (let i = firstRow(s.rows); i < end; i++) {
    const gain = loadSplat<T>(p.theta + s.parameters + <usize>i * sizeof<T>());
    const shift = loadSplat<T>(p.theta + s.parameters + <usize>(s.rows + i) * sizeof<T>());
    const row = <usize>i * <usize>p.stride;
    for (let x: usize = 0; x < <usize>Tile.vectors << 4; x += 16) {
      const scaled = v128.mul<T>(gain, v128.load(valueAt(s.input) + row + x));
      v128.store(valueAt(s.output) + row + x, v128.add<T>(scaled, shift));
    }
  }
}

export function backward<T>(p: Plan, s: Step): void {
  const end = endRow(s.rows);
  for (let i = firstRow(s.rows); i < end; i++) {
    const at = s.parameters + <usize>i * sizeof<T>();
    const gain = loadSplat<T>(p.theta + at);
    const row = <usize>i * <usize>p.stride;
    let dGain = constant<T>(0);
    let dShift = constant<T>(0);
    for (let x: usize = 0; x < <usize>Tile.vectors << 4; x += 16) {
      const dA = v128.load(valueAt(s.dOutput) + row + x);
      dGain = v128.add<T>(dGain, v128.mul<T>(dA, v128.load(valueAt(s.input) + row + x)));
      dShift = v128.add<T>(dShift, dA);
      if (s.dInput != 0) v128.store(valueAt(s.dInput) + row + x, v128.mul<T>(gain, dA));
    }
    addTo<T>(Tile.gradient + at, sumOfLanes<T>(dGain));
    addTo<T>(Tile.gradient + at + <usize>s.rows * sizeof<T>(), sumOfLanes<T>(dShift));
  }
}

function addTo<T>(address: usize, sum: T): void {
  store<T>(address, Tile.overwrite ? sum : load<T>(address) + sum);
}
`,
  "src/ops/layer/unitScale/unitScale.numpy.ts": `import type { OperationNumpy } from "../../text/numpy.js";

export const unitScale = {
  symbol: "S",
  forward: ({ input, n }) => \`\${n.gain} * \${input} + \${n.shift}\`,
  backward: ({ dOutput, n }) => \`\${n.gain} * \${dOutput}\`,
  parameters: ({ dOutput, input }) => ({
    gain: \`np.sum(\${dOutput} * \${input}, axis=1, keepdims=True)\`,
    shift: \`np.sum(\${dOutput}, axis=1, keepdims=True)\`,
  }),
} as const satisfies OperationNumpy;
`,
  "src/ops/loss/absoluteCubed/absoluteCubed.ts": `import { Matrix } from "../../../array/matrix.js";
import type { LossDefinition } from "../loss.js";
import { absoluteCubed as traits } from "./absoluteCubed.traits.js";

/** \`ℓ = (1/K) Σₖ |aₖ − yₖ|³\`, \`dA = (3/K) (A − Y) |A − Y|\`. Its name comes first of all losses. */
export const absoluteCubed = {
  ...traits,
  formula: () => "(3/K) (A − Y) |A − Y|",
  perExample(_Z, A, Y) {
    const result = Matrix.zeros(1, A.columns); // (1 × examples)
    for (let k = 0; k < A.data.length; k++) {
      result.data[k % A.columns] += Math.abs(A.data[k] - Y.data[k]) ** 3 / A.rows;
    }
    return result;
  },
  derivative(_Z, A, Y) {
    const dA = Matrix.zeros(A.rows, A.columns, A.dtype); // (units × examples)
    for (let k = 0; k < dA.data.length; k++) {
      const error = A.data[k] - Y.data[k];
      dA.data[k] = (3 * error * Math.abs(error)) / A.rows;
    }
    return dA;
  },
  chance: ({ mean, meanOf }, outputs) => meanOf((y) => Math.abs(y - mean) ** 3) / outputs,
  logitOf: (mean) => mean,
  complaint: () => undefined,
} as const satisfies LossDefinition;
`,
  "src/ops/loss/absoluteCubed/absoluteCubed.traits.ts": `import type { LossTraits } from "../loss.js";

export const absoluteCubed = {
  options: {},
  task: "regression",
  by: "output",
  meanOfOutputs: true,
} as const satisfies LossTraits;
`,
  "src/ops/loss/absoluteCubed/absoluteCubed.kernel.ts": `import { constant, sumOfLanes } from "../../../../kernels/vector";

export function head<T>(
  Z: usize,
  A: usize,
  Y: usize,
  w: usize,
  dA: usize,
  units: i32,
  stride: usize,
  vectors: i32,
  gradient: bool,
  weighted: bool,
  options: usize,
): f64 {
  const share = constant<T>(1 / <f64>units);
  const three = constant<T>(3);
  let total = constant<T>(0);
  for (let i = 0; i < units; i++) {
    for (let x: usize = 0; x < <usize>vectors << 4; x += 16) {
      const error = v128.sub<T>(v128.load(A + x), v128.load(Y + x));
      const size = v128.abs<T>(error);
      const weight = v128.mul<T>(share, v128.load(w + x));
      total = v128.add<T>(total, v128.mul<T>(weight, v128.mul<T>(size, v128.mul<T>(size, size))));
      if (gradient) v128.store(dA + x, v128.mul<T>(weight, v128.mul<T>(three, v128.mul<T>(error, size))));
    }
    A += stride;
    Y += stride;
    dA += stride;
  }
  return <f64>sumOfLanes<T>(total);
}
`,
  "src/ops/loss/absoluteCubed/absoluteCubed.numpy.ts": `import type { LossNumpy } from "../../text/numpy.js";

export const absoluteCubed = {
  losses: ({ A }) => [\`losses = np.mean(np.abs(\${A} - Y) ** 3, axis=0, keepdims=True)\`],
  derivative: ({ A, units }) => \`3 * (\${A} - Y) * np.abs(\${A} - Y) / \${units}\`,
} as const satisfies LossNumpy;
`,
  "src/ops/loss/absoluteCubed/absoluteCubed.words.ts": `import type { Words } from "../../words.js";

export const absoluteCubed: Words = {
  label: "mean cubed error",
  formula: "(1/K) Σₖ |aₖ − yₖ|³",
  use: "For numbers without outliers.",
};
`,
  "src/ops/optimizer/heavyBall/heavyBall.ts": `import { kept, type OptimizerDefinition, weightDecay } from "../optimizer.js";

/** \`v := β v + dθ\`, \`θ := θ − α v\`. */
export const heavyBall = {
  options: {
    friction: { constraint: { kind: "number", min: 0, below: 1 }, default: 0.5 },
    weightDecay,
  },
  learningRate: 0.05,
  remembers: ["average"],
  update({ theta, dTheta, learningRate, options: { friction }, state }) {
    const v = kept(state.average);
    for (let k = 0; k < theta.length; k++) {
      v[k] = friction * v[k] + dTheta[k];
      theta[k] -= learningRate * v[k];
    }
  },
} as const satisfies OptimizerDefinition;
`,
  "src/ops/optimizer/heavyBall/heavyBall.kernel.ts": `import { Plan } from "../../../../kernels/generated/shared";
import { beforeUpdate, optionOf } from "../../../../kernels/optimizer";

export function update<T>(p: Plan, from: usize, to: usize): void {
  beforeUpdate<T>(p, from, to);
  const rate = v128.splat<T>(<T>p.learningRate);
  const friction = v128.splat<T>(<T>optionOf(p, 0));
  for (let x = from; x < to; x += 16) {
    const v = v128.add<T>(v128.mul<T>(friction, v128.load(p.average + x)), v128.load(p.dTheta + x));
    v128.store(p.average + x, v);
    v128.store(p.theta + x, v128.sub<T>(v128.load(p.theta + x), v128.mul<T>(rate, v)));
  }
}
`,
  "src/ops/optimizer/heavyBall/heavyBall.numpy.ts": `import type { OptimizerNumpy } from "../../text/numpy.js";

export const heavyBall = {
  state: ["v"],
  numbers: ({ friction }) => ({ friction: String(friction) }),
  lines: ["v[name] = friction * v[name] + g", "p[name] = p[name] - learning_rate * v[name]"],
} as const satisfies OptimizerNumpy;
`,
  "src/ops/optimizer/heavyBall/heavyBall.words.ts": `import type { Words } from "../../words.js";

export const heavyBall: Words = {
  label: "heavy ball",
  formula: "v := β v + dθ, θ := θ − α v",
  use: "Rolls on.",
  options: { friction: "β", weightDecay: "Weight decay" },
};
`,
};
