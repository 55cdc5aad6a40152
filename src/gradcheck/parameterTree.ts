import { ShapeError } from "../array/shapeError.js";
import { closest } from "../constraint/closest.js";
import { OptionError } from "../constraint/constraint.js";
import type { Message } from "../constraint/message.js";
import { describeValue, parameterForms } from "./describeParameter.js";
import { describeShape } from "./describeShape.js";
import { type Content, contentOf, isPlainObject, type Kind, mostLevels, parameterOf } from "./parameterValue.js";
import type { ParameterBlock } from "./problem.js";
import { say } from "./say.js";
import { indexOf, sizeOf } from "./shape.js";

interface Leaf {
  readonly path: readonly string[];
  readonly kind: Kind;
  readonly block: ParameterBlock;
}

/**
 * The caller's parameters as one vector θ: which there are, of what kind each is, and where it lies in θ. Names of nested
 * objects are joined by dots.
 */
export class ParameterTree {
  readonly theta: Float64Array;
  readonly blocks: readonly ParameterBlock[];
  /** What was noticed in the gradients read so far, by what it is. */
  readonly remarks = new Map<string, Message>();
  /** Blocks whose gradient had the right number of entries in another number of dimensions, with what that does. */
  readonly misshapen = new Map<string, Message>();
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
        } else if (path.length >= mostLevels) {
          throw new OptionError(
            `${where}: parameters.${path[0]} holds objects in objects in more than ${mostLevels} levels`,
          );
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
   * The gradients as one vector laid out like θ. Each is found under its parameter's name with a `d` before it or under the name
   * alone; one that is null, as of an input without influence, is zero.
   *
   * @throws OptionError for one that is missing, ShapeError for a wrong shape
   */
  readGradients(gradients: unknown): Float64Array {
    if (!isPlainObject(gradients)) {
      throw new OptionError(
        `${this.where}: gradients() must return an object such as { dW1: [[0.1, 0.2]], db1: [0] }, got ${describeValue(gradients)}`,
      );
    }
    const values = new Float64Array(this.theta.length);
    const absent: string[] = [];
    const used = new Set<string>();
    for (const { path, kind, block } of this.leaves) {
      const found = this.candidates(path).find((candidate) => valueAt(gradients, candidate) !== undefined);
      if (found === undefined) throw this.missing(path, gradients);
      const name = found.join(".");
      used.add(name);
      const value = valueAt(gradients, found);
      if (value === null) {
        absent.push(block.name);
        continue;
      }
      const content = contentOf(`${this.where}: gradients() ${name}`, value);
      if (content === undefined) {
        throw new OptionError(
          `${this.where}: gradients() ${name} must be ${parameterForms}, got ${describeValue(value)}`,
        );
      }
      const fit = fitOf(kind, content);
      if (fit === "none") {
        throw new ShapeError(
          `${this.where}: ${block.name} is ${describeShape(block.shape)}, but gradients() returned ` +
            `${describeShape(content.shape)} for it`,
        );
      }
      if (fit === "otherRank") this.misshapen.set(block.name, otherRank(block, withD(path).join("."), content.shape));
      values.set(content.values, block.offset);
    }
    const own = this.blocks.map(({ name }) => name);
    const extra = namesIn(gradients).filter((name) => ![...used, ...own].includes(name) && !isIntermediate(name));
    if (absent.length > 0) this.remarks.set("null", say("check.noGradient", { parameters: absent }));
    if (extra.length > 0) this.remarks.set("extra", say("check.extraGradients", { names: extra }));
    return values;
  }

  /** Where the gradient of a parameter may stand; what is itself another parameter's name is not its. */
  private candidates(path: readonly string[]): readonly (readonly string[])[] {
    const named = withD(path);
    const isParameter = this.leaves.some((leaf) => leaf.path.join(".") === named.join("."));
    return isParameter ? [path] : [named, path];
  }

  private missing(path: readonly string[], gradients: object): OptionError {
    const name = path.join(".");
    const names = namesIn(gradients);
    const near = closest(
      lastKey(name),
      names.map((key) => lastKey(key).replace(/^d/, "")),
    );
    return new OptionError(
      `${this.where}: gradients() returned nothing for ${name}: no ${name} and no ${withD(path).join(".")}` +
        ` (it returned ${names.length === 0 ? "an empty object" : names.slice(0, 8).join(", ")}${names.length > 8 ? ", …" : ""}${near === undefined ? "" : `; is one of them misspelt?`})`,
    );
  }

  private finite(name: string, content: Content, k: number): number {
    const value = content.values[k];
    if (Number.isFinite(value)) return value;
    const index = indexOf(content.shape, k).join(", ");
    throw new RangeError(
      `${this.where}: parameters.${name}${content.shape.length === 0 ? "" : `[${index}]`} is ${value}; ` +
        "parameters must be finite",
    );
  }
}

/**
 * Whether a gradient fits its parameter. What has a shape of its own, lists in lists, has to have that of the parameter; a
 * typed array has none, and a `Matrix` is a row or a column where the other side is flat.
 */
function fitOf(kind: Kind, content: Content): "same" | "otherRank" | "none" {
  const size = sizeOf(kind.shape);
  if (content.values.length !== size) return "none";
  const [own, given] = [kind.shape, content.shape];
  if (own.length === given.length) return own.every((length, axis) => length === given[axis]) ? "same" : "none";
  if (own.length > 1 && given.length > 1) return "none";
  return isNested(kind) && isNested(content) && size > 1 ? "otherRank" : "same";
}

function isNested({ type }: Kind): boolean {
  return type === "nested" || type === "nestedTyped" || type === "shaped";
}

function otherRank({ name, shape }: ParameterBlock, gradient: string, given: readonly number[]): Message {
  const becomes = broadcast(shape, given) ?? [];
  return say("cause.otherRank", {
    name,
    gradient,
    shape: shape.map(String),
    given: given.map(String),
    becomes: becomes.map(String),
  });
}

/** Shape of the sum of two arrays by NumPy's rules; undefined where they do not fit. */
function broadcast(a: readonly number[], b: readonly number[]): readonly number[] | undefined {
  const axes = Math.max(a.length, b.length);
  const result: number[] = [];
  for (let k = 1; k <= axes; k++) {
    const [m, n] = [a[a.length - k] ?? 1, b[b.length - k] ?? 1];
    if (m !== n && m !== 1 && n !== 1) return undefined;
    result.unshift(Math.max(m, n));
  }
  return result;
}

/** What a backward pass hands on beside the gradients of its parameters: dZ2, da1, dx, dscores, cache. */
function isIntermediate(name: string): boolean {
  return /^d?(?:[zaxhysoc](?![a-z])\w*|out|in|scores|logits|hidden|loss|cost|cache|mask)\w*$/i.test(lastKey(name));
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
    isPlainObject(value) && depth < mostLevels ? namesIn(value, `${prefix}${key}.`, depth + 1) : [`${prefix}${key}`],
  );
}

function attempt<Value>(compute: () => Value): Value | undefined {
  try {
    return compute();
  } catch {
    return undefined;
  }
}
