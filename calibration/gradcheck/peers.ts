import { Matrix } from "gradproof";
import type { RandomStream } from "gradproof/random";
import { cost, type Parameters, type StudentNetwork } from "./student.js";

/** Whether a rule accepts a gradient. */
export type Rule = (
  net: StudentNetwork,
  parameters: Parameters,
  gradients: Parameters,
  random: RandomStream,
) => boolean;

/**
 * How others decide, written anew from their documentation and published source, with their default numbers, for a cost in
 * float64.
 */
export const peers: Readonly<Record<string, Rule>> = {
  // ‖d − a‖ / (‖d‖ + ‖a‖) < 1e-7 over all parameters, ε = 1e-7, as deep-learning courses teach it.
  textbook(net, parameters, gradients) {
    let distance = 0;
    let [ofNumerical, ofClaimed] = [0, 0];
    for (const name of Object.keys(parameters)) {
      const claimed = gradients[`d${name}`].data;
      numericalGradient(net, parameters, name, 1e-7).forEach((numerical, i) => {
        distance += (numerical - claimed[i]) ** 2;
        ofNumerical += numerical ** 2;
        ofClaimed += claimed[i] ** 2;
      });
    }
    const sum = Math.sqrt(ofNumerical) + Math.sqrt(ofClaimed);
    return sum === 0 || Math.sqrt(distance) / sum < 1e-7;
  },

  // torch.autograd.gradcheck: each entry, |a − n| ≤ atol + rtol |n|, ε = 1e-6, atol = 1e-5, rtol = 1e-3.
  "PyTorch gradcheck"(net, parameters, gradients) {
    return Object.keys(parameters).every((name) => {
      const claimed = gradients[`d${name}`].data;
      return numericalGradient(net, parameters, name, 1e-6).every(
        (numerical, i) => Math.abs(claimed[i] - numerical) <= 1e-5 + 1e-3 * Math.abs(numerical),
      );
    });
  },

  // The same with fast_mode: one direction an input, uniform in [0, 1) and of length 1; atol times the sum of its entries.
  "PyTorch gradcheck, fast mode"(net, parameters, gradients, random) {
    return Object.keys(parameters).every((name) => {
      const raw = Float64Array.from(parameters[name].data, () => random.random());
      const length = Math.hypot(...raw);
      const u = raw.map((value) => value / length);
      const numerical = slope(net, parameters, { [name]: u }, 1e-6);
      const claimed = inner(gradients[`d${name}`].data, u);
      const atol = 1e-5 * u.reduce((sum, value) => sum + value, 0);
      return Math.abs(claimed - numerical) <= atol + 1e-3 * Math.abs(numerical);
    });
  },

  // jax.test_util.check_grads, mode rev, order 1: one normal direction over all arguments, ε = 1e-4, tolerances 1e-5 in float64.
  "JAX check_grads"(net, parameters, gradients, random) {
    const direction = normals(parameters, random);
    const cotangent = random.normal();
    const numerical = slope(net, parameters, direction, 1e-4) * cotangent;
    const claimed = claimedSlope(gradients, direction) * cotangent;
    return Math.abs(claimed - numerical) <= 1e-5 + 1e-5 * Math.abs(numerical);
  },

  // autograd.test_util.check_grads, mode rev, order 1: one normal direction, ε = 1e-6 from end to end, tolerances 1e-6.
  "HIPS autograd check_grads"(net, parameters, gradients, random) {
    const direction = normals(parameters, random);
    const covector = random.normal();
    const numerical = slope(net, parameters, direction, 5e-7) * covector;
    const claimed = claimedSlope(gradients, direction) * covector;
    const distance = Math.abs(claimed - numerical);
    return distance < 1e-6 || distance / Math.abs(claimed + numerical) < 1e-6;
  },
};

type Direction = Readonly<Record<string, Float64Array>>;

function normals(parameters: Parameters, random: RandomStream): Direction {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, { data }]) => [name, Float64Array.from(data, () => random.normal())]),
  );
}

function claimedSlope(gradients: Parameters, direction: Direction): number {
  return Object.entries(direction).reduce((sum, [name, u]) => sum + inner(gradients[`d${name}`].data, u), 0);
}

/** (J(θ + εu) − J(θ − εu)) / 2ε */
function slope(
  net: StudentNetwork,
  parameters: Parameters,
  direction: Readonly<Record<string, ArrayLike<number>>>,
  epsilon: number,
): number {
  const moved = (distance: number): Parameters => {
    const result = { ...parameters };
    for (const [name, u] of Object.entries(direction)) {
      const { rows, columns, data } = parameters[name];
      result[name] = new Matrix(
        rows,
        columns,
        Float64Array.from(data, (value, i) => value + distance * u[i]),
      );
    }
    return result;
  };
  return (cost(net, moved(epsilon)) - cost(net, moved(-epsilon))) / (2 * epsilon);
}

function numericalGradient(net: StudentNetwork, parameters: Parameters, name: string, epsilon: number): number[] {
  const { data } = parameters[name];
  return Array.from(data, (value, i) => {
    data[i] = value + epsilon;
    const right = cost(net, parameters);
    data[i] = value - epsilon;
    const left = cost(net, parameters);
    data[i] = value;
    return (right - left) / (2 * epsilon);
  });
}

function inner(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
