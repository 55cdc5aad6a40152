# No helpers: each entry of each array is moved in place and moved back.
import numpy as np

names = ["W1", "b1", "W2", "b2", "W3", "b3"]


def forward_propagation_n(X, Y, parameters):
    W1, b1, W2, b2, W3, b3 = map(parameters.get, names)
    Z1 = W1 @ X + b1
    A1 = Z1 * (Z1 > 0)
    Z2 = W2 @ A1 + b2
    A2 = Z2 * (Z2 > 0)
    Z3 = W3 @ A2 + b3
    A3 = 1 / (1 + np.exp(-Z3))
    cost = -np.mean(Y * np.log(A3) + (1 - Y) * np.log(1 - A3))
    return cost, (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3)


def backward_propagation_n(X, Y, cache):
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    m = X.shape[1]
    d3 = (A3 - Y) / m
    d2 = (W3.T @ d3) * (Z2 > 0)
    d1 = (W2.T @ d2) * (Z1 > 0)
    return {
        "dW1": d1 @ X.T, "db1": d1.sum(1, keepdims=True),
        "dW2": d2 @ A1.T, "db2": d2.sum(1, keepdims=True),
        "dW3": d3 @ A2.T, "db3": d3.sum(1, keepdims=True),
    }


def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7):
    top = grads = approx = 0.0
    for name in names:
        array = parameters[name]
        for place in np.ndindex(array.shape):
            before = array[place]
            array[place] = before + epsilon
            plus = forward_propagation_n(X, Y, parameters)[0]
            array[place] = before - epsilon
            minus = forward_propagation_n(X, Y, parameters)[0]
            array[place] = before
            numerical = (plus - minus) / 2 / epsilon
            claimed = gradients["d" + name][place]
            top += (claimed - numerical) ** 2
            grads += claimed ** 2
            approx += numerical ** 2
    return top ** 0.5 / (grads ** 0.5 + approx ** 0.5)
