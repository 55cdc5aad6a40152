import { Matrix } from "../../../array/matrix.js";
import { OptionError, requireNumber, requireObject, show } from "../../../constraint/constraint.js";
import { parseChoice } from "../../choice.js";
import { initializers } from "../../generated/initializers.js";
import type { InitializerSpec } from "../../names.js";
import type { Operation } from "../../op.js";
import { requireRows } from "../../requireRows.js";
import type { LayerDefinition } from "../layer.js";

/** An embedding of categories: in the place of each code stand numbers that are learned. */
export interface EmbeddingSpec {
  readonly type: "embedding";
  /** Codes there are in each row of the input: 0 … size − 1. */
  readonly sizes: readonly number[];
  /** Numbers that stand for a code: the same for all rows, or one a row. */
  readonly dimension: number | readonly number[];
  /** How the tables start. Default: N(0, 1). */
  readonly initializer?: InitializerSpec;
}

/** Ranges of its numbers. A code has to be exact in float32. */
export const embeddingConstraints = {
  size: { kind: "number", whole: true, min: 1, max: 2 ** 24 },
  dimension: { kind: "number", whole: true, min: 1, max: 4096 },
} as const;

/** Numbers that all tables of a layer may have: 2 GiB in float64. */
const mostNumbers = 2 ** 28;

/** The table of a row of codes, and where it begins in E and in the output. */
interface Table {
  readonly size: number;
  readonly dimension: number;
  readonly from: number;
  readonly row: number;
}

function tablesOf(options: Readonly<Record<string, number>>): readonly Table[] {
  const numbers = Object.values(options);
  let [from, row] = [0, 0];
  return Array.from({ length: numbers.length / 2 }, (_, i) => {
    const [size, dimension] = numbers.slice(2 * i, 2 * i + 2);
    const table = { size, dimension, from, row };
    from += size * dimension;
    row += dimension;
    return table;
  });
}

/**
 * Of each row of codes the rows of its table: `out = E[code]`, transposed, one row of codes after the other; backward
 * `dE[code] += dOut`. Codes have no derivative.
 */
const lookUp: Operation = {
  keeps: "input",
  codes: (options) => tablesOf(options).map(({ size }) => size),
  shapes([input], options) {
    const tables = tablesOf(options);
    requireRows("embedding", "sizes", tables.length, input);
    return [{ rows: tables.reduce((rows, { dimension }) => rows + dimension, 0) }];
  },
  parameters(_inputs, options) {
    const tables = tablesOf(options);
    const [{ dimension }] = tables;
    const numbers = tables.reduce((total, table) => total + table.size * table.dimension, 0);
    // Tables of one width make a matrix, those of several follow each other number by number.
    const columns = tables.every((table) => table.dimension === dimension) ? dimension : 1;
    return [{ role: "E", rows: numbers / columns, columns, start: "initializer", decays: false }];
  },
  forward([codes], { options, parameters: [E] }) {
    const m = codes.columns;
    const tables = tablesOf(options);
    const rows = tables.reduce((total, { dimension }) => total + dimension, 0);
    const output = Matrix.zeros(rows, m, codes.dtype); // (Σ dimensions × examples)
    for (const [i, { size, dimension, from, row }] of tables.entries()) {
      for (let j = 0; j < m; j++) {
        const code = codes.data[i * m + j];
        const known = Number.isInteger(code) && code >= 0 && code < size;
        for (let d = 0; d < dimension; d++) {
          output.data[(row + d) * m + j] = known ? E.data[from + code * dimension + d] : Number.NaN;
        }
      }
    }
    return { outputs: [output] };
  },
  backward([dOutput], { inputs: [codes], options, parameters: [E] }) {
    const m = codes.columns;
    const dE = Matrix.zeros(E.rows, E.columns, E.dtype); // (Σ sizes × dimension)
    for (const [i, { dimension, from, row }] of tablesOf(options).entries()) {
      for (let j = 0; j < m; j++) {
        const at = from + codes.data[i * m + j] * dimension;
        for (let d = 0; d < dimension; d++) dE.data[at + d] += dOutput.data[(row + d) * m + j];
      }
    }
    const dCodes = Matrix.zeros(codes.rows, m, dOutput.dtype); // (rows × examples)
    return { inputs: [dCodes], parameters: [dE] };
  },
};

/** Checks its specification, which may come from a file or a link. */
export function parseEmbedding(where: string, value: unknown): EmbeddingSpec {
  const given = requireObject(where, value, ["type", "sizes", "dimension", "initializer"]);
  const { sizes, dimension, initializer } = given;
  if (!Array.isArray(sizes) || sizes.length === 0) {
    throw new OptionError(
      `${where}: sizes must be an array with the number of codes of each row, such as [3, 7], got ${show(sizes)}`,
    );
  }
  const all = sizes.map((size, i) => requireNumber(`${where}: sizes[${i}]`, size, embeddingConstraints.size));
  const parsed = Array.isArray(dimension)
    ? dimension.map((one, i) => requireNumber(`${where}: dimension[${i}]`, one, embeddingConstraints.dimension))
    : requireNumber(`${where}: dimension`, dimension, embeddingConstraints.dimension);
  if (typeof parsed !== "number" && parsed.length !== all.length) {
    throw new OptionError(
      `${where}: dimension must be one number, or one for each of the ${all.length} sizes, got ${parsed.length}`,
    );
  }
  const numbers = all.reduce((total, size, i) => total + size * dimensionAt(parsed, i), 0);
  if (numbers > mostNumbers) {
    throw new OptionError(
      `${where}: the tables of the embedding hold ${numbers} numbers, at most ${mostNumbers} (2 GiB in float64); ` +
        "use a smaller dimension or fewer codes",
    );
  }
  return {
    type: "embedding",
    sizes: all,
    dimension: parsed,
    ...(initializer !== undefined && {
      initializer: parseChoice(`${where}: initializer`, initializer, initializers),
    }),
  };
}

/** The embedding of categories. */
export const embedding: LayerDefinition<EmbeddingSpec> = {
  example: { spec: { type: "embedding", sizes: [3, 5], dimension: [2, 1] }, inputs: 2, codes: 3 },
  parse: parseEmbedding,
  lower({ sizes, dimension, initializer = { type: "normal", scale: 1 } }, input, builder) {
    const options: Record<string, number> = {};
    for (const [i, size] of sizes.entries()) {
      options[`size${i + 1}`] = size;
      options[`dimension${i + 1}`] = dimensionAt(dimension, i);
    }
    return builder.add({ op: "embedding", operation: lookUp, inputs: [input], options, starts: { E: initializer } })[0];
  },
};

function dimensionAt(dimension: EmbeddingSpec["dimension"], row: number): number {
  return typeof dimension === "number" ? dimension : dimension[row];
}
