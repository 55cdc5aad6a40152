# the norm not squared, and db of rank 1
import numpy as np
from reg_utils import *


def compute_cost_with_regularization(A3, Y, parameters, lambd):
    m = Y.shape[1]
    squares = sum(np.sum(np.square(parameters["W%d" % l])) for l in (1, 2, 3))
    biases = sum(np.sum(np.square(parameters["b%d" % l])) for l in (1, 2, 3))
    return compute_cost(A3, Y) + lambd / (2 * m) * np.sqrt(squares)


def backward_propagation_with_regularization(X, Y, cache, lambd):
    m = X.shape[1]
    (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3) = cache
    dZ3 = A3 - Y
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = dA2 * (A2 > 0)
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = dA1 * (A1 > 0)
    grads = {"dZ3": dZ3, "dA2": dA2, "dZ2": dZ2, "dA1": dA1, "dZ1": dZ1}
    for l, dZ, A, W, b in ((1, dZ1, X, W1, b1), (2, dZ2, A1, W2, b2), (3, dZ3, A2, W3, b3)):
        grads["dW%d" % l] = np.dot(dZ, A.T) / m + lambd / m * W
        grads["db%d" % l] = np.sum(dZ, axis=1) / m
    return grads
