import { bug, type Layer } from "./layer.js";
import { map, normal, pick, product, sumRows, type Tensor, zeros } from "./tensor.js";

/** Rows of one step of N × T × D. */
export function stepOf({ shape: [N, T, D], data }: Tensor, t: number): Tensor {
  const step = zeros(N, D);
  for (let n = 0; n < N; n++) step.data.set(data.subarray((n * T + t) * D, (n * T + t + 1) * D), n * D);
  return step;
}

export function setStep({ shape: [N, T, D], data }: Tensor, t: number, step: Tensor): void {
  for (let n = 0; n < N; n++) data.set(step.data.subarray(n * D, (n + 1) * D), (n * T + t) * D);
}

export function add(a: Tensor, b: Tensor): Tensor {
  return map(a, (value, k) => value + b.data[k]);
}

/** `h[t] = tanh(x[t] Wx + h[t − 1] Wh + b)`, all of whose states are the output. */
export const rnn: Layer = {
  name: "RNN",
  draw(stream) {
    const [N, T, D, H] = [
      pick(stream, [1, 2, 3]),
      pick(stream, [3, 4, 5]),
      pick(stream, [2, 3]),
      pick(stream, [2, 3, 4]),
    ];
    const states = ({ x, h0, Wx, Wh, b }: Readonly<Record<string, Tensor>>): Tensor[] => {
      const all = [h0];
      for (let t = 0; t < T; t++) {
        const z = add(product(stepOf(x, t), Wx), product(all[t], Wh));
        all.push(map(z, (value, k) => Math.tanh(value + b.data[k % H])));
      }
      return all;
    };
    const half = (tensor: Tensor): Tensor => map(tensor, (value) => value / 2);
    return {
      inputs: {
        x: normal(stream, N, T, D),
        h0: normal(stream, N, H),
        Wx: half(normal(stream, D, H)),
        Wh: half(normal(stream, H, H)),
        b: half(normal(stream, H)),
      },
      forward(inputs) {
        const out = zeros(N, T, H);
        for (const [t, h] of states(inputs).slice(1).entries()) setStep(out, t, h);
        return out;
      },
      backward(inputs, dout, wrong) {
        const { x, Wx, Wh } = inputs;
        const all = states(inputs);
        const dx = zeros(N, T, D);
        let [dWx, dWh, db, dNext] = [zeros(D, H), zeros(H, H), zeros(H), zeros(N, H)];
        const first = wrong === "first step forgotten" ? 1 : 0;
        for (let t = T - 1; t >= first; t--) {
          const direct = wrong === "dout of the last step only" && t < T - 1 ? zeros(N, H) : stepOf(dout, t);
          const dh = wrong === "chain cut" ? direct : add(direct, dNext);
          const derivative = (k: number): number => (wrong === "tanh' forgotten" ? 1 : 1 - all[t + 1].data[k] ** 2);
          const dz = map(dh, (value, k) => value * derivative(k));
          const from = wrong === "h[t] for h[t − 1]" ? all[t + 1] : all[t];
          const parts = [product(stepOf(x, t), dz, { a: true }), product(from, dz, { a: true }), sumRows(dz)];
          const overwrites = wrong === "= for += over the steps";
          [dWx, dWh, db] = overwrites ? parts : [add(dWx, parts[0]), add(dWh, parts[1]), add(db, parts[2])];
          setStep(dx, t, product(dz, Wx, { b: true }));
          dNext = product(dz, Wh, { b: wrong !== "Wh not transposed" });
        }
        return { x: dx, h0: wrong === "chain cut" ? map(dNext, () => 0) : dNext, Wx: dWx, Wh: dWh, b: db };
      },
      bugs: [
        bug("chain cut", "part.before"),
        bug("first step forgotten", "part.along"),
        bug("dout of the last step only"),
        bug("= for += over the steps"),
        bug("tanh' forgotten"),
        bug("h[t] for h[t − 1]"),
        bug("Wh not transposed", "part.before"),
      ],
    };
  },
};
