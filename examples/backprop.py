"""A backward pass in NumPy, checked from outside: gradproof check --exec "python3 examples/backprop.py" """
import json
import sys

import numpy as np

random = np.random.RandomState(1)
X = random.randn(4, 6)  # features × examples
Y = (X[:1] > 0).astype(float)
m = X.shape[1]
sizes = [4, 5, 3, 1]
parameters = {}
for l in (1, 2, 3):
    parameters[f"W{l}"] = random.randn(sizes[l], sizes[l - 1]) * np.sqrt(2 / sizes[l - 1])
    parameters[f"b{l}"] = 0.1 * random.randn(sizes[l], 1)


def forward(p):
    A1 = np.maximum(0, p["W1"] @ X + p["b1"])
    A2 = np.maximum(0, p["W2"] @ A1 + p["b2"])
    return A1, A2, p["W3"] @ A2 + p["b3"]  # the last ones are logits


def cost(p):
    Z3 = forward(p)[2]
    return np.sum(np.logaddexp(0, Z3) - Y * Z3) / m


def gradients(p):
    A1, A2, Z3 = forward(p)
    dZ3 = (1 / (1 + np.exp(-Z3)) - Y) / m
    dZ2 = (p["W3"].T @ dZ3) * (A2 > 0)
    dZ1 = (p["W2"].T @ dZ2) * (A1 > 0)
    sums = {f"db{l}": dZ.sum(axis=1, keepdims=True) for l, dZ in ((1, dZ1), (2, dZ2), (3, dZ3))}
    return {"dW1": dZ1 @ X.T, "dW2": dZ2 @ A1.T, "dW3": dZ3 @ A2.T, **sums}


# All that the check needs: one line of JSON in, one line out.
for line in sys.stdin:
    request = json.loads(line)
    p = {name: np.array(value) for name, value in request.get("parameters", {}).items()}
    answers = {"parameters": lambda: parameters, "cost": lambda: cost(p), "gradients": lambda: gradients(p)}
    print(json.dumps(answers[request["do"]](), default=lambda value: value.tolist()), flush=True)
