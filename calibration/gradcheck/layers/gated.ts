import type { RandomStream } from "../../../src/random/streams.js";
import { bug, type DrawnLayer, type Layer } from "./layer.js";
import { add, setStep, stepOf } from "./recurrent.js";
import { map, normal, pick, product, sumRows, type Tensor, type Tensors, zeros } from "./tensor.js";

const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));
const times = (a: Tensor, b: Tensor): Tensor => map(a, (value, k) => value * b.data[k]);

/** Columns of one gate of N × (gates · H). */
function gate({ shape: [N, width], data }: Tensor, index: number, H: number): Tensor {
  const part = zeros(N, H);
  for (let n = 0; n < N; n++) {
    part.data.set(data.subarray(n * width + index * H, n * width + (index + 1) * H), n * H);
  }
  return part;
}

/** Gates side by side. */
function joined(gates: readonly Tensor[]): Tensor {
  const [N, H] = gates[0].shape;
  const whole = zeros(N, gates.length * H);
  for (const [g, { data }] of gates.entries()) {
    for (const [k, value] of data.entries()) whole.data[(Math.floor(k / H) * gates.length + g) * H + (k % H)] = value;
  }
  return whole;
}

interface Sizes {
  readonly N: number;
  readonly T: number;
  readonly D: number;
  readonly H: number;
}

function sizes(stream: RandomStream): Sizes {
  return { N: pick(stream, [1, 2]), T: pick(stream, [3, 4]), D: pick(stream, [2, 3]), H: pick(stream, [2, 3]) };
}

function inputs(stream: RandomStream, { N, T, D, H }: Sizes, gates: number): Tensors {
  const half = (tensor: Tensor): Tensor => map(tensor, (value) => value / 2);
  return {
    x: normal(stream, N, T, D),
    h0: normal(stream, N, H),
    Wx: half(normal(stream, D, gates * H)),
    Wh: half(normal(stream, H, gates * H)),
    b: half(normal(stream, gates * H)),
  };
}

function affine({ x, Wx, Wh, b }: Tensors, t: number, h: Tensor): Tensor {
  return map(add(product(stepOf(x, t), Wx), product(h, Wh)), (value, k) => value + b.data[k % b.data.length]);
}

/** `i, f, o = σ(…)`, `g = tanh(…)`, `c[t] = f c[t − 1] + i g`, `h[t] = o tanh(c[t])`, with c[−1] = 0. */
export const lstm: Layer = {
  name: "LSTM",
  draw(stream): DrawnLayer {
    const size = sizes(stream);
    const { N, T, D, H } = size;
    const run = (given: Tensors) => {
      const steps = [];
      let [h, c] = [given.h0, zeros(N, H)];
      for (let t = 0; t < T; t++) {
        const z = affine(given, t, h);
        const [i, f, o] = [0, 1, 2].map((index) => map(gate(z, index, H), sigmoid));
        const g = map(gate(z, 3, H), Math.tanh);
        const next = add(times(f, c), times(i, g));
        const tanhC = map(next, Math.tanh);
        steps.push({ before: h, cBefore: c, i, f, o, g, tanhC });
        [h, c] = [times(o, tanhC), next];
      }
      return { steps, last: h };
    };
    return {
      inputs: inputs(stream, size, 4),
      forward(given) {
        const { steps, last } = run(given);
        const out = zeros(N, T, H);
        for (let t = 0; t < T; t++) setStep(out, t, t + 1 < T ? steps[t + 1].before : last);
        return out;
      },
      backward(given, dout, wrong) {
        const { steps } = run(given);
        const dx = zeros(N, T, D);
        let [dWx, dWh, db] = [zeros(D, 4 * H), zeros(H, 4 * H), zeros(4 * H)];
        let [dhNext, dcNext] = [zeros(N, H), zeros(N, H)];
        for (let t = T - 1; t >= 0; t--) {
          const { before, cBefore, i, f, o, g, tanhC } = steps[t];
          const dh = add(stepOf(dout, t), wrong === "dh of later steps lost" ? zeros(N, H) : dhNext);
          const bend = map(tanhC, (value) => (wrong === "tanh' of the cell forgotten" ? 1 : 1 - value ** 2));
          const own = times(times(dh, o), bend);
          const dc = wrong === "dc of later steps lost" ? own : add(own, dcNext);
          const slope = (value: number): number => value * (1 - value);
          const dz = joined([
            times(times(dc, g), map(i, slope)),
            times(times(dc, cBefore), map(f, wrong === "σ' of the forget gate as f" ? (value) => value : slope)),
            times(times(dh, tanhC), map(o, slope)),
            times(
              times(dc, i),
              map(g, (value) => 1 - value ** 2),
            ),
          ]);
          dWx = add(dWx, product(stepOf(given.x, t), dz, { a: true }));
          dWh =
            wrong === "dWh of the first step only"
              ? product(before, dz, { a: true })
              : add(dWh, product(before, dz, { a: true }));
          db = add(db, sumRows(dz));
          setStep(dx, t, product(dz, given.Wx, { b: true }));
          dhNext = product(dz, given.Wh, { b: true });
          dcNext = wrong === "dc without the forget gate" ? dc : times(dc, f);
        }
        return { x: dx, h0: dhNext, Wx: dWx, Wh: dWh, b: db };
      },
      bugs: [
        bug("dh of later steps lost", "part.before"),
        bug("dc of later steps lost", "part.before"),
        bug("dc without the forget gate", "part.before"),
        bug("tanh' of the cell forgotten"),
        bug("σ' of the forget gate as f"),
        bug("dWh of the first step only"),
      ],
    };
  },
};

