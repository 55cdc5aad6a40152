import { add, map } from "../array/broadcast.js";
import type { Matrix } from "../array/matrix.js";
import { product } from "../array/product.js";
import type { Message } from "../constraint/message.js";
import { sigmoid } from "../numeric/sigmoid.js";
import { tanh } from "../numeric/tanh.js";
import { isDictionary } from "./arrays.js";
import type { Named } from "./course.js";
import { isClose, requireDictionary, requireTuple } from "./expect.js";
import type { Judged } from "./judging.js";
import { say } from "./say.js";
import type { ExerciseValue, NdArray } from "./value.js";

/** The values of a cache by name: a tuple in the course's order, or a dictionary of these names. */
export function requireCache(
  judged: Judged,
  cache: ExerciseValue,
  names: readonly string[],
): Readonly<Record<string, ExerciseValue>> {
  if (isDictionary(cache)) return requireDictionary(judged, cache, names);
  const values = requireTuple(judged, cache, names);
  return Object.fromEntries(names.map((name, k) => [name, values[k]]));
}

/** What else people write for Z[l], given A[l−1]. */
export function sumCauses(l: number, below: Matrix, parameters: Named): (got: NdArray) => readonly Message[] {
  const WA = product(parameters[`W${l}`], below);
  return ({ data }) => {
    const layer = String(l);
    if (isClose(data, WA.data)) return [say("mistake.noBias", { layer })];
    if (isClose(data, map(add(WA, parameters[`b${l}`]), relu).data)) return [say("mistake.sumIsOutput", { layer })];
    return [];
  };
}

/** What else people write for A[l], given Z[l]. */
export function outputCauses(l: number, Z: Matrix): (got: NdArray) => readonly Message[] {
  const layer = String(l);
  return ({ data }) => {
    const written = activations.find(([, value]) => isClose(data, map(Z, value).data))?.[0];
    return written === undefined
      ? []
      : [say("mistake.activation", { layer, written, right: l === 3 ? "sigmoid" : "ReLU" })];
  };
}

function relu(z: number): number {
  return Math.max(0, z);
}

const activations: readonly (readonly [written: string, value: (z: number) => number])[] = [
  ["linear", (z) => z],
  ["ReLU", relu],
  ["|z|", Math.abs],
  ["tanh", tanh],
  ["sigmoid", sigmoid],
  ["leaky ReLU", (z) => Math.max(0.01 * z, z)],
];
