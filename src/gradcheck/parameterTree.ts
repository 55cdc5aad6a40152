import { ShapeError } from "../array/shapeError.js";
import { closest } from "../constraint/closest.js";
import { OptionError } from "../constraint/constraint.js";
import { describeShape, describeValue, parameterForms } from "./describeParameter.js";
import { type Content, contentOf, isPlainObject, type Kind, parameterOf } from "./parameterValue.js";
import type { ParameterBlock } from "./problem.js";

interface Leaf {
  readonly path: readonly string[];
  readonly kind: Kind;
  readonly block: ParameterBlock;
}

/** What a backward pass hands on beside the gradients of its parameters: dZ2, dA1. */
const intermediate = /^d(Z|A)\d+$/;

/**
 * The caller's parameters as one vector θ: which there are, of what kind each is, and where it lies in θ. Names of nested
 * objects are joined by dots.
 */
export class ParameterTree {
  readonly theta: Float64Array;
  readonly blocks: readonly ParameterBlock[];
  private readonly leaves: readonly Leaf[] = [];
  private readonly where: string;

  /**
   * @param where the function that was called, for messages
   * @throws OptionError, ShapeError or RangeError naming the parameter that is none
   */
  constructor(where: string, parameters: unknown) {
    this.where = where;
    if (!isPlainObject(parameters)) {
      throw new OptionError(
        `${where}: parameters must be an object such as { W1: [[0.1, 0.2]], b1: [0] }, got ${describeValue(parameters)}`,
      );
    }
    const values: number[] = [];
    const leaves: Leaf[] = [];
    const visit = (node: object, path: readonly string[], above: readonly unknown[]): void => {
      for (const [key, value] of Object.entries(node)) {
        const here = [...path, key];
        const name = here.join(".");
        const content = contentOf(`${where}: parameters.${name}`, value);
        if (content !== undefined) {
          const { length } = content.values;
          leaves.push({
            path: here,
            kind: content,
            block: { name, offset: values.length, length, shape: content.shape, single: content.single },
          });
          for (let k = 0; k < length; k++) values.push(this.finite(name, content, k));
        } else if (!isPlainObject(value)) {
          throw new OptionError(`${where}: parameters.${name} must be ${parameterForms}, got ${describeValue(value)}`);
        } else if (above.includes(value)) {
          throw new OptionError(`${where}: parameters.${name} contains itself`);
        } else {
          visit(value, here, [...above, value]);
        }
      }
    };
    visit(parameters, [], [parameters]);
    this.theta = Float64Array.from(values);
    this.leaves = leaves;
    this.blocks = leaves.map(({ block }) => block);
    const names = this.blocks.map(({ name }) => name);
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice !== undefined) throw new OptionError(`${where}: two parameters are both called ${twice}`);
  }

  /**
   * New parameters with the numbers of θ: same keys, same kinds.
   *
   * @param exact 64 bits a number even where the parameter stores 32, so that differences of θ are not rounded away
   */
  build(theta: Float64Array, exact: boolean): object {
    const root: Record<string, unknown> = {};
    for (const { path, kind, block } of this.leaves) {
      let node = root;
      for (const key of path.slice(0, -1)) {
        if (!Object.hasOwn(node, key)) put(node, key, {});
        node = node[key] as Record<string, unknown>;
      }
      put(
        node,
        path[path.length - 1],
        parameterOf(kind, theta.subarray(block.offset, block.offset + block.length), exact),
      );
    }
    return root;
  }

  /** Whether parameters that `build` gave out still hold the numbers of θ; otherwise the name of one that does not. */
  changedIn(built: object, theta: Float64Array): string | undefined {
    for (const { path, kind, block } of this.leaves) {
      const content = attempt(() => contentOf(block.name, valueAt(built, path)));
      if (content?.values.length !== block.length) return block.name;
      for (let k = 0; k < block.length; k++) {
        const expected = theta[block.offset + k];
        const value = content.values[k];
        if (value !== expected && !(kind.single && value === Math.fround(expected))) return block.name;
      }
    }
    return undefined;
  }

  /**
   * The gradients as one vector laid out like θ. Each is found under its parameter's name or that with a `d` before it.
   *
   * @throws OptionError for one that is missing or belongs to no parameter, ShapeError for a wrong shape
   */
  readGradients(gradients: unknown): Float64Array {
    if (!isPlainObject(gradients)) {
      throw new OptionError(
        `${this.where}: gradients() must return an object such as { dW1: [[0.1, 0.2]], db1: [0] }, got ${describeValue(gradients)}`,
      );
    }
    const result = new Float64Array(this.theta.length);
    const used = new Set<string>();
    for (const { path, block } of this.leaves) {
      const found = [path, withD(path)].find((candidate) => valueAt(gradients, candidate) !== undefined);
      if (found === undefined) {
        const names = namesIn(gradients);
        throw new OptionError(
          `${this.where}: gradients() returned nothing for ${block.name}: no ${block.name} and no ${withD(path).join(".")}` +
            ` (it returned ${names.length === 0 ? "an empty object" : names.slice(0, 8).join(", ")}${names.length > 8 ? ", …" : ""})`,
        );
      }
      const name = found.join(".");
      used.add(name);
      const value = valueAt(gradients, found);
      const content = contentOf(`${this.where}: gradients() ${name}`, value);
      if (content === undefined) {
        throw new OptionError(
          `${this.where}: gradients() ${name} must be ${parameterForms}, got ${describeValue(value)}`,
        );
      }
      if (!sameShape(block.shape, content)) {
        throw new ShapeError(
          `${this.where}: ${block.name} is ${describeShape(block.shape)}, but gradients() returned ` +
            `${describeShape(content.shape)} for it`,
        );
      }
      result.set(content.values, block.offset);
    }
    const extra = namesIn(gradients).find((name) => !used.has(name) && !intermediate.test(lastKey(name)));
    if (extra !== undefined) {
      const names = this.blocks.map(({ name }) => name);
      const near = closest(lastKey(extra).replace(/^d/, ""), names);
      throw new OptionError(
        `${this.where}: gradients() returned ${extra}, but there is no such parameter ` +
          `(${near === undefined ? `parameters: ${names.slice(0, 8).join(", ")}` : `did you mean ${near}?`})`,
      );
    }
    return result;
  }

  private finite(name: string, content: Content, k: number): number {
    const value = content.values[k];
    if (Number.isFinite(value)) return value;
    const index = content.shape.length === 2 ? `${Math.floor(k / content.shape[1])}, ${k % content.shape[1]}` : `${k}`;
    throw new RangeError(
      `${this.where}: parameters.${name}${content.shape.length === 0 ? "" : `[${index}]`} is ${value}; ` +
        "parameters must be finite",
    );
  }
}

