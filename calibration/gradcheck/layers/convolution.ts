import { bug, type Layer, where } from "./layer.js";
import { at, normal, pick, type Tensor, zeros } from "./tensor.js";

/**
 * `out[n, f, i, j] = b[f] + Σ w[f, c, p, q] x[n, c, s i + p − pad, t j + q − pad]` over the channels c of the filter's group; beyond the edge x is 0,
 * or its nearest entry (`replicate`).
 */
export const convolution: Layer = {
  name: "convolution",
  draw(stream) {
    const groups = pick(stream, [1, 1, 2]);
    const [N, C, F] = [pick(stream, [1, 2, 3]), groups * pick(stream, [1, 2]), groups * pick(stream, [1, 2])];
    const [H, W] = [3 + stream.below(4), 3 + stream.below(4)];
    const [kh, kw] = pick(stream, [
      [3, 3],
      [2, 2],
      [3, 2],
      [1, 3],
    ]);
    const pad = pick(stream, [0, 1, 1, 2]);
    const [s, t] = pick(stream, [
      [1, 1],
      [2, 2],
      [1, 2],
    ]);
    const replicate = pad > 0 && pick(stream, [false, false, true]);
    const [h, w] = [Math.floor((H + 2 * pad - kh) / s) + 1, Math.floor((W + 2 * pad - kw) / t) + 1];
    const out = [N, F, h, w];

    /** Each product of an entry of x and one of w, and where it goes; `source` says which entry of x, −1 beyond the edge. */
    const each = (
      visit: (
        out: number,
        weight: number,
        x: number,
        place: { n: number; f: number; i: number; j: number; r: number; c: number },
      ) => void,
      [sh, sw]: readonly [number, number] = [s, t],
      copiesEdge = replicate,
    ): void => {
      for (let n = 0; n < N; n++)
        for (let f = 0; f < F; f++)
          for (let i = 0; i < h; i++)
            for (let j = 0; j < w; j++)
              for (let c = 0; c < C / groups; c++)
                for (let p = 0; p < kh; p++)
                  for (let q = 0; q < kw; q++) {
                    let [r, l] = [sh * i + p - pad, sw * j + q - pad];
                    if (copiesEdge) [r, l] = [Math.max(0, Math.min(H - 1, r)), Math.max(0, Math.min(W - 1, l))];
                    const channel = Math.floor(f / (F / groups)) * (C / groups) + c;
                    const inside = r >= 0 && r < H && l >= 0 && l < W;
                    visit(
                      at(out, n, f, i, j),
                      at([F, C / groups, kh, kw], f, c, p, q),
                      inside ? at([N, C, H, W], n, channel, r, l) : -1,
                      { n, f, i, j, r: r * W + l, c: channel },
                    );
                  }
    };

    return {
      inputs: {
        x: normal(stream, N, C, H, W),
        w: normal(stream, F, C / groups, kh, kw),
        b: normal(stream, F),
      },
      forward({ x, w: weights, b }) {
        const result: Tensor = zeros(...out);
        for (const k of result.data.keys()) result.data[k] = b.data[Math.floor(k / (h * w)) % F];
        each((o, k, source) => {
          if (source >= 0) result.data[o] += weights.data[k] * x.data[source];
        });
        return result;
      },
      backward({ x, w: weights, b }, dout, wrong) {
        const [dx, dw, db] = [zeros(...x.shape), zeros(...weights.shape), zeros(...b.shape)];
        const turned = (k: number): number => k - (k % (kh * kw)) + (kh * kw - 1 - (k % (kh * kw)));
        const strides: readonly [number, number] = wrong === "stride of the height for the width too" ? [s, s] : [s, t];
        each(
          (o, k, source, { n, f }) => {
            if (wrong === "only the first group" && f >= F / groups) return;
            if (source < 0) return;
            const flow = weights.data[wrong === "dx by the turned kernel" ? turned(k) : k] * dout.data[o];
            if (wrong === "dx = for +=") dx.data[source] = flow;
            else dx.data[source] += flow;
            if (wrong !== "dw of the last example" || n === N - 1) dw.data[k] += x.data[source] * dout.data[o];
          },
          strides,
          replicate && wrong !== "zero padding for replicated",
        );
        for (const [k, value] of dout.data.entries()) {
          const n = Math.floor(k / (F * h * w));
          if (wrong !== "db of the last example" || n === N - 1) db.data[Math.floor(k / (h * w)) % F] += value;
        }
        if (wrong === "padding cut off at the end") return { x: cutAtEnd(weights, dout), w: dw, b: db };
        if (wrong === "dw turned")
          return { x: dx, w: { ...dw, data: dw.data.map((_, k) => dw.data[turned(k)]) }, b: db };
        if (wrong === "kernel's axes swapped") {
          const swap = (k: number): number => k - (k % (kh * kw)) + (k % kw) * kh + (Math.floor(k / kw) % kh);
          return { x: dx, w: { ...dw, data: dw.data.map((_, k) => dw.data[swap(k)]) }, b: db };
        }
        if (wrong === "db mean over the positions") for (const k of db.data.keys()) db.data[k] /= h * w;
        return { x: dx, w: dw, b: db };

        /** dx of the padded input from its first entry on, where it should be from entry pad on. */
        function cutAtEnd(kernel: Tensor, dy: Tensor): Tensor {
          const padded = [N, C, H + 2 * pad, W + 2 * pad];
          const whole = zeros(...padded);
          for (let n = 0; n < N; n++)
            for (let f = 0; f < F; f++)
              for (let i = 0; i < h; i++)
                for (let j = 0; j < w; j++)
                  for (let c = 0; c < C / groups; c++)
                    for (let p = 0; p < kh; p++)
                      for (let q = 0; q < kw; q++) {
                        const channel = Math.floor(f / (F / groups)) * (C / groups) + c;
                        whole.data[at(padded, n, channel, s * i + p, t * j + q)] +=
                          kernel.data[at([F, C / groups, kh, kw], f, c, p, q)] * dy.data[at(out, n, f, i, j)];
                      }
          const result = zeros(N, C, H, W);
          for (let n = 0; n < N; n++)
            for (let c = 0; c < C; c++)
              for (let r = 0; r < H; r++)
                for (let l = 0; l < W; l++)
                  result.data[at([N, C, H, W], n, c, r, l)] = whole.data[at(padded, n, c, r, l)];
          return result;
        }
      },
      bugs: [
        bug("dx by the turned kernel", "cause.flipped", "cause.entriesPermuted"),
        bug("dw turned", "cause.flipped", "cause.entriesPermuted"),
        ...where(s !== t, bug("stride of the height for the width too", "cause.shifted")),
        ...where(s < kh || t < kw, bug("dx = for +=")),
        ...where(N > 1, bug("dw of the last example"), bug("db of the last example")),
        ...where(groups > 1, bug("only the first group", "part.along", "part.run", "part.entries", "part.zero")),
        ...where(replicate, bug("zero padding for replicated")),
        ...where(pad > 0 && !replicate, bug("padding cut off at the end", "cause.shifted")),
        ...where(kh === kw && kh > 1, bug("kernel's axes swapped", "cause.axesSwapped", "cause.entriesPermuted")),
        ...where(h * w > 1, bug("db mean over the positions", "cause.factor")),
      ],
    };
  },
};