/** `z, r = σ(…)`, `n = tanh(x Wₙ + bₙ + r (h Uₙ))`, `h[t] = (1 − z) n + z h[t − 1]`. */
export const gru: Layer = {
  name: "GRU",
  draw(stream): DrawnLayer {
    const size = sizes(stream);
    const { N, T, D, H } = size;
    const run = (given: Tensors) => {
      const steps = [];
      let h = given.h0;
      for (let t = 0; t < T; t++) {
        const [left, right] = [product(stepOf(given.x, t), given.Wx), product(h, given.Wh)];
        const withBias = map(left, (value, k) => value + given.b.data[k % (3 * H)]);
        const [z, r] = [0, 1].map((index) => map(add(gate(withBias, index, H), gate(right, index, H)), sigmoid));
        const recurrent = gate(right, 2, H);
        const n = map(add(gate(withBias, 2, H), times(r, recurrent)), Math.tanh);
        steps.push({ before: h, z, r, n, recurrent });
        h = map(n, (value, k) => (1 - z.data[k]) * value + z.data[k] * h.data[k]);
      }
      return { steps, last: h };
    };
    return {
      inputs: inputs(stream, size, 3),
      forward(given) {
        const { steps, last } = run(given);
        const out = zeros(N, T, H);
        for (let t = 0; t < T; t++) setStep(out, t, t + 1 < T ? steps[t + 1].before : last);
        return out;
      },
      backward(given, dout, wrong) {
        const { steps } = run(given);
        const dx = zeros(N, T, D);
        let [dWx, dWh, db, dNext] = [zeros(D, 3 * H), zeros(H, 3 * H), zeros(3 * H), zeros(N, H)];
        for (let t = T - 1; t >= 0; t--) {
          const { before, z, r, n, recurrent } = steps[t];
          const dh = add(stepOf(dout, t), dNext);
          const da = map(dh, (value, k) => value * (1 - z.data[k]) * (1 - n.data[k] ** 2));
          const dz = map(dh, (value, k) => value * (before.data[k] - n.data[k]) * z.data[k] * (1 - z.data[k]));
          const dr = map(da, (value, k) => value * recurrent.data[k] * r.data[k] * (1 - r.data[k]));
          const left = joined([dz, dr, da]);
          const right = joined([dz, dr, wrong === "reset gate forgotten" ? da : times(da, r)]);
          const forgetsFirst = wrong === "first step forgotten" && t === 0;
          if (forgetsFirst) break;
          dWx = add(dWx, product(stepOf(given.x, t), left, { a: true }));
          dWh = add(dWh, product(before, right, { a: true }));
          db = add(db, sumRows(left));
          setStep(dx, t, product(left, given.Wx, { b: true }));
          const carried = product(right, given.Wh, { b: true });
          dNext =
            wrong === "z h[t − 1] forgotten" ? carried : map(carried, (value, k) => value + dh.data[k] * z.data[k]);
          if (wrong === "chain cut") dNext = zeros(N, H);
        }
        return { x: dx, h0: dNext, Wx: dWx, Wh: dWh, b: db };
      },
      bugs: [
        bug("chain cut", "part.before"),
        bug("z h[t − 1] forgotten", "part.before"),
        bug("first step forgotten", "part.along"),
        bug("reset gate forgotten", "part.before"),
      ],
    };
  },
};
