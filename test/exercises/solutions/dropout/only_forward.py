# The backward pass has a name of its own; forward returns A3 alone.
import numpy as np


def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    A = X
    for l in (1, 2):
        A = np.maximum(0, np.dot(parameters["W%d" % l], A) + parameters["b%d" % l])
        A = A * (np.random.rand(*A.shape) < keep_prob) / keep_prob
    return 1 / (1 + np.exp(-(np.dot(parameters["W3"], A) + parameters["b3"])))


def backward_prop_with_dropout(X, Y, cache, keep_prob):
    return {}
