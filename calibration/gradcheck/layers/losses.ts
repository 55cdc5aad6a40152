import type { RandomStream } from "../../../src/random/streams.js";
import { bug, type DrawnLayer, type Layer } from "./layer.js";
import { map, normal, pick, type Tensor, zeros } from "./tensor.js";

interface Drawn {
  readonly N: number;
  readonly C: number;
  readonly labels: readonly number[];
  readonly scores: Tensor;
}

function drawScores(stream: RandomStream): Drawn {
  const [N, C] = [pick(stream, [3, 5, 12]), pick(stream, [3, 4, 6])];
  return { N, C, labels: Array.from({ length: N }, () => stream.below(C)), scores: normal(stream, N, C) };
}

/** `(1/N) Σ max(0, s − s[y] + 1)` over the other classes. */
export const hinge: Layer = {
  name: "SVM hinge",
  draw(stream): DrawnLayer {
    const { N, C, labels, scores } = drawScores(stream);
    const margin = (data: Float64Array, k: number): number => {
      const row = Math.floor(k / C);
      return k % C === labels[row] ? 0 : Math.max(0, data[k] - data[row * C + labels[row]] + 1);
    };
    return {
      inputs: { scores },
      forward: ({ scores: { data } }) => ({
        shape: [],
        data: Float64Array.of(data.reduce((sum, _, k) => sum + margin(data, k), 0) / N),
      }),
      backward({ scores: { data } }, { data: [dout] }, wrong) {
        const result = zeros(N, C);
        for (const k of data.keys()) {
          if (margin(data, k) === 0) continue;
          const row = Math.floor(k / C);
          result.data[k] += dout / N;
          if (wrong === "label's own term forgotten") continue;
          if (wrong === "label's own term once") result.data[row * C + labels[row]] = -dout / N;
          else result.data[row * C + labels[row]] -= dout / N;
        }
        return { scores: wrong === "1/N missing" ? map(result, (value) => value * N) : result };
      },
      bugs: [
        bug("1/N missing", "cause.factor"),
        bug("label's own term forgotten", "part.zero"),
        bug("label's own term once", "part.entries", "part.many", "part.some", "pattern.someRange"),
      ],
    };
  },
};

/** `−(1/N) Σ log softmax(s)[y]` */
export const softmaxCrossEntropy: Layer = {
  name: "softmax cross-entropy",
  draw(stream): DrawnLayer {
    const { N, C, labels, scores } = drawScores(stream);
    const probabilities = (data: Float64Array): Float64Array => {
      const sums = new Float64Array(N);
      for (const [k, value] of data.entries()) sums[Math.floor(k / C)] += Math.exp(value);
      return data.map((value, k) => Math.exp(value) / sums[Math.floor(k / C)]);
    };
    return {
      inputs: { scores },
      forward({ scores: { data } }) {
        const P = probabilities(data);
        const loss = labels.reduce((sum, label, n) => sum - Math.log(P[n * C + label]), 0) / N;
        return { shape: [], data: Float64Array.of(loss) };
      },
      backward({ scores: { shape, data } }, { data: [dout] }, wrong) {
        const P = probabilities(data);
        const factor = (dout * (wrong === "sign" ? -1 : 1)) / (wrong === "1/N missing" ? 1 : N);
        const Y = (k: number): number =>
          wrong !== "targets not subtracted" && k % C === labels[Math.floor(k / C)] ? 1 : 0;
        return { scores: { shape, data: P.map((p, k) => factor * (p - Y(k))) } };
      },
      bugs: [
        bug("1/N missing", "cause.factor"),
        bug("sign", "factor.sign"),
        bug("targets not subtracted", "cause.targetsMissing"),
      ],
    };
  },
};
