"""An LSTM in NumPy, forward and backward, and its check: python3 lstm.py"""

import numpy as np

from gradproof_check import check, check_layer


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def lstm_forward(x, h0, Wx, Wh, b):
    """x: examples × steps × features; h0: examples × units; Wx, Wh, b: the four gates i, f, o, g side by side."""
    h, c, hs, cache = h0, np.zeros_like(h0), [], []
    for t in range(x.shape[1]):
        i, f, o, g = np.split(x[:, t] @ Wx + h @ Wh + b, 4, axis=1)
        i, f, o, g = sigmoid(i), sigmoid(f), sigmoid(o), np.tanh(g)
        h_before, c_before = h, c
        c = f * c_before + i * g
        h = o * np.tanh(c)
        hs.append(h)
        cache.append((x[:, t], h_before, c_before, i, f, o, g, c))
    return np.stack(hs, axis=1), (cache, Wx, Wh)


def lstm_backward(dhs, cache):
    steps, Wx, Wh = cache
    dx, dWx, dWh, db = (
        np.zeros((*dhs.shape[:2], Wx.shape[0])),
        np.zeros_like(Wx),
        np.zeros_like(Wh),
        np.zeros(Wx.shape[1]),
    )
    dh = dc = np.zeros_like(dhs[:, 0])
    for t in reversed(range(len(steps))):
        xt, h_before, c_before, i, f, o, g, c = steps[t]
        dh = dh + dhs[:, t]
        dc = dc + dh * o * (1 - np.tanh(c) ** 2)
        di, df, do, dg = dc * g, dc * c_before, dh * np.tanh(c), dc * i
        dz = np.hstack([di * i * (1 - i), df * f * (1 - f), do * o * (1 - o), dg * (1 - g**2)])
        dx[:, t], dh, dc = dz @ Wx.T, dz @ Wh.T, dc * f
        dWx, dWh, db = dWx + xt.T @ dz, dWh + h_before.T @ dz, db + dz.sum(axis=0)
    return dx, dh, dWx, dWh, db


# A network on top of it: the last h decides between two classes.
random = np.random.RandomState(1)
examples, steps, features, units = 5, 4, 3, 2
X = random.randn(examples, steps, features)
y = random.randint(2, size=examples)
inputs = {
    "x": X,
    "h0": random.randn(examples, units),
    "Wx": random.randn(features, 4 * units),
    "Wh": random.randn(units, 4 * units),
    "b": random.randn(4 * units),
}
parameters = {**{name: inputs[name] for name in ("Wx", "Wh", "b")}, "w": random.randn(units)}


def cost(p):
    h, _ = lstm_forward(X, np.zeros((examples, units)), p["Wx"], p["Wh"], p["b"])
    z = h[:, -1] @ p["w"]
    return np.mean(np.logaddexp(0, z) - y * z)


def gradients(p):
    h, cache = lstm_forward(X, np.zeros((examples, units)), p["Wx"], p["Wh"], p["b"])
    dz = (sigmoid(h[:, -1] @ p["w"]) - y) / examples
    dh = np.zeros_like(h)
    dh[:, -1] = np.outer(dz, p["w"])
    _, _, dWx, dWh, db = lstm_backward(dh, cache)
    return {"dWx": dWx, "dWh": dWh, "db": db, "dw": h[:, -1].T @ dz}


if __name__ == "__main__":
    print(check_layer(lstm_forward, lstm_backward, inputs))
    print(check(cost, gradients, parameters))
