# Any number of layers by loops; masks that already hold 1 / keep_prob; nothing drawn where keep_prob is 1.
import numpy as np


def mask(shape, keep_prob):
    if keep_prob == 1:
        return np.ones(shape)
    return np.random.choice([0.0, 1.0 / keep_prob], size=shape, p=[1 - keep_prob, keep_prob])


def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    L = len(parameters) // 2
    A = X
    cache = []
    for l in range(1, L + 1):
        W, b = parameters["W" + str(l)], parameters["b" + str(l)]
        Z = W @ A + b
        if l < L:
            D = mask(Z.shape, keep_prob)
            A = np.maximum(Z, 0) * D
            cache += [Z, D, A, W, b]
        else:
            A = np.where(Z >= 0, 1 / (1 + np.exp(-np.abs(Z))), np.exp(-np.abs(Z)) / (1 + np.exp(-np.abs(Z))))
            cache += [Z, A, W, b]
    return A, tuple(cache)


def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    grads = {}
    dZ = A3 - Y
    for l, A_before, W, D, Z_before in ((3, A2, W3, D2, Z2), (2, A1, W2, D1, Z1), (1, X, W1, None, None)):
        grads["dZ" + str(l)] = dZ
        grads["dW" + str(l)] = dZ @ A_before.T / m
        grads["db" + str(l)] = np.mean(dZ, axis=1, keepdims=True)
        if l > 1:
            dA = W.T @ dZ * D
            grads["dA" + str(l - 1)] = dA
            dZ = dA * (Z_before > 0)
    return grads
