import { afterAll, describe, expect, it } from "vitest";
import { TestFolder } from "../cli/tables.js";
import { answerOf, hasNumpy, hasPython, python, root } from "./python.js";

const folder = new TestFolder();
afterAll(() => folder.remove());

/** In the place of gradproof, to spare its start: asks for the cost and the gradients at the parameters, and no more. */
const asking = `const lines = [
  { do: "hello", gradproof: "1.0.0", protocol: 2 }, { do: "parameters" },
  ...["cost", "gradients"].map((what) => ({ do: what, parameters: { w: [1, 1] } })), { do: "failed", error: "no error" },
];
for (const line of lines) console.log(JSON.stringify(line));`;

/** A network of two layers: `cost(p)`, and `gradients(p, k)` with dW1 wrong by the factor k. */
const network = `
import json
import numpy as np
from gradproof_check import *
random = np.random.RandomState(1)
X = random.randn(4, 6)
Y = (X[:1] > 0).astype(float)
parameters = {"W1": random.randn(5, 4), "b1": random.randn(5, 1), "W2": random.randn(1, 5), "b2": random.randn(1, 1)}
def forward(p):
    A1 = np.maximum(0, p["W1"] @ X + p["b1"])
    return A1, p["W2"] @ A1 + p["b2"]
def cost(p):
    print("a cost")
    Z2 = forward(p)[1]
    return np.mean(np.logaddexp(0, Z2) - Y * Z2)
def gradients(p, k=1):
    A1, Z2 = forward(p)
    dZ2 = (1 / (1 + np.exp(-Z2)) - Y) / X.shape[1]
    dZ1 = (p["W2"].T @ dZ2) * (A1 > 0)
    db1, db2 = (dZ.sum(axis=1, keepdims=True) for dZ in (dZ1, dZ2))
    return {"dZ2": dZ2, "dW2": dZ2 @ A1.T, "db2": db2, "dW1": k * dZ1 @ X.T, "db1": db1}
`;

describe.runIf(hasPython)("gradproof_check.py", () => {
  it("is written in what Python 3.9 understands", () => {
    const program = `import ast; ast.parse(open("python/gradproof_check.py", encoding="utf-8").read(), feature_version=(3, 9))`;
    expect(python(program, { cwd: root })).toEqual({ status: 0, stdout: "", stderr: "" });
  });
});

