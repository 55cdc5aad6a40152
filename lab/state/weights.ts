import { networkWith } from "gradproof";
import { type Tensor, writeSafetensors } from "gradproof/formats";
import { formatNpz } from "gradproof/npy";
import type { RunSpec } from "../experiment/experiment.js";

/** The weights as NumPy's archive of arrays, by the names of the parameters: `np.load("weights.npz")["W1"]`. */
export function weightsArchive(
  { network: spec }: RunSpec,
  theta: Float64Array | Float32Array,
): Uint8Array<ArrayBuffer> {
  const { layout, parameters } = networkWith(spec, theta);
  return Uint8Array.from(formatNpz(new Map(layout.map(({ name }) => [name, parameters[name]]))));
}

/** The weights as safetensors, by the names of the parameters. */
export function weightsFile({ network: spec }: RunSpec, theta: Float64Array | Float32Array): Uint8Array<ArrayBuffer> {
  const { layout, parameters } = networkWith(spec, theta);
  const dtype = theta instanceof Float32Array ? "F32" : "F64";
  const tensors = new Map(
    layout.map(({ name, rows, columns }) => [
      name,
      { dtype, shape: [rows, columns], data: parameters[name].data.slice() } as Tensor,
    ]),
  );
  return Uint8Array.from(writeSafetensors({ tensors, metadata: new Map([["format", "gradproof"]]) }));
}