/** A matrix has the shape of its parameter; a vector may also be a row or a column, and a matrix be given flat. */
function sameShape(shape: readonly number[], content: Content): boolean {
  const size = shape.reduce((product, length) => product * length, 1);
  if (content.values.length !== size) return false;
  if (shape.length === 2 && content.shape.length === 2) {
    return shape[0] === content.shape[0] && shape[1] === content.shape[1];
  }
  return true;
}

function withD(path: readonly string[]): readonly string[] {
  return [...path.slice(0, -1), `d${path[path.length - 1]}`];
}

function lastKey(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}

function valueAt(root: object, path: readonly string[]): unknown {
  let node: unknown = root;
  for (const key of path) {
    if (typeof node !== "object" || node === null || !Object.hasOwn(node, key)) return undefined;
    node = (node as Record<string, unknown>)[key];
  }
  return node;
}

/** Defines a key even where it is called `__proto__`. */
function put(node: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(node, key, { value, enumerable: true, writable: true, configurable: true });
}

/** Names of everything in nested plain objects. */
function namesIn(node: object, prefix = "", depth = 0): string[] {
  return Object.entries(node).flatMap(([key, value]) =>
    isPlainObject(value) && depth < 16 ? namesIn(value, `${prefix}${key}.`, depth + 1) : [`${prefix}${key}`],
  );
}

function attempt<Value>(compute: () => Value): Value | undefined {
  try {
    return compute();
  } catch {
    return undefined;
  }
}
