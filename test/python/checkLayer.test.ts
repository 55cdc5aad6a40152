import { describe, expect, it } from "vitest";
import { answerOf, hasNumpy } from "./python.js";

const layers = `
import json
import numpy as np
import gradproof_check
from gradproof_check import check_layer
random = np.random.RandomState(1)
x, w, b = random.randn(3, 4), random.randn(4, 2), random.randn(2)
def affine(x, w, b):
    return x @ w + b, (x, w, b)
def affine_back(dout, cache):
    x, w, b = cache
    return dout @ w.T, x.T @ dout, dout.sum(axis=0)
def verdicts(*arguments, **options):
    report = check_layer(*arguments, **options)
    return {name: block["verdict"] for name, block in report.blocks.items()}, report.notes
`;

describe.runIf(hasNumpy)("check_layer()", () => {
  it("checks a layer of CS231n's style, of any number of dimensions, with whole numbers and settings left alone", () => {
    const { answer } = answerOf(`${layers}
def conv(x, w, settings):
    pad = settings["pad"]
    settings["calls"] = settings.get("calls", 0) + 1
    assert settings["calls"] == 1
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    out = np.zeros((x.shape[0], w.shape[0], x.shape[2] + 2 * pad - w.shape[2] + 1, x.shape[3] + 2 * pad - w.shape[3] + 1))
    for i, j in np.ndindex(*out.shape[2:]):
        out[:, :, i, j] = np.tensordot(padded[:, :, i:i + w.shape[2], j:j + w.shape[3]], w, ([1, 2, 3], [1, 2, 3]))
    return out, (padded, w, pad)
def conv_back(dout, cache, forgotten=()):
    padded, w, pad = cache
    dpadded, dw = np.zeros_like(padded), np.zeros_like(w)
    for i, j in np.ndindex(*dout.shape[2:]):
        if (i, j) not in forgotten:
            rows, columns = slice(i, i + w.shape[2]), slice(j, j + w.shape[3])
            dpadded[:, :, rows, columns] += np.tensordot(dout[:, :, i, j], w, (1, 0))
            dw += np.tensordot(dout[:, :, i, j], padded[:, :, rows, columns], (0, 0))
    return dpadded[:, :, pad:-pad, pad:-pad], dw
inputs = {"x": random.randn(1, 2, 3, 3), "w": random.randn(1, 2, 2, 2), "settings": {"pad": 1}}
def embed(words, table):
    return table[words], (words, table)
def embed_back(dout, cache):
    words, table = cache
    dtable = np.zeros_like(table)
    dtable[words] += dout
    return dtable
words = np.array([[0, 1], [1, 1]])
x = random.randn(3, 4)
print(json.dumps([
  verdicts(lambda x: (np.maximum(x, 0), x), lambda dout, x: dout * (x > 0), {"x": x}),
  verdicts(lambda x: (x.sum(1), (x,)), lambda dout, x: dout[:, None] * np.ones_like(x[0]), {"x": x}),
  verdicts(conv, conv_back, inputs),
  verdicts(conv, lambda dout, cache: conv_back(dout, cache, [(1, 1)]), inputs),
  verdicts(embed, embed_back, (words, random.randn(4, 3)))]))`);
    expect(answer).toEqual([
      [{ x: "correct" }, []],
      [{ x: "correct" }, []],
      [{ x: "correct", w: "correct" }, []],
      [{ x: "wrong", w: "wrong" }, []],
      // A row that is looked up twice needs np.add.at.
      [{ table: "wrong" }, []],
    ]);
  });

  it("calls forward and backward as they are written", () => {
    // What is asked of the functions, without the command, whose start would take longer than all of these together.
    const { answer } = answerOf(`${layers}
def checked(*arguments, dout=None):
    layer = gradproof_check._Layer(*arguments, dout)
    numbers = {name: leaf.start for name, leaf in layer.structure.leaves.items()}
    found, h = layer.derivatives(numbers), 1e-5
    wrong = []
    for name, number in numbers.items():
        direction = random.standard_normal(number.shape)
        above, below = (layer.cost({**numbers, name: number + step * direction}, True) for step in (h, -h))
        if abs((above - below) / (2 * h) - np.sum(found[name] * direction)) > 1e-6:
            wrong.append(name)
    return [list(numbers), wrong, len(layer.douts), sorted(layer.remarks.values())]
def step(x, h, c, w):
    gate = np.tanh(x @ w + h)
    c = c + gate
    h = np.tanh(c)
    return h, c, (x, w, gate, h)
def step_back(dh, dc, cache):
    x, w, gate, h = cache
    dc = dc + dh * (1 - h**2)
    dz = dc * (1 - gate**2)
    return dz @ w.T, dz, dc, x.T @ dz
def cell(xt, a_prev, parameters):
    a = np.tanh(parameters["Wax"] @ xt + parameters["Waa"] @ a_prev)
    return a, parameters["Wya"] @ a, (a, a_prev, xt, parameters)
def cell_back(da_next, cache):
    a, a_prev, xt, p = cache
    dz = da_next * (1 - a**2)
    return {"dxt": p["Wax"].T @ dz, "da_prev": p["Waa"].T @ dz, "dWax": dz @ xt.T, "dWaa": dz @ a_prev.T}
cell_inputs = {"xt": random.randn(4, 2), "a_prev": random.randn(3, 2),
  "parameters": {"Wax": random.randn(3, 4), "Waa": random.randn(3, 3), "Wya": random.randn(2, 3)}}
class Doubling:
    def forward(self, x):
        self.x = x
        return x**2
    def backward(self, dout):
        return 2 * self.x * dout
def rude(dout, cache):
    dout *= 2
    return affine_back(dout / 2, cache)
h, c = random.randn(3, 2), random.randn(3, 2)
short = {name: value.astype(np.float32) for name, value in {"x": x, "w": w, "b": b}.items()}
print(json.dumps([
  checked(affine, affine_back, {"x": x, "w": w, "b": b}),
  checked(affine, affine_back, (x, w, b)),
  checked(lambda x, w: x @ w, lambda dout, x, w: {"dw": x.T @ dout, "x": dout @ w.T}, {"x": x, "w": w}),
  checked(lambda X, W: X @ W, lambda dout, A, B: (dout @ B.T, A.T @ dout), {"x": x, "w": w}),
  checked(lambda x: (np.maximum(0, x), x), lambda dout, cache: dout * (cache > 0), x),
  checked((doubling := Doubling()).forward, doubling.backward, x),
  checked(step, step_back, (x, h, c, w)),
  checked(cell, cell_back, cell_inputs),
  checked(lambda x, w: (x @ w, 2 * x), lambda dy, dz, x, w: (dy @ w.T + 2 * dz, x.T @ dy), {"x": x, "w": w}),
  checked(lambda x, w: (x @ w, 2 * x), lambda douts, x, w: (douts[0] @ w.T + 2 * douts[1], x.T @ douts[0]), {"x": x, "w": w}),
  checked(lambda x: {"y": x**2, "z": x}, lambda d, x: 2 * x * d["y"] + d["z"], {"x": x}),
  checked(lambda x, eps=1e-5: x / eps, lambda dout, x, eps: dout / eps, {"x": x, "eps": 0.1}),
  checked(lambda x, eps: x * eps, lambda dout, x, eps: (dout * eps, np.sum(dout * x)), {"x": x, "eps": 0.1}),
  checked(lambda x, y: np.sum((x - y) ** 2), lambda dout, x, y: (2 * dout * (x - y), 0 * y), {"x": x, "y": np.ones((3, 4), int)}),
  checked(affine, rude, (x, w, b)),
  checked(lambda x: x**2, lambda dout, x: 2 * x * dout, {"x": [[1.0, 2.0]]}),
]))`);
    const layer = (names: string[], outputs = 1, ...remarks: string[]) => [names, [], outputs, remarks];
    expect(answer).toEqual([
      layer(["x", "w", "b"]),
      layer(["x", "w", "b"]),
      layer(["x", "w"]),
      layer(["x", "w"]),
      layer(["x"]),
      layer(["x"]),
      layer(["x", "h", "c", "w"], 2),
      layer(
        ["xt", "a_prev", "parameters.Wax", "parameters.Waa"],
        1,
        "backward() gives no gradient for parameters.Wya, which was not checked.",
      ),
      layer(["x", "w"], 2),
      layer(["x", "w"], 2),
      layer(["x"], 2),
      layer(["x"]),
      layer(["x", "eps"]),
      layer(["x"], 1, "y holds no floats and was left alone; give it as floats to check dy."),
      layer(["x", "w", "b"], 1, "backward() changes dout. The check hands out copies; training may not."),
      layer(["x"]),
    ]);
  });

  it("says what does not fit together", () => {
    const { answer } = answerOf(`${layers}
def raised(*arguments, **options):
    try:
        return check_layer(*arguments, **options).verdict
    except Exception as error:
        return f"{type(error).__name__}: {error}"
print(json.dumps([
  raised(1, affine_back, (x, w, b)),
  raised(affine, affine_back, (x, w)),
  raised(affine, lambda dout, cache: (x, w), (x, w, b)),
  raised(affine, lambda dout, cache: {"dx": x, "dw": w}, {"x": x, "w": w, "b": b}),
  raised(affine, lambda d, e, f, g: x, (x, w, b)),
  raised(affine, affine_back, (x, w, b), dout=np.ones((3, 3))),
  raised(affine, affine_back, (np.array([[1]]), np.array([[2]]), np.array([1]))),
  raised(lambda x: "relu", lambda dout, x: dout, {"x": x})]))`);
    expect(answer).toEqual([
      "TypeError: forward must be a function, got int 1; expected check_layer(forward, backward, inputs)",
      expect.stringMatching(/^TypeError: affine\(\) missing 1 required positional argument: 'b'$/),
      "ValueError: backward() returned 2 gradients, expected 3: dx, dw, db",
      "ValueError: backward() returned neither db nor b, but dx, dw",
      "TypeError: backward() takes (d, e, f, g), and forward() returns 2 values; expected (out, cache) and " +
        "backward(dout, cache), or backward(dout, x, w, b) with the names of the inputs",
      "ValueError: dout must have the shapes of what forward() returns, {'out': (3, 2)}, got {'out': (3, 3)}",
      expect.stringMatching(/^ValueError: there is nothing to check: no input is an array of floats/),
      "TypeError: out of forward() must be an array of numbers, got str 'relu'",
    ]);
  });
});
