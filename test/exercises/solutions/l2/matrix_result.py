# The cost as numpy.float64 of a sum with nansum; gradients by matrices of NumPy's old kind.
import numpy as np


def compute_cost_with_regularization(A3, Y, parameters, lambd):
    m = Y.shape[1]
    with np.errstate(divide="ignore", invalid="ignore"):
        losses = np.multiply(-np.log(A3), Y) + np.multiply(-np.log(1 - A3), 1 - Y)
    cost = np.nansum(losses) / m
    W = [parameters["W%d" % l] for l in range(1, 4)]
    return cost + lambd * np.sum([np.sum(w * w) for w in W]) / 2 / m


def backward_propagation_with_regularization(X, Y, cache, lambd):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = [np.asmatrix(value) for value in cache]
    X, Y = np.asmatrix(X), np.asmatrix(Y)
    m = X.shape[1]
    dZ3 = A3 - Y
    dZ2 = np.multiply(W3.T * dZ3, Z2 > 0)
    dZ1 = np.multiply(W2.T * dZ2, Z1 > 0)
    return {
        "dW3": (dZ3 * A2.T + lambd * W3) / m, "db3": np.sum(dZ3, axis=1) / m,
        "dW2": (dZ2 * A1.T + lambd * W2) / m, "db2": np.sum(dZ2, axis=1) / m,
        "dW1": (dZ1 * X.T + lambd * W1) / m, "db1": np.sum(dZ1, axis=1) / m,
    }
