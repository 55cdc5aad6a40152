import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Matrix } from "../../../src/array/matrix.js";
import { ShapeError } from "../../../src/array/shapeError.js";
import { OptionError } from "../../../src/constraint/constraint.js";
import { ParameterTree } from "../../../src/gradcheck/parameterTree.js";
import { indexOf, sizeOf } from "../../../src/gradcheck/shape.js";

type Leaf = "list" | "Float64Array" | "Float32Array";

const tree = (parameters: unknown): ParameterTree => new ParameterTree("checkGradients()", parameters);

/** Lists in lists of a shape, the last axis of some kind, of numbers that come one after the other. */
function nested(shape: readonly number[], leaf: Leaf, next: () => number): unknown {
  const [length, ...rest] = shape;
  if (rest.length > 0) return Array.from({ length }, () => nested(rest, leaf, next));
  const row = Array.from({ length }, next);
  if (leaf === "list") return row;
  return leaf === "Float64Array" ? Float64Array.from(row) : Float32Array.from(row);
}

/** The list within lists at an index, as of the innermost list that holds entry `[2, 0, 1]` at `[2, 0]`. */
function listAt(value: unknown, index: readonly number[]): unknown[] {
  return index.reduce<unknown>((node, i) => (node as unknown[])[i], value) as unknown[];
}

const leaves = fc.constantFrom<Leaf>("list", "Float64Array", "Float32Array");
const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
/** Shapes of one to five axes. Where an axis is empty, lists cannot hold the axes after it. */
const shapes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 5 });
/** A shape with an index in it. */
const placed = (least: number) =>
  fc
    .array(fc.integer({ min: least, max: 4 }), { minLength: 2, maxLength: 5 })
    .chain((shape) => fc.tuple(fc.constant(shape), fc.tuple(...shape.map((n) => fc.nat({ max: n - 1 })))));
/** Numbers without end, drawn ones in turn. */
const counting = (values: readonly number[]): (() => number) => {
  let k = 0;
  return () => (values.length === 0 ? 0 : values[k++ % values.length]);
};
const path = (index: readonly number[]): string => index.map((i) => `[${i}]`).join("");

