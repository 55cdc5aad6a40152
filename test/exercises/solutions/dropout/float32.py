# In float32; masks by default_rng; a solution that imports a helper of its own folder.
import numpy as np
from my_activations import activate, squash

rng = np.random.default_rng()


def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    P = {name: value.astype(np.float32) for name, value in parameters.items()}
    X = X.astype("float32")
    Z1 = P["W1"] @ X + P["b1"]
    D1 = rng.random(Z1.shape, dtype=np.float32) < keep_prob
    A1 = activate(Z1) * D1 / np.float32(keep_prob)
    Z2 = P["W2"] @ A1 + P["b2"]
    D2 = rng.random(Z2.shape, dtype=np.float32) < keep_prob
    A2 = activate(Z2) * D2 / np.float32(keep_prob)
    Z3 = P["W3"] @ A2 + P["b3"]
    A3 = squash(Z3)
    return A3, (Z1, D1, A1, P["W1"], P["b1"], Z2, D2, A2, P["W2"], P["b2"], Z3, A3, P["W3"], P["b3"])


def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 = (value.astype(np.float32) for value in cache)
    m = np.float32(X.shape[1])
    dZ3 = A3 - Y.astype(np.float32)
    dZ2 = np.dot(W3.T, dZ3) * D2 / np.float32(keep_prob) * (A2 > 0)
    dZ1 = np.dot(W2.T, dZ2) * D1 / np.float32(keep_prob) * (A1 > 0)
    return {
        "dW3": dZ3 @ A2.T / m, "db3": dZ3.sum(axis=1, keepdims=True) / m,
        "dW2": dZ2 @ A1.T / m, "db2": dZ2.sum(axis=1, keepdims=True) / m,
        "dW1": dZ1 @ X.T.astype(np.float32) / m, "db1": dZ1.sum(axis=1, keepdims=True) / m,
    }
