import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findPython, type Python } from "../../src/cli/exercise/findPython.js";
import { fromModule, toModule } from "../../src/cli/exercise/moduleValue.js";
import { PythonSolution } from "../../src/cli/exercise/pythonSolution.js";
import { decodeValue, encodeValue, UnreadableValue } from "../../src/cli/exercise/wireValue.js";
import { FormatError } from "../../src/data/formatError.js";
import type { ExerciseValue, NdArray } from "../../src/exercises/value.js";

const ranges = {
  float64: fc.double(),
  float32: fc.float().map(Math.fround),
  int: fc.integer(),
  bool: fc.integer({ min: 0, max: 1 }),
} as const;

const ndArray: fc.Arbitrary<NdArray> = fc
  .tuple(
    fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 3 }),
    fc.constantFrom("float64", "float32", "int", "bool"),
  )
  .chain(([shape, dtype]) => {
    const size = shape.reduce((product, n) => product * n, 1);
    const entries: fc.Arbitrary<number[]> = fc.array(ranges[dtype], { minLength: size, maxLength: size });
    return entries.map((data) => ({ shape, dtype, data: Float64Array.from(data) }));
  });

const value: fc.Arbitrary<ExerciseValue> = fc.letrec<{ value: ExerciseValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.double(),
    fc.boolean(),
    fc.string({ unit: "grapheme", maxLength: 20 }),
    fc.constant(null),
    ndArray,
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(fc.string({ maxLength: 5 }), tie("value"), { maxKeys: 4 }),
  ),
})).value;

describe("values on the way to Python", () => {
  it("come back as they were, through JSON", () => {
    fc.assert(
      fc.property(value, (given) => {
        expect(decodeValue(JSON.parse(JSON.stringify(encodeValue(given))))).toEqual(given);
      }),
    );
  });

  it("are refused in words whatever comes", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        try {
          decodeValue(json);
        } catch (thrown) {
          expect(thrown instanceof UnreadableValue || thrown instanceof FormatError).toBe(true);
        }
      }),
    );
    expect(() => decodeValue(JSON.parse("[".repeat(100) + "]".repeat(100)))).toThrow(UnreadableValue);
    expect(() => decodeValue({ npy: "AAAA" })).toThrow(FormatError);
    expect(() => decodeValue({ other: "generator" })).toThrow("generator");
  });
});

describe("values on the way to TypeScript", () => {
  it("are nested lists there, and arrays again", () => {
    fc.assert(
      fc.property(ndArray, ({ shape, data }) => {
        fc.pre(data.length > 0 && shape.length > 0);
        expect(fromModule(toModule({ shape, dtype: "float64", data }))).toEqual({ shape, dtype: "float64", data });
      }),
    );
  });

  it("are lists where they are of several lengths, and refused where they are no values", () => {
    expect(fromModule([[1, 2], [3]])).toEqual([
      { shape: [2], dtype: "float64", data: Float64Array.of(1, 2) },
      { shape: [1], dtype: "float64", data: Float64Array.of(3) },
    ]);
    expect(fromModule({ a: undefined, b: [[true, false]] })).toEqual({
      a: null,
      b: { shape: [1, 2], dtype: "bool", data: Float64Array.of(1, 0) },
    });
    for (const odd of [() => 1, Symbol("x"), 1n, new Map(), new Date(0)])
      expect(() => fromModule(odd)).toThrow(UnreadableValue);
    const endless: unknown[] = [];
    endless.push(endless);
    expect(() => fromModule(endless)).toThrow(UnreadableValue);
  });
});

const folder = mkdtempSync(join(tmpdir(), "gradproof-values-"));
const python = await findPython(undefined, process.env).catch(() => undefined);
afterAll(async () => {
  await python?.close();
  rmSync(folder, { recursive: true, force: true });
});

const program = `
import os, sys, threading, time
import numpy as np
from helper import triple

def echo(values): return values
def odd(k):
    a = np.arange(6.0).reshape(2, 3)
    endless = []; endless.append(endless)
    return [
        lambda: a, lambda: np.asfortranarray(a), lambda: a.astype(">f8"), lambda: np.matrix(a), lambda: a.T,
        lambda: a.astype(np.float16), lambda: a.astype(np.longdouble), lambda: np.array(3.0), lambda: np.float32(0.5),
        lambda: np.int8(-3), lambda: 10**400, lambda: {1: a}, lambda: (x for x in a), lambda: a + 1j, lambda: np.array([{}]),
        lambda: endless, lambda: [0] * 200000, lambda: np.zeros((3000, 3000)), lambda: np.bool_(True), lambda: range(3),
    ][k]()
def uses_helper(): return triple(2)
def raises_in_helper(): return triple(None)
def recurses(): return recurses()
class Bad(Exception):
    def __str__(self): raise RuntimeError("no words")
def bad(): raise Bad()
def writes(): os.write(1, b'{"value": 1}\\n'); print("x" * 3); return 2
def threads():
    threading.Thread(target=time.sleep, args=(1000,)).start()
    return 1
def draws(): return np.random.rand()
def named(x, theta): return forward_propagation(x, theta)
def forward_propagation(x, theta): return x * theta
def utilities(): return sigmoid(0.0)
def killed(): os.kill(os.getpid(), 9)
`;
const helper = "def triple(x):\n    return 3 * x + 0\n";

