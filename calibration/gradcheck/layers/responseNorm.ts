import { bug, type Layer } from "./layer.js";
import { map, normal, pick, zeros } from "./tensor.js";

/** Local response normalization over channels: `a[i] (k + α Σ a[j]²)^−β` over the j within one of i. */
export const responseNorm: Layer = {
  name: "local response normalization",
  draw(stream) {
    const [N, C] = [pick(stream, [2, 4]), pick(stream, [4, 6])];
    const [k, alpha, beta] = [2, 0.5, 0.75];
    const neighbours = (channel: number): number[] =>
      [channel - 1, channel, channel + 1].filter((other) => other >= 0 && other < C);
    const scale = (data: Float64Array): Float64Array =>
      data.map((_, position) => {
        const row = position - (position % C);
        return k + alpha * neighbours(position % C).reduce((sum, j) => sum + data[row + j] ** 2, 0);
      });
    return {
      inputs: { a: normal(stream, N, C) },
      forward: ({ a }) => map(a, (value, position) => value * scale(a.data)[position] ** -beta),
      backward({ a }, dout, wrong) {
        const s = scale(a.data);
        const da = zeros(N, C);
        for (const position of da.data.keys()) {
          const row = position - (position % C);
          da.data[position] += dout.data[position] * s[position] ** -beta;
          if (wrong === "scale taken as constant") continue;
          for (const j of neighbours(position % C)) {
            const own = wrong === "a[j] for a[i]" ? a.data[row + j] : a.data[position];
            const slope = -2 * alpha * beta * s[row + j] ** (-beta - 1);
            da.data[position] += slope * own * a.data[row + j] * dout.data[row + j];
          }
        }
        return { a: da };
      },
      bugs: [bug("a[j] for a[i]"), bug("scale taken as constant")],
    };
  },
};
