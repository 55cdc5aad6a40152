import { Matrix } from "../../../array/matrix.js";
import { requireNumber, requireObject } from "../../../constraint/constraint.js";
import { cos, sin } from "../../../numeric/sinCos.js";
import type { OptionTable } from "../../choice.js";
import type { Operation } from "../../op.js";
import { featurewise, featurewiseOptions } from "../../structure/featurewise/featurewise.js";
import { split } from "../../structure/split/split.js";
import { stack } from "../../structure/stack/stack.js";
import type { LayerDefinition } from "../layer.js";

/** A periodic embedding of numbers: a linear map of cosines whose frequencies are learned, and the number itself. */
export interface PeriodicSpec {
  readonly type: "periodic";
  /** Frequencies of each feature. Default 16. */
  readonly frequencies?: number;
  /** Numbers that the linear map of a feature gives. Default 3. */
  readonly dimension?: number;
  /** Standard deviation of the frequencies at the start. Default 0.1. */
  readonly scale?: number;
}

/** Ranges of its numbers. */
export const periodicConstraints = {
  frequencies: { kind: "number", whole: true, min: 1, max: 4096 },
  dimension: { kind: "number", whole: true, min: 1, max: 4096 },
  scale: { kind: "number", above: 0, max: 1e6 },
} as const;

/** Its numbers, with what they are by default. */
const periodicOptions = {
  frequencies: { constraint: periodicConstraints.frequencies, default: 16 },
  dimension: { constraint: periodicConstraints.dimension, default: 3 },
  scale: { constraint: periodicConstraints.scale, default: 0.1 },
} as const satisfies OptionTable;

const turn = 2 * Math.PI;

/** Where the wave of a frequency is at x: whole turns are taken off first, which is exact, so that a large x costs no digits. */
function angleAt(x: number, frequency: number, phase: number): number {
  const turns = frequency * x;
  return turn * (turns - Math.floor(turns + 0.5)) + phase;
}

/**
 * `A = cos φ` with `φ = 2π f x + phase` for each feature x and its frequencies f. Backward, with `dφ = −sin φ ∘ dA`:
 * `df = Σ_columns 2π x dφ`, `dphase = Σ_columns dφ`, `dx = Σ_frequencies 2π f dφ`.
 */
const waves: Operation = {
  keeps: "input",
  shapes: ([{ rows }], { frequencies }) => [{ rows: rows * frequencies }],
  parameters: ([{ rows }], { frequencies }) => [
    { role: "frequency", rows, columns: frequencies, start: "initializer", decays: false },
    { role: "phase", rows, columns: frequencies, start: "initializer", decays: false },
  ],
  // sin φ
  cacheRows: ([{ rows }], { frequencies }) => [rows * frequencies],
  forward([X], { parameters: [f, phase] }) {
    const m = X.columns;
    const cosines = Matrix.zeros(f.data.length, m, X.dtype); // (features · frequencies × examples)
    const sines = Matrix.zeros(f.data.length, m, X.dtype); // (features · frequencies × examples)
    for (let i = 0; i < f.data.length; i++) {
      const row = Math.floor(i / f.columns);
      for (let j = 0; j < m; j++) {
        const angle = angleAt(X.data[row * m + j], f.data[i], phase.data[i]);
        cosines.data[i * m + j] = cos(angle);
        sines.data[i * m + j] = sin(angle);
      }
    }
    return { outputs: [cosines], cache: [sines] };
  },
  backward([dA], { inputs: [X], parameters: [f], cache: [sines] }) {
    const m = X.columns;
    const dX = Matrix.zeros(X.rows, m, X.dtype); // (features × examples)
    const df = Matrix.zeros(f.rows, f.columns, X.dtype); // (features × frequencies)
    const dPhase = Matrix.zeros(f.rows, f.columns, X.dtype); // (features × frequencies)
    for (let i = 0; i < f.data.length; i++) {
      const row = Math.floor(i / f.columns);
      for (let j = 0; j < m; j++) {
        const dAngle = -sines.data[i * m + j] * dA.data[i * m + j];
        df.data[i] += turn * X.data[row * m + j] * dAngle;
        dPhase.data[i] += dAngle;
        dX.data[row * m + j] += turn * f.data[i] * dAngle;
      }
    }
    return { inputs: [dX], parameters: [df, dPhase] };
  },
};

/** Checks its specification, which may come from a file or a link. */
export function parsePeriodic(where: string, value: unknown): PeriodicSpec {
  const given = requireObject(where, value, ["type", "frequencies", "dimension", "scale"]);
  const number = (name: keyof typeof periodicConstraints): number | undefined =>
    given[name] === undefined ? undefined : requireNumber(`${where}: ${name}`, given[name], periodicConstraints[name]);
  const [frequencies, dimension, scale] = [number("frequencies"), number("dimension"), number("scale")];
  return {
    type: "periodic",
    ...(frequencies !== undefined && { frequencies }),
    ...(dimension !== undefined && { dimension }),
    ...(scale !== undefined && { scale }),
  };
}

/**
 * The periodic embedding, in the form "PBLD": of each feature x the linear map of `cos(2π f x + phase)`, and x beside it.
 *
 * Source: Holzmüller, Grinsztajn & Steinwart 2024, "Better by default: strong pre-tuned MLPs and boosted trees on tabular
 * data" (arXiv 2407.04491), after Gorishniy, Rubachev & Babenko 2022 (arXiv 2203.05556), eq. 2. Frequencies start from
 * N(0, scale²), phases from U(−π, π), map and shift from U(−1/√k, 1/√k) for k frequencies.
 */
export const periodic: LayerDefinition<PeriodicSpec> = {
  example: { spec: { type: "periodic", frequencies: 3, dimension: 2, scale: 0.3 }, inputs: 3 },
  options: periodicOptions,
  parse: parsePeriodic,
  lower(spec, input, builder) {
    const {
      frequencies = periodicOptions.frequencies.default,
      dimension = periodicOptions.dimension.default,
      scale = periodicOptions.scale.default,
    } = spec;
    const { rows } = builder.shapeOf(input);
    const [through, beside] = builder.add({ op: "split", operation: split, inputs: [input] });
    const [cosines] = builder.add({
      op: "periodic",
      operation: waves,
      inputs: [through],
      options: { frequencies },
      starts: { frequency: { type: "normal", scale }, phase: { type: "uniform", limit: Math.PI } },
    });
    const start = { type: "uniform", limit: 1 / Math.sqrt(frequencies) } as const;
    const [mapped] = builder.add({
      op: "featurewise",
      operation: featurewise,
      inputs: [cosines],
      options: featurewiseOptions(
        dimension,
        Array.from({ length: rows }, () => frequencies),
      ),
      starts: { map: start, shift: start },
    });
    return builder.add({ op: "stack", operation: stack, inputs: [mapped, beside] })[0];
  },
};
