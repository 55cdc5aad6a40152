# Masks of 0 and 1 as integers, no seed; backward by Z > 0.
import numpy as np


def layer(W, A, b):
    return np.matmul(W, A) + b


def drop(A, keep_prob):
    D = (np.random.rand(*A.shape) < keep_prob).astype(int)
    return A * D / keep_prob, D


def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    W1, b1, W2, b2, W3, b3 = [parameters[k] for k in ["W1", "b1", "W2", "b2", "W3", "b3"]]
    Z1 = layer(W1, X, b1)
    A1, D1 = drop(np.where(Z1 > 0, Z1, 0), keep_prob)
    Z2 = layer(W2, A1, b2)
    A2, D2 = drop(np.where(Z2 > 0, Z2, 0), keep_prob)
    Z3 = layer(W3, A2, b3)
    A3 = 1 / (1 + np.exp(-Z3))
    return A3, [Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3]


def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    grads = {}
    dZ3 = (A3 - Y) / m
    dZ2 = (W3.T @ dZ3) * D2 / keep_prob * (Z2 > 0)
    dZ1 = (W2.T @ dZ2) * D1 / keep_prob * (Z1 > 0)
    for l, dZ, A in ((3, dZ3, A2), (2, dZ2, A1), (1, dZ1, X)):
        grads["dW%d" % l] = dZ @ A.T
        grads["db%d" % l] = dZ.sum(1, keepdims=True)
    return grads
