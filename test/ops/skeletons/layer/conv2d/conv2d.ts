import { Matrix } from "../../../../../src/array/matrix.js";
import { OptionError } from "../../../../../src/constraint/constraint.js";
import type { Numbers } from "../../../../../src/ops/choice.js";
import type { LayerDefinition } from "../../../../../src/ops/layer/layer.js";
import type { Operation, Shape } from "../../../../../src/ops/op.js";

export interface Conv2dSpec {
  readonly type: "conv2d";
  readonly channels: number;
  /** Height and width of the kernel. */
  readonly size: number;
  readonly padding: "valid" | "same";
}

type Image = NonNullable<Shape["image"]>;

function imageOf({ image }: Shape): Image {
  if (image === undefined) throw new OptionError("conv2d needs an image, got rows without height and width");
  return image;
}

function resultOf({ height, width, channels, size, same }: Numbers): Image {
  const cut = same ? 0 : size - 1;
  return { height: height - cut, width: width - cut, channels };
}

/** Calls `visit` for each product: output pixel, entry of W, input pixel, as indices of rows. */
function eachProduct(
  options: Numbers,
  visit: (output: number, channel: number, entry: number, input: number) => void,
): void {
  const { channels, size, same, inputChannels } = options;
  const { height, width } = resultOf(options);
  const shift = same ? (size - 1) >> 1 : 0;
  for (let o = 0; o < channels; o++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        for (let c = 0; c < inputChannels; c++) {
          for (let u = 0; u < size; u++) {
            for (let v = 0; v < size; v++) {
              const [row, column] = [y + u - shift, x + v - shift];
              if (row < 0 || row >= options.height || column < 0 || column >= options.width) continue;
              visit(
                (o * height + y) * width + x,
                o,
                (c * size + u) * size + v,
                (c * options.height + row) * options.width + column,
              );
            }
          }
        }
      }
    }
  }
}

/** A 2-D convolution of stride 1: `z[o, y, x] = b[o] + Σ_c,u,v W[o, c, u, v] a[c, y + u, x + v]`, outside the image 0. */
const convolve: Operation = {
  keeps: "input",
  shapes(_inputs, options) {
    const image = resultOf(options);
    return [{ rows: image.height * image.width * image.channels, image }];
  },
  parameters: (_inputs, { channels, size, inputChannels }) => [
    {
      role: "W",
      rows: channels,
      columns: inputChannels * size * size,
      start: "initializer",
      decays: true,
    },
    { role: "b", rows: channels, columns: 1, start: 0, decays: false },
  ],
  forward([A], { options, parameters: [W, b] }) {
    const { height, width } = resultOf(options);
    const Z = Matrix.zeros(options.channels * height * width, A.columns, A.dtype);
    const m = A.columns;
    for (let k = 0; k < Z.data.length; k++) Z.data[k] = b.data[Math.floor(k / (m * height * width))];
    eachProduct(options, (z, o, entry, a) => {
      for (let j = 0; j < m; j++) Z.data[z * m + j] += W.get(o, entry) * A.data[a * m + j];
    });
    return { outputs: [Z] };
  },
  backward([dZ], { options, inputs: [A], parameters: [W, b] }) {
    const m = A.columns;
    const dA = Matrix.zeros(A.rows, m, A.dtype);
    const dW = Matrix.zeros(W.rows, W.columns, A.dtype);
    const db = Matrix.zeros(b.rows, 1, A.dtype);
    eachProduct(options, (z, o, entry, a) => {
      let sum = 0;
      for (let j = 0; j < m; j++) {
        sum += dZ.data[z * m + j] * A.data[a * m + j];
        dA.data[a * m + j] += W.get(o, entry) * dZ.data[z * m + j];
      }
      dW.set(o, entry, dW.get(o, entry) + sum);
    });
    const pixels = dZ.rows / b.rows;
    for (let k = 0; k < dZ.data.length; k++) db.data[Math.floor(k / (m * pixels))] += dZ.data[k];
    return { inputs: [dA], parameters: [dW, db] };
  },
};

export const conv2d: Pick<LayerDefinition<Conv2dSpec>, "parse" | "lower"> = {
  parse: () => ({ type: "conv2d", channels: 1, size: 1, padding: "valid" }),
  lower({ channels, size, padding }, input, builder) {
    const { height, width, channels: inputChannels } = imageOf(builder.shapeOf(input));
    const options = { channels, size, same: padding === "same" ? 1 : 0, height, width, inputChannels };
    return builder.add({ op: "conv2d", operation: convolve, inputs: [input], options })[0];
  },
};
