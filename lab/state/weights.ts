import { Matrix, networkWith } from "gradproof";
import { type Tensor, writeSafetensors } from "gradproof/formats";
import { formatNpz } from "gradproof/npy";
import type { RunSpec } from "../experiment/experiment.js";
import type { Weights } from "../worker/protocol.js";

/** The weights as NumPy's archive of arrays, by the names of the parameters: `np.load("weights.npz")["W1"]`. */
export function weightsArchive(run: RunSpec, weights: Weights): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(formatNpz(new Map(matricesOf(run, weights))));
}

/** The weights as safetensors, by the names of the parameters. */
export function weightsFile(run: RunSpec, weights: Weights): Uint8Array<ArrayBuffer> {
  const dtype = weights.theta instanceof Float32Array ? "F32" : "F64";
  const tensors = new Map(
    matricesOf(run, weights).map(([name, { rows, columns, data }]) => [
      name,
      { dtype, shape: [rows, columns], data: data.slice() } as Tensor,
    ]),
  );
  return Uint8Array.from(writeSafetensors({ tensors, metadata: new Map([["format", "gradproof"]]) }));
}

/** Parameters by name, and what is kept beside them, such as the running averages of batch norm. */
function matricesOf({ network: spec }: RunSpec, { theta, state }: Weights): [name: string, matrix: Matrix][] {
  const { layout, parameters, program } = networkWith(spec, theta);
  const kept = program.stateLayout.map(({ name, rows, columns, offset }): [string, Matrix] => [
    name,
    new Matrix(rows, columns, state.slice(offset, offset + rows * columns)),
  ]);
  return [...layout.map(({ name }): [string, Matrix] => [name, parameters[name]]), ...kept];
}