describe.skipIf(python === undefined)("functions in Python (skipped where there is none with NumPy)", () => {
  let solution: PythonSolution;
  beforeAll(async () => {
    const file = join(folder, "1 values.py");
    writeFileSync(file, program);
    writeFileSync(join(folder, "helper.py"), helper);
    const { interpreter } = python as Python;
    solution = await PythonSolution.open(file, { exercise: "dropout", timeout: 60, interpreter });
  });

  it("are those of the file and its helpers, not the classes and not the utilities it is lent", () => {
    expect(solution.failure).toBeUndefined();
    for (const name of ["echo", "triple", "forward_propagation"]) expect(solution.names).toContain(name);
    for (const name of ["Bad", "sigmoid", "compute_cost", "get_ipython"]) expect(solution.names).not.toContain(name);
  });

  it("give back what they are given, of any shape and dtype", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(value, { maxLength: 20 }), async (values) => {
        const back = await solution.call("echo", [["a list of texts and more", ...values]]);
        expect((back as readonly ExerciseValue[]).slice(1)).toEqual(values);
      }),
      { numRuns: 30 },
    );
  });

  it("return arrays in whatever order and size of numbers, and numbers of any kind", async () => {
    const rows = { shape: [2, 3], dtype: "float64", data: Float64Array.of(0, 1, 2, 3, 4, 5) };
    for (const k of [0, 1, 2, 3, 5, 6]) expect(await solution.call("odd", [k])).toEqual(rows);
    const columns = { shape: [3, 2], dtype: "float64", data: Float64Array.of(0, 3, 1, 4, 2, 5) };
    expect(await solution.call("odd", [4])).toEqual(columns);
    expect(await solution.call("odd", [7])).toEqual({ shape: [], dtype: "float64", data: Float64Array.of(3) });
    expect(await solution.call("odd", [8])).toBe(0.5);
    expect(await solution.call("odd", [9])).toBe(-3);
    expect(await solution.call("odd", [10])).toBe(Number.POSITIVE_INFINITY);
    expect(await solution.call("odd", [11])).toEqual({ 1: rows });
    expect(await solution.call("odd", [18])).toBe(true);
  });

  it.each([
    [12, "generator"],
    [13, "array of dtype complex128"],
    [14, "array of dtype object"],
    [15, "list"],
    [19, "range"],
  ])("say what they returned that is no value: %i, %s", async (k, words) => {
    await expect(solution.call("odd", [k])).rejects.toMatchObject({ kind: "unreadable", words });
  });

  it.each([16, 17])("do not send what is too much: %i", async (k) => {
    await expect(solution.call("odd", [k])).rejects.toMatchObject({
      kind: "threw",
      words: expect.stringContaining("more than"),
    });
  });

  it("say where they raise, in their file or in a helper, and whatever the exception is like", async () => {
    await expect(solution.call("raises_in_helper", [])).rejects.toMatchObject({
      words: expect.stringMatching(/^TypeError: .* \(helper.py, line 2: return 3 \* x \+ 0\)$/),
    });
    await expect(solution.call("recurses", [])).rejects.toMatchObject({
      words: expect.stringContaining("RecursionError"),
    });
    await expect(solution.call("bad", [])).rejects.toMatchObject({ words: expect.stringMatching(/^Bad \(line \d+: /) });
  });

  it("draw the same numbers after the same seed, NumPy's", async () => {
    expect(await solution.call("draws", [], { seed: 1 })).toBe(0.417022004702574);
    expect(await solution.call("draws", [], { seed: 1 })).toBe(0.417022004702574);
  });

  it("call a judge's functions in the place of theirs for one call, and the course's where they have none", async () => {
    const replaced = { forward_propagation: { polynomial: [1, 0, 2] } };
    expect(await solution.call("named", [2, 3], { replaced })).toBe(19);
    expect(await solution.call("named", [2, 3])).toBe(6);
    const array = { shape: [1], dtype: "int", data: Float64Array.of(7) } as const;
    expect(await solution.call("named", [2, 3], { replaced: { forward_propagation: { returns: array } } })).toEqual(
      array,
    );
    expect(await solution.call("utilities", [])).toBe(0.5);
    expect(await solution.call("uses_helper", [])).toBe(6);
  });

  it("may print, write to the pipe and leave threads: answers come by another way", async () => {
    expect(await solution.call("writes", [])).toBe(2);
    expect(await solution.call("threads", [])).toBe(1);
    expect(await solution.call("uses_helper", [])).toBe(6);
  });

  it("are followed by another interpreter where one was killed", async () => {
    const words = expect.stringContaining("SIGKILL");
    await expect(solution.call("killed", [])).rejects.toMatchObject({ kind: "ended", words });
    expect(await solution.call("uses_helper", [])).toBe(6);
  });
});