describe.runIf(hasNumpy)("check()", () => {
  it("clears a right gradient and explains a wrong one, while what the functions print stays the user's", () => {
    const { answer, printed } = answerOf(`${network}
right = check(cost, gradients, parameters)
wrong = check(cost, lambda p: gradients(p, 2), parameters, mode="exhaustive")
print(json.dumps({
  "right": [right.verdict, right.correct, list(right.blocks), right.notes],
  "wrong": [wrong.verdict, wrong.correct, [block["verdict"] for block in wrong.blocks.values()]],
  "explanation": wrong.blocks["W1"]["explanation"], "text": str(wrong), "html": wrong._repr_html_()}))`);
    expect(answer.right).toEqual(["correct", true, ["W1", "b1", "W2", "b2"], []]);
    expect(answer.wrong).toEqual(["wrong", false, ["wrong", "correct", "correct", "correct"]]);
    expect(answer.explanation).toBe("dW1 is 2.000 × the numerical gradient in all 20 entries: an extra factor 2");
    expect(answer.text).toMatch(/^gradient check {3}4 blocks, 31 parameters/);
    expect(answer.html).toMatch(/^<div class="gradproof-report">.*<svg.*W1\[0, 0\].*<\/div>$/s);
    expect(new Set(printed)).toEqual(new Set(["a cost"]));
  });

  it("takes arrays of any kind in any structure, from several threads", () => {
    const { answer } = answerOf(`
import json, collections, concurrent.futures
import numpy as np
from gradproof_check import check
random = np.random.RandomState(2)
Pair = collections.namedtuple("Pair", "left right")
parameters = {
  "conv": {"W": random.randn(2, 1, 3, 2), "name": "3 by 2", 7: np.array(0.5)},
  "stages": [random.randn(3), (random.randn(2, 2).astype(np.float32), 1.5)],
  "pair": Pair(np.arange(3), memoryview(np.array([[1.0, 2.0]]))), "count": np.float64(2), "none": None,
}
kinds = set()
def flat(p):
    assert p["conv"]["name"] == "3 by 2" and p["none"] is None and isinstance(p["pair"], Pair)
    leaves = [p["conv"]["W"], p["conv"][7], p["stages"][0], *p["stages"][1], p["pair"].left, p["pair"].right, p["count"]]
    kinds.update(f"{type(leaf).__name__} {np.asarray(leaf).dtype}" for leaf in leaves)
    return leaves
def cost(p):
    return sum(np.sum(np.sin(k + np.asarray(leaf))) for k, leaf in enumerate(flat(p)))
def gradients(p):
    d = [np.cos(k + np.asarray(leaf)) for k, leaf in enumerate(flat(p))]
    return {"conv": {"dW": d[0], 7: d[1]}, "stages": [d[2], [d[3], d[4]]], "pair": (d[5], d[6]), "dcount": d[7]}
vector = (lambda w: np.sum(w**2), lambda w: 2 * w, np.array([1.0, -2.0]))
with concurrent.futures.ThreadPoolExecutor(2) as threads:
    reports = [report.result() for report in [threads.submit(check, cost, gradients, parameters), threads.submit(check, *vector)]]
print(json.dumps([[report.verdict, {name: block["shape"] for name, block in report.blocks.items()}] for report in reports] + [sorted(kinds)]))`);
    expect(answer[0]).toEqual([
      "correct",
      {
        "conv.W": [2, 1, 3, 2],
        "conv.7": [],
        "stages[0]": [3],
        "stages[1][0]": [2, 2],
        "stages[1][1]": [],
        "pair[0]": [3],
        "pair[1]": [1, 2],
        count: [],
      },
    ]);
    expect(answer[1]).toEqual(["correct", { theta: [2] }]);
    // The gradient of what is float32 is asked for at float32, the cost's differences are taken in float64.
    expect(answer[2]).toEqual(["float float64", "float64 float64", "ndarray float32", "ndarray float64"]);
  });

  it("takes an exception away from the parameters for the end of the domain, hands out copies, and tells who changes them", () => {
    const { answer, stderr } = answerOf(`
import json, warnings
import numpy as np
from gradproof_check import check
w = np.array([1e-9, 0.5])
def cost(p):
    x = p["w"].copy()
    p["w"] *= 3
    np.log(np.array([0.0]) * (x[0] < 0.9e-9))
    if np.any(x < 0):
        raise ArithmeticError("square root of a negative number")
    return np.sum(np.sqrt(x[1:])) + x[0]
gradients = lambda p: {"w": np.concatenate([[1.0], 0.5 / np.sqrt(p["w"][1:])])}
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    report = check(cost, gradients, {"w": w}, seed=3)
print(json.dumps([report.verdict, w.tolist(), report.notes, str(report)[-120:]]))`);
    const note = "cost() changes w. The check hands out copies; training may not.";
    expect(answer.slice(0, 3)).toEqual(["correct", [1e-9, 0.5], [expect.stringContaining(note)]]);
    expect(answer[3].replace(/\s+/g, " ")).toContain(note);
    expect(stderr).toBe("");
  });

  it("raises what the functions raise at the parameters, an interrupt too, with no process left behind", () => {
    const { answer } = answerOf(
      `
import json, subprocess, traceback
import numpy as np
from gradproof_check import check
started = []
class Popen(subprocess.Popen):
    def __init__(self, *words, **options):
        super().__init__(*words, **options)
        started.append(self)
subprocess.Popen = Popen
def broken(w):
    return 1 / 0
def interrupted(w):
    raise KeyboardInterrupt
def raised(*arguments, **options):
    try:
        return check(*arguments, **options).verdict
    except BaseException as error:
        return [type(error).__name__, str(error), traceback.extract_tb(error.__traceback__)[-1].name]
square = lambda p: np.sum(p["w"] ** 2)
w = {"w": np.ones(2)}
found = [
  raised(broken, lambda w: w, w),
  raised(interrupted, lambda w: w, w),
  raised(square, broken, w),
  raised(lambda p: (square(p), 1), broken, w),
  raised(lambda p: p["w"], broken, w),
  raised(square, lambda p: {"dv": p["w"], "db": 1}, w),
  raised(square, lambda p: 2 * p["w"], w),
  raised(square, lambda p: {"dw": np.matrix(p["w"])}, w),
  raised(square, lambda p: {"dw": ["a", "b"]}, w),
]
print(json.dumps([found, [process.poll() is not None for process in started]]))`,
      { env: { GRADPROOF: folder.file("asking.js", asking) } },
    );
    const [found, ended] = answer as [string[][], boolean[]];
    expect(found.map(([name, , place]) => `${name} in ${place}`)).toEqual([
      "ZeroDivisionError in broken",
      "KeyboardInterrupt in interrupted",
      "ZeroDivisionError in broken",
      "TypeError in _cost_of",
      "TypeError in _cost_of",
      "ValueError in visit",
      "TypeError in visit",
      "TypeError in _array",
      "TypeError in _array",
    ]);
    expect(found.slice(3).map(([, message]) => message)).toEqual([
      "cost() must return a number, got a tuple; if it comes first in it: lambda p: cost(p)[0]",
      "cost() must return a number, got an array of shape (2,) and dtype float64; is a sum or a mean missing?",
      "gradients() returned neither w nor dw, but dv, db",
      "gradients() must return a dict of 1, got an array of shape (2,) and dtype float64",
      expect.stringMatching(/^the gradient of w is an np\.matrix/),
      "the gradient of w must be an array of numbers, got list ['a', 'b']",
    ]);
    expect(ended).toEqual(found.map(() => true));
  });

  it("refuses what is no problem before it starts anything", () => {
    const { answer } = answerOf(
      `
import json
import numpy as np
from gradproof_check import check, check_layer
def raised(*arguments, **options):
    try:
        return check(*arguments, **options).verdict
    except Exception as error:
        return f"{type(error).__name__}: {error}"
f = lambda w: 0.0
itself = {}
itself["a"] = itself
print(json.dumps([raised({}, f, f), raised(f, f, {"name": "relu"}), raised(f, f, np.matrix([[1.0]])), raised(f, f, {"w": 1j}),
  raised(f, f, {"w": [[1.0, 2.0], [3.0]]}), raised(f, f, {"a": {"b": 1.0}, "a.b": 2.0}), raised(f, f, itself),
  raised(f, f, np.ones(2), tolerence=1e-3)]))`,
      { env: { GRADPROOF: "/nowhere/gradproof" } },
    );
    expect(answer).toEqual([
      "TypeError: cost must be a function, got dict {}; expected check(cost, gradients, parameters)",
      "ValueError: parameters must hold arrays of numbers, got dict {'name': 'relu'}",
      "TypeError: theta is an np.matrix, always 2-D and with * for the product of matrices; use np.array, and @",
      "TypeError: w is complex; give its real and imaginary parts as two arrays",
      expect.stringMatching(/^TypeError: w must be an array of numbers, got list \[\[1\.0, 2\.0\], \[3\.0\]\] \(.*\)$/),
      "ValueError: two of them are both called a.b",
      "ValueError: a contains itself",
      "TypeError: there is no option tolerence; did you mean tolerance?",
    ]);
  });
});

describe.runIf(hasNumpy)("assert_gradients()", () => {
  it("passes a right gradient, and fails with the report; a report by itself is neither true nor false", () => {
    const { status, stdout, stderr } = python(`${network}
try:
    bool(assert_gradients(cost, gradients, parameters))
except TypeError as error:
    print(error)
assert_gradients(cost, lambda p: gradients(p, -1), parameters)`);
    expect([status, stdout.trimEnd().split("\n").at(-1)]).toEqual([1, "a cost"]);
    expect(stdout).toContain("a report is neither true nor false; ask report.correct, or report.verdict\n");
    expect(stderr).toMatch(/AssertionError: the gradient is wrong\n\ngradient check {3}.*W1 {3}5 × 4 {3}WRONG/s);
  });
});

describe.runIf(hasNumpy)("the docstrings of gradproof_check.py", () => {
  it("hold true as doctests", () => {
    const { answer } = answerOf(`
import doctest, json, gradproof_check
print(json.dumps(doctest.testmod(gradproof_check)))`);
    expect(answer).toEqual([0, expect.toSatisfy((tests) => tests > 5)]);
  });
});
