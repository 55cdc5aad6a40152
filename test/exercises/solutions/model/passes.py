"""Passes that a solution imports from its folder."""
import numpy as np
from reg_utils import backward_propagation, relu, sigmoid


def backward_with_l2(X, Y, cache, lambd):
    grads = backward_propagation(X, Y, cache)
    for l, W in ((1, cache[2]), (2, cache[6]), (3, cache[10])):
        grads["dW%d" % l] = grads["dW%d" % l] + lambd / X.shape[1] * W
    return grads


def forward_with_dropout(X, parameters, keep_prob):
    np.random.seed(1)
    W1, b1, W2, b2, W3, b3 = (parameters[name] for name in ("W1", "b1", "W2", "b2", "W3", "b3"))
    Z1 = W1 @ X + b1
    D1 = np.random.rand(*Z1.shape) < keep_prob
    A1 = relu(Z1) * D1 / keep_prob
    Z2 = W2 @ A1 + b2
    D2 = np.random.rand(*Z2.shape) < keep_prob
    A2 = relu(Z2) * D2 / keep_prob
    Z3 = W3 @ A2 + b3
    return sigmoid(Z3), (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, sigmoid(Z3), W3, b3)


def backward_with_dropout(X, Y, cache, keep_prob):
    Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dZ2 = W3.T @ dZ3 * D2 / keep_prob * (A2 > 0)
    dZ1 = W2.T @ dZ2 * D1 / keep_prob * (A1 > 0)
    grads = {}
    for l, dZ, A in ((3, dZ3, A2), (2, dZ2, A1), (1, dZ1, X)):
        grads["dW%d" % l] = dZ @ A.T / m
        grads["db%d" % l] = dZ.sum(axis=1, keepdims=True) / m
    return grads
