import { bug, type Layer, where } from "./layer.js";
import { map, normal, pick, product, zeros } from "./tensor.js";

/** `out[n] = E[token n]` */
export const embedding: Layer = {
  name: "embedding",
  draw(stream) {
    const [V, D] = [pick(stream, [5, 8, 40]), pick(stream, [2, 3, 5])];
    const n = 4 + stream.below(V);
    const tokens = Array.from({ length: n }, () => stream.below(V));
    const repeats = new Set(tokens).size < n;
    return {
      inputs: { E: normal(stream, V, D) },
      forward({ E }) {
        const out = zeros(n, D);
        for (const [i, token] of tokens.entries()) out.data.set(E.data.subarray(token * D, (token + 1) * D), i * D);
        return out;
      },
      backward({ E }, dout, wrong) {
        const dE = zeros(...E.shape);
        for (const [i, token] of tokens.entries()) {
          if (wrong === "last token forgotten" && i === n - 1) continue;
          const row = wrong === "one row too far" ? (token + 1) % V : token;
          for (let k = 0; k < D; k++) {
            if (wrong === "= for +=") dE.data[row * D + k] = dout.data[i * D + k];
            else dE.data[row * D + k] += dout.data[i * D + k];
          }
        }
        return { E: wrong === "mean over the tokens" ? map(dE, (value) => value / n) : dE };
      },
      bugs: [
        ...where(repeats, bug("= for +=", "part.rows")),
        bug("last token forgotten", "part.rows", "part.entries"),
        bug("one row too far", "cause.shifted", "cause.rowsPermuted"),
        bug("mean over the tokens", "cause.factor"),
      ],
    };
  },
};

/** Scores of every word by the same E that reads them: `tanh(E[token n]) Eᵀ`. */
export const tiedWeights: Layer = {
  name: "tied weights",
  draw(stream) {
    const [V, D, n] = [pick(stream, [4, 6, 8]), pick(stream, [2, 3, 4]), pick(stream, [2, 3, 5])];
    const tokens = Array.from({ length: n }, () => stream.below(V));
    const hidden = (E: Float64Array): Float64Array =>
      Float64Array.from({ length: n * D }, (_, k) => Math.tanh(E[tokens[Math.floor(k / D)] * D + (k % D)]));
    return {
      inputs: { E: normal(stream, V, D) },
      forward: ({ E }) => product({ shape: [n, D], data: hidden(E.data) }, E, { b: true }),
      backward({ E }, dout, wrong) {
        const h = { shape: [n, D], data: hidden(E.data) };
        const dE = wrong === "only as input" ? zeros(V, D) : product(dout, h, { a: true });
        if (wrong === "only as output") return { E: dE };
        const dh = product(dout, E);
        for (const [k, value] of dh.data.entries()) {
          dE.data[tokens[Math.floor(k / D)] * D + (k % D)] += value * (1 - h.data[k] ** 2);
        }
        return { E: dE };
      },
      bugs: [bug("only as input"), ...where(new Set(tokens).size < V, bug("only as output", "part.rows"))],
    };
  },
};
