"""The reference initialization run (He) in NumPy: prints the seconds of the training loop as JSON."""
import json
import sys
import time

import numpy as np

iterations = int(sys.argv[1])
problem = json.load(sys.stdin)
X, Y = np.array(problem["X"]), np.array(problem["Y"])
rng = np.random.RandomState(3)
sizes = [2, 10, 5, 1]
W = [rng.randn(n, k) * np.sqrt(2.0 / k) for k, n in zip(sizes, sizes[1:])]
b = [np.zeros((n, 1)) for n in sizes[1:]]
m = X.shape[1]

start = time.perf_counter()
for iteration in range(iterations):
    Z1 = W[0] @ X + b[0]
    A1 = np.maximum(0, Z1)
    Z2 = W[1] @ A1 + b[1]
    A2 = np.maximum(0, Z2)
    Z3 = W[2] @ A2 + b[2]
    A3 = 1 / (1 + np.exp(-Z3))
    cost = -np.sum(Y * np.log(A3) + (1 - Y) * np.log(1 - A3)) / m
    dZ3 = A3 - Y
    dZ2 = (W[2].T @ dZ3) * (A2 > 0)
    dZ1 = (W[1].T @ dZ2) * (A1 > 0)
    for l, (dZ, A) in enumerate(((dZ1, X), (dZ2, A1), (dZ3, A2))):
        W[l] -= 0.01 * (dZ @ A.T / m)
        b[l] -= 0.01 * (np.sum(dZ, axis=1, keepdims=True) / m)
seconds = time.perf_counter() - start
print(json.dumps({"seconds": seconds, "cost": float(cost), "numpy": np.__version__}))
