import { OptionError, requireName, requireNumber, requireObject, show } from "../../../constraint/constraint.js";
import { type RowRange, select, selectOptions } from "../../structure/select/select.js";
import { split } from "../../structure/split/split.js";
import { stack } from "../../structure/stack/stack.js";
import type { DenseSpec } from "../dense/dense.js";
import type { Builder, InnerLayer, LayerDefinition, ParseLayer, Value } from "../layer.js";

/** One branch of a concatenation: some rows of its input, through layers of their own. */
export interface BranchSpec {
  /** What it is called, in messages and in what is shown of the network. */
  readonly name?: string;
  /**
   * The features that it takes: from the first, counted from 0, up to but not including the second, or several such ranges.
   * Default `all`.
   */
  readonly rows?: "all" | RowRange | readonly RowRange[];
  /** Default none: it hands on what it takes. */
  readonly layers?: readonly InnerLayer[];
}

/** Branches beside one another: what comes out of them stands one below the other. */
export interface ConcatenationSpec {
  readonly type: "concatenation";
  /** At least one. */
  readonly branches: readonly BranchSpec[];
}

const rowRange = { kind: "number", whole: true, min: 0 } as const;

/** Of the example. */
const narrow: DenseSpec = { type: "dense", units: 2, activation: "tanh" };

/** Branches of a value, each of some of its rows through layers of its own, their outputs one below the other. */
export const concatenation: LayerDefinition<ConcatenationSpec> = {
  example: {
    spec: {
      type: "concatenation",
      branches: [
        { name: "first", rows: [0, 2], layers: [narrow] },
        { rows: [1, 4] },
        {
          rows: [
            [3, 4],
            [0, 2],
          ],
        },
        { layers: [narrow] },
      ],
    },
    inputs: 4,
  },
  plain: { type: "concatenation", branches: [{ layers: [narrow] }, {}] },
  parse(where, value, parseLayer) {
    const { type, branches } = requireObject(where, value, ["type", "branches"]);
    requireName(`${where}: type`, type, ["concatenation"]);
    if (!Array.isArray(branches) || branches.length === 0) {
      throw new OptionError(
        `${where}: branches must be an array of at least one branch, such as { rows: [0, 2] }, got ${show(branches)}`,
      );
    }
    const parsed = branches.map((branch, k) => parseBranch(`${where}: branch ${k + 1}`, branch, parseLayer));
    for (const [k, { name }] of parsed.entries()) {
      const first = parsed.findIndex((other) => name !== undefined && other.name === name);
      if (first >= 0 && first < k) {
        throw new OptionError(`${where}: branches ${first + 1} and ${k + 1} are both called ${show(name)}`);
      }
    }
    return { type: "concatenation", branches: parsed };
  },
  lower({ branches }, input, builder) {
    let [rest, output]: [Value, Value | undefined] = [input, undefined];
    for (const [k, branch] of branches.entries()) {
      let part = rest;
      if (k < branches.length - 1) [part, rest] = builder.add({ op: "split", operation: split, inputs: [rest] });
      const made = builder.layers(branch.layers ?? [], rowsOf(branch, k, part, builder));
      output = output === undefined ? made : builder.add({ op: "stack", operation: stack, inputs: [output, made] })[0];
    }
    return output ?? input;
  },
};

function parseBranch(where: string, value: unknown, parseLayer: ParseLayer): BranchSpec {
  const { name, rows, layers } = requireObject(where, value, ["name", "rows", "layers"]);
  if (name !== undefined && (typeof name !== "string" || name === "")) {
    throw new OptionError(`${where}: name must be a text, got ${show(name)}`);
  }
  if (layers !== undefined && !Array.isArray(layers)) {
    throw new OptionError(`${where}: layers must be an array of layers, got ${show(layers)}`);
  }
  return {
    ...(name !== undefined && { name }),
    ...(rows !== undefined && { rows: parseRows(`${where}: rows`, rows) }),
    ...(layers !== undefined && { layers: layers.map((layer, l) => parseLayer(`${where}: layer ${l + 1}`, layer)) }),
  };
}

function parseRows(where: string, rows: unknown): NonNullable<BranchSpec["rows"]> {
  if (rows === "all") return rows;
  if (Array.isArray(rows) && Array.isArray(rows[0])) return rows.map((range, k) => parseRange(`${where}[${k}]`, range));
  return parseRange(where, rows);
}

function parseRange(where: string, rows: unknown): RowRange {
  if (!Array.isArray(rows) || rows.length !== 2) {
    throw new OptionError(
      `${where} must be "all", [from, to], rows counted from 0 without the last, or an array of those, got ${show(rows)}`,
    );
  }
  const from = requireNumber(`${where}[0]`, rows[0], rowRange);
  return [from, requireNumber(`${where}[1]`, rows[1], { ...rowRange, min: from + 1 })];
}

function isRange(rows: RowRange | readonly RowRange[]): rows is RowRange {
  return typeof rows[0] === "number";
}

/** @throws OptionError for rows that its input does not have */
function rowsOf({ name, rows = "all" }: BranchSpec, k: number, input: Value, builder: Builder): Value {
  if (rows === "all") return input;
  const ranges = isRange(rows) ? [rows] : rows;
  const has = builder.shapeOf(input).rows;
  const beyond = ranges.find(([, to]) => to > has);
  if (beyond !== undefined) {
    const [from, to] = beyond;
    const branch = name === undefined ? `branch ${k + 1}` : `branch ${show(name)}`;
    throw new OptionError(
      `${branch} takes rows ${from} to ${to - 1}, the input has ${has} ${has === 1 ? "row" : "rows"}, counted from 0`,
    );
  }
  return builder.add({ op: "select", operation: select, inputs: [input], options: selectOptions(ranges) })[0];
}
