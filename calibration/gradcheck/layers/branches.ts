import { bug, type Layer } from "./layer.js";
import { map, normal, pick, product, sumRows, type Tensor, type Tensors } from "./tensor.js";

/** `x + tanh(x W + b)` */
export const residual: Layer = {
  name: "residual",
  draw(stream) {
    const [N, D] = [pick(stream, [2, 3, 5]), pick(stream, [2, 3, 4])];
    const branch = ({ x, W, b }: Tensors): Tensor => map(product(x, W), (value, k) => Math.tanh(value + b.data[k % D]));
    return {
      inputs: { x: normal(stream, N, D), W: normal(stream, D, D), b: normal(stream, D) },
      forward: (inputs) => map(inputs.x, (value, k) => value + branch(inputs).data[k]),
      backward(inputs, dout, wrong) {
        const a = branch(inputs);
        const dz = map(dout, (value, k) => value * (1 - a.data[k] ** 2));
        const through = product(dz, inputs.W, { b: wrong !== "W not transposed" });
        const skip = wrong === "dx = the branch's alone" ? 0 : 1;
        const own = wrong === "dx = dout alone" ? 0 : 1;
        return {
          x: map(through, (value, k) => own * value + skip * dout.data[k]),
          W: product(inputs.x, dz, { a: true }),
          b: wrong === "db of the last row" ? map(inputs.b, (_, k) => dz.data[(N - 1) * D + k]) : sumRows(dz),
        };
      },
      bugs: [
        bug("dx = the branch's alone"),
        bug("dx = dout alone"),
        bug("W not transposed"),
        bug("db of the last row"),
      ],
    };
  },
};

/** An affine layer whose gradient is clipped before it is returned: it is the cost's no longer. */
export const clipped: Layer = {
  name: "clipping",
  draw(stream) {
    const [N, D, M] = [pick(stream, [4, 6]), pick(stream, [3, 4]), pick(stream, [3, 5])];
    const limit = pick(stream, [0.5, 1, 2]);
    const shrunk = (tensors: Tensors): Tensors => {
      const norm = Math.hypot(...Object.values(tensors).flatMap(({ data }) => Array.from(data)));
      return norm <= limit ? tensors : each(tensors, (value) => (value * limit) / norm);
    };
    const each = (tensors: Tensors, change: (value: number) => number): Tensors =>
      Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, map(tensor, change)]));
    return {
      inputs: { x: normal(stream, N, D), W: normal(stream, D, M), b: normal(stream, M) },
      forward: ({ x, W, b }) => map(product(x, W), (value, k) => Math.sin(value + b.data[k % M])),
      backward({ x, W, b }, dout, wrong) {
        const z = product(x, W);
        const dz = map(dout, (value, k) => value * Math.cos(z.data[k] + b.data[k % M]));
        const right = { x: product(dz, W, { b: true }), W: product(x, dz, { a: true }), b: sumRows(dz) };
        if (wrong === "entries") return each(right, (value) => Math.max(-limit, Math.min(limit, value)));
        if (wrong === "norm of all") return shrunk(right);
        if (wrong !== "norm of each") return right;
        return Object.fromEntries(Object.entries(right).map(([name, tensor]) => [name, shrunk({ tensor }).tensor]));
      },
      bugs: [
        bug("entries", "cause.clippedEntries"),
        bug("norm of all", "cause.clippedTogether"),
        bug("norm of each", "cause.clippedNorm", "cause.clippedTogether"),
      ],
    };
  },
};