describe("arrays of any number of dimensions", () => {
  it("are read in C order with their shape, and built as they were", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(shapes, leaves), { maxLength: 4 }),
        fc.array(finite, { minLength: 1, maxLength: 50 }),
        (blocks, values) => {
          const next = counting(values);
          const parameters = Object.fromEntries(
            blocks.map(([shape, leaf], i) => [`p${i}`, nested(shape, leaf, () => Math.fround(next() % 1e30))]),
          );
          const t = tree(parameters);
          expect(t.blocks.map(({ shape, length }) => [shape, length])).toEqual(
            blocks.map(([shape]) => [shape, sizeOf(shape)]),
          );
          for (const { name, offset, length, shape } of t.blocks) {
            for (let k = 0; k < length; k++) {
              const index = indexOf(shape, k);
              const row = listAt(parameters[name], index.slice(0, -1));
              expect(t.theta[offset + k]).toBe(row[index[index.length - 1]]);
            }
          }
          expect(t.build(t.theta, false)).toEqual(parameters);
          expect(t.changedIn(t.build(t.theta, true), t.theta)).toBeUndefined();
          // A gradient of the same form is laid out like θ.
          expect(t.readGradients(parameters)).toEqual(t.theta);
        },
      ),
    );
  });

  it("may be empty along their last axis", () => {
    fc.assert(
      fc.property(shapes, leaves, (shape, leaf) => {
        const empty = { W: nested([...shape, 0], leaf, () => 1) };
        const t = tree(empty);
        expect([t.theta.length, t.blocks[0].shape]).toEqual([0, [...shape, 0]]);
        expect(t.build(t.theta, false)).toEqual(empty);
      }),
    );
  });

  it("name the place where they are ragged", () => {
    fc.assert(
      fc.property(placed(2), leaves, fc.boolean(), fc.nat(), ([shape, index], leaf, isLonger, deep) => {
        const W = nested(shape, leaf, () => 1);
        // The list at some index, on any axis but the first, gets one entry more or one less.
        const at = index.slice(0, 1 + (deep % (shape.length - 1)));
        const last = at[at.length - 1];
        const holder = listAt(W, at.slice(0, -1));
        const list = Array.from(listAt(W, at));
        holder[last] = isLonger ? [...list, list[0]] : list.slice(1);
        const found = failure(() => tree({ W }));
        expect(found).toBeInstanceOf(ShapeError);
        // The first of its neighbours is what the others are held against.
        const blamed = last === 0 ? [...at.slice(0, -1), 1] : at;
        expect(found.message).toContain(`parameters.W${path(blamed)} `);
      }),
    );
  });

  it("name the place of an entry that is no number, or a list where a number should be", () => {
    const strange = fc.constantFrom<unknown>("1", null, undefined, true, 1n, {}, new Map(), () => 1);
    fc.assert(
      fc.property(placed(1), strange, ([shape, index], value) => {
        const W = nested(shape, "list", () => 1);
        listAt(W, index.slice(0, -1))[index[index.length - 1]] = value;
        const found = failure(() => tree({ W }));
        expect(found).toBeInstanceOf(OptionError);
        expect(found.message).toContain(`parameters.W${path(index)} must be a number, got `);
      }),
    );
  });

  it("name the place of a number beside lists, and of a list beside numbers", () => {
    fc.assert(
      fc.property(placed(2), fc.nat(), fc.boolean(), ([shape, index], deep, isNumber) => {
        const W = nested(shape, "list", () => 1);
        const depth = isNumber ? deep % (shape.length - 1) : shape.length - 1;
        const holder = listAt(W, index.slice(0, depth));
        holder[index[depth]] = isNumber ? 5 : [5];
        const found = failure(() => tree({ W }));
        expect(found).toBeInstanceOf(OptionError);
        const at = path(index.slice(0, depth));
        const [place, expected, given] =
          // What stands first says what the others have to be.
          index[depth] > 0
            ? [index[depth], isNumber ? "a list, as [0] beside it is" : "a number", isNumber ? "5" : "[5]"]
            : [1, isNumber ? "a number" : "a list, as [0] beside it is", ""];
        expect(found.message).toContain(`parameters.W${at}[${place}] must be ${expected}, got ${given}`);
      }),
    );
  });

  it("or anything else: it is read and built as it was, or refused by an error of the library", () => {
    const anything = fc.anything({ maxDepth: 4, withTypedArray: true, withNullPrototype: true, withSparseArray: true });
    fc.assert(
      fc.property(fc.dictionary(fc.oneof(fc.string(), fc.constant("__proto__")), anything), (parameters) => {
        let read: ParameterTree;
        try {
          read = tree(parameters);
        } catch (error) {
          expect([OptionError, ShapeError, RangeError].some((kind) => error instanceof kind)).toBe(true);
          return;
        }
        const again = tree(read.build(read.theta, false));
        expect(again.blocks).toEqual(read.blocks);
        expect(again.theta).toEqual(read.theta);
      }),
      { numRuns: 500 },
    );
  });

  it.each<[string, (inner: unknown) => unknown]>([
    ["lists", (inner) => [inner]],
    ["objects", (inner) => ({ inner })],
  ])("that lie in more %s than anyone has are refused, whatever their depth", (_kind, wrap) => {
    let parameters: unknown = [1];
    for (let k = 0; k < 100_000; k++) parameters = wrap(parameters);
    expect(() => tree({ W: parameters })).toThrow(/levels/);
    const t = tree({ W: [1] });
    expect(() => t.readGradients({ dW: parameters })).toThrow(Array.isArray(wrap(0)) ? ShapeError : OptionError);
  });

  it("change no prototype by what they are called", () => {
    const named = JSON.parse('{ "__proto__": { "__proto__": [[[1]]], "W": 2 }, "constructor": { "prototype": [3] } }');
    const t = tree(named);
    const built = t.build(t.theta, true);
    expect(JSON.stringify(built)).toBe(JSON.stringify(named));
    expect([Object.getPrototypeOf(built), Object.getPrototypeOf({}).W]).toEqual([Object.prototype, undefined]);
  });
});

describe("a Matrix", () => {
  it("is built in its own shape and precision, and may have no rows", () => {
    fc.assert(
      fc.property(fc.nat({ max: 4 }), fc.nat({ max: 4 }), fc.constantFrom("float64", "float32"), (m, n, dtype) => {
        const W = Matrix.filled(m, n, 0.5, dtype);
        const t = tree({ W });
        expect(t.blocks[0].shape).toEqual([m, n]);
        expect(t.build(t.theta, false)).toEqual({ W });
      }),
    );
  });
});

function failure(act: () => unknown): Error {
  try {
    act();
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}
