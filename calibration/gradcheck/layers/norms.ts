import type { RandomStream } from "../../../src/random/streams.js";
import { bug, type DrawnLayer, type Layer, where } from "./layer.js";
import { map, normal, pick, sizeOf, type Tensor, zeros } from "./tensor.js";

/** Which entries of x share their mean and variance. */
const kinds = ["batch", "layer", "group", "instance", "root mean square"] as const;
type Kind = (typeof kinds)[number];

/** `out = γ ∘ (x − μ) / √(σ² + ε) + β`, of the root mean square `γ ∘ x / √(mean(x²) + ε) + β`. γ and β have one number a channel. */
export const norms: readonly Layer[] = kinds.map((kind) => ({
  name: `${kind} norm`,
  draw: (stream) => draw(stream, kind),
}));

function draw(stream: RandomStream, kind: Kind): DrawnLayer {
  const isImage = kind === "group" || kind === "instance" || (kind === "batch" && pick(stream, [false, true]));
  const N = pick(stream, [3, 4, 6]) - (isImage ? 2 : 0);
  const C = kind === "group" ? 4 : pick(stream, [3, 4, 5]);
  const groups = 2;
  const shape = isImage ? [N, C, 2, pick(stream, [2, 3])] : [N, C];
  const area = sizeOf(shape.slice(2));
  const epsilon = pick(stream, [1e-5, 1e-8, 1e-3]);
  const channelOf = (k: number): number => Math.floor(k / area) % C;
  const groupOf = (k: number): number => {
    const [n, c] = [Math.floor(k / (C * area)), channelOf(k)];
    if (kind === "batch") return c;
    if (kind === "instance") return n * C + c;
    return kind === "group" ? n * groups + Math.floor(c / (C / groups)) : n;
  };
  const count = 1 + groupOf(N * C * area - 1);
  const size = (N * C * area) / count;
  const centers = kind !== "root mean square";
  const isOne = pick(stream, [false, false, true]);

  /** Mean over each group, at each entry. */
  const mean = (values: Float64Array): Float64Array => {
    const sums = new Float64Array(count);
    for (const [k, value] of values.entries()) sums[groupOf(k)] += value / size;
    return values.map((_, k) => sums[groupOf(k)]);
  };
  const normalized = ({ data }: Tensor): { xHat: Float64Array; deviation: Float64Array } => {
    const mu = centers ? mean(data) : new Float64Array(data.length);
    const centered = data.map((value, k) => value - mu[k]);
    const deviation = mean(centered.map((value) => value ** 2)).map((variance) => Math.sqrt(variance + epsilon));
    return { xHat: centered.map((value, k) => value / deviation[k]), deviation };
  };
  const overChannels = (values: Float64Array): Tensor => {
    const sums = zeros(C);
    for (const [k, value] of values.entries()) sums.data[channelOf(k)] += value;
    return sums;
  };

  return {
    inputs: {
      x: map(normal(stream, ...shape), (value) => 2 * value + 0.5),
      gamma: isOne ? map(zeros(C), () => 1) : normal(stream, C),
      beta: normal(stream, C),
    },
    forward({ x, gamma, beta }) {
      const { xHat } = normalized(x);
      return map(x, (_, k) => gamma.data[channelOf(k)] * xHat[k] + beta.data[channelOf(k)]);
    },
    backward({ x, gamma }, { data: dout }, wrong) {
      const { xHat, deviation } = normalized(x);
      const scale = (k: number): number => gamma.data[channelOf(k)];
      const outside = wrong === "γ outside the sums";
      const u = dout.map((value, k) => value * (outside || wrong === "γ forgotten" ? 1 : scale(k)));
      const level =
        centers && wrong !== "mean's term missing" && wrong !== "statistics constant" ? mean(u) : u.map(() => 0);
      const along = mean(u.map((value, k) => value * xHat[k]));
      const bend = wrong === "variance's term missing" || wrong === "statistics constant" ? 0 : 1;
      const off = wrong === "mean over one entry less" ? size / (size - 1) : 1;
      const half = wrong === "variance's term halved" ? 0.5 : 1;
      const dx = u.map((value, k) => (value - off * level[k] - bend * half * xHat[k] * along[k]) / deviation[k]);
      const dgamma = overChannels(dout.map((value, k) => value * (wrong === "dγ from x" ? x.data[k] : xHat[k])));
      const dbeta = overChannels(dout);
      return {
        x: { shape: x.shape, data: outside ? dx.map((value, k) => value * scale(k)) : dx },
        gamma: dgamma,
        beta: wrong === "dβ mean" ? map(dbeta, (value) => value / (N * area)) : dbeta,
      };
    },
    bugs: [
      ...where(centers, bug("mean's term missing", "norm.mean"), bug("mean over one entry less", "norm.mean")),
      bug("variance's term missing", centers ? "norm.variance" : "norm.square"),
      bug("variance's term halved", centers ? "norm.variance" : "norm.square"),
      ...where(centers, bug("statistics constant", "norm.both")),
      ...where(kind === "layer", bug("γ outside the sums", "norm.scaleOutside")),
      bug("γ forgotten"),
      bug("dγ from x"),
      bug("dβ mean", "cause.factor"),
    ],
  };
}
