import type { RandomStream } from "../../../src/random/streams.js";
import { bug, type DrawnLayer, type Layer, where } from "./layer.js";
import { at, map, normal, pick, zeros } from "./tensor.js";

/** The largest of each window, the first of them where several are as large. */
export const maxPooling: Layer = { name: "max pooling", draw: (stream) => draw(stream, "max") };
/** The mean of each window. */
export const averagePooling: Layer = { name: "average pooling", draw: (stream) => draw(stream, "average") };

function draw(stream: RandomStream, kind: "max" | "average"): DrawnLayer {
  const [N, C] = [pick(stream, [1, 2]), pick(stream, [1, 2, 3])];
  const [k, stride] = pick(stream, [
    [2, 2],
    [3, 2],
    [2, 1],
    [3, 1],
  ]);
  const H = k + stride * (1 + stream.below(2));
  const side = Math.floor((H - k) / stride) + 1;
  const input = [N, C, H, H];
  const drawn = normal(stream, ...input);
  // Whole numbers tie.
  const x = pick(stream, [false, false, true]) ? map(drawn, Math.round) : drawn;

  /** Each window with the positions in it. */
  const each = (visit: (out: number, positions: readonly number[]) => void): void => {
    let out = 0;
    for (let n = 0; n < N; n++)
      for (let c = 0; c < C; c++)
        for (let i = 0; i < side; i++)
          for (let j = 0; j < side; j++) {
            const positions: number[] = [];
            for (let p = 0; p < k; p++)
              for (let q = 0; q < k; q++) positions.push(at(input, n, c, stride * i + p, stride * j + q));
            visit(out++, positions);
          }
  };
  const largest = (data: Float64Array, positions: readonly number[]): number =>
    positions.reduce((best, position) => (data[position] > data[best] ? position : best), positions[0]);

  return {
    inputs: { x },
    forward({ x: { data } }) {
      const out = zeros(N, C, side, side);
      each((o, positions) => {
        const sum = positions.reduce((total, position) => total + data[position], 0);
        out.data[o] = kind === "max" ? data[largest(data, positions)] : sum / positions.length;
      });
      return out;
    },
    backward({ x: { data } }, dout, wrong) {
      const dx = zeros(...input);
      each((o, positions) => {
        const isMean = (kind === "average") !== (wrong === "mean and maximum confused");
        const targets = isMean
          ? positions
          : [wrong === "to the first of the window" ? positions[0] : largest(data, positions)];
        for (const position of targets) {
          const flow =
            isMean && wrong !== "size of the window forgotten" ? dout.data[o] / positions.length : dout.data[o];
          if (wrong === "= for +=") dx.data[position] = flow;
          else dx.data[position] += flow;
        }
      });
      return { x: dx };
    },
    bugs: [
      bug("mean and maximum confused"),
      ...where(kind === "average", bug("size of the window forgotten", "cause.factor")),
      ...where(kind === "max", bug("to the first of the window")),
      ...where(stride < k && side > 1, bug("= for +=")),
    ],
  };
}
